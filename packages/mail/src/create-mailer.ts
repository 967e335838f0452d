import type { Log } from '@community/events/log';
import { readConfig } from '@community/kit/config';
import { z } from 'zod';
import { createFolderMailer } from './folder-mailer.ts';
import type { Mailer } from './mailer.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const MAIL_URL = z
  .url({ protocol: /^smtps?$/, error: 'must be a URL such as smtps://user:password@mail.example.org:465' })
  .transform((url) => new URL(url));
const MAIL_FROM = z.string().regex(/^[^<>\r\n]*<?[^@\s<>]+@[^@\s<>]+>?$/, {
  error: 'must be an address such as Community <no-reply@example.org>',
});

/**
 * The mailer that the environment names: SMTP by `MAIL_URL` (then `MAIL_FROM` is needed), else the folder `MAIL_DIR`.
 * @throws ConfigError
 */
export function createMailer(env: NodeJS.ProcessEnv, log: Log): Mailer {
  if (env.MAIL_URL) {
    const { MAIL_URL: url, MAIL_FROM: from } = readConfig({ MAIL_URL, MAIL_FROM }, env);
    return createSmtpMailer({ url, from, log });
  }
  const config = readConfig(
    {
      MAIL_DIR: z.string({ error: 'must be a folder, unless MAIL_URL names a mail server' }),
      MAIL_FROM: MAIL_FROM.default('Community <no-reply@localhost>'),
    },
    env,
  );
  return createFolderMailer({ folder: config.MAIL_DIR, from: config.MAIL_FROM, log });
}
