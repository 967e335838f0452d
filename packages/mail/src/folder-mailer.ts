import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '@community/events/log';
import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.ts';
import { maskedAddress, messageOf } from './message.ts';

/** A mail sent again is the same file. */
function fileName(messageId: string): string {
  return `${messageId.replaceAll(/[^\w.-]/g, '_').slice(0, 120)}.eml`;
}

/** Writes mails to a folder, each a file that mail programs open; whole or not at all. */
export function createFolderMailer({ folder, from, log }: { folder: string; from: string; log: Log }): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(messageOf(mail, from));
      const file = join(folder, fileName(mail.messageId));
      const half = `${file}.${process.pid}.tmp`;
      // Mails hold addresses and links that let somebody in.
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFile(half, message as Buffer, { mode: 0o600 });
      await rename(half, file);
      log.info({ to: maskedAddress(mail.to), messageId: mail.messageId, file }, 'a mail was written');
    },
    async close() {
      transport.close();
    },
  };
}
