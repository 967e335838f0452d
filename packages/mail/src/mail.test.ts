import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@community/events/log';
import { ConfigError } from '@community/kit/config';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { createMailer } from './create-mailer.ts';
import { createFolderMailer } from './folder-mailer.ts';
import { MailRefusedError } from './mailer.ts';
import { type MailerHarness, mailerContract, someMail } from './mailer-contract.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

const FROM = 'Community <no-reply@example.org>';
const TIMEOUTS = { connect: 2_000, silence: 2_000 };

function recordedLog(): { log: Log; logged: string[] } {
  const logged: string[] = [];
  const write = (fields: object, message: string) => void logged.push(JSON.stringify({ ...fields, message }));
  return { log: { info: write, warn: write, error: write }, logged };
}

async function startFolder(): Promise<MailerHarness & { folder: string }> {
  const parent = mkdtempSync(join(tmpdir(), 'community-mail-'));
  const folder = join(parent, 'mail');
  const { log, logged } = recordedLog();
  const mailer = createFolderMailer({ folder, from: FROM, log });
  return {
    folder,
    mailer,
    logged,
    arrived: async () =>
      existsSync(folder) ? readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')) : [],
    async [Symbol.asyncDispose]() {
      await mailer.close();
      rmSync(parent, { recursive: true });
    },
  };
}

/** A real SMTP server that wants a password, and answers as `state` says. */
async function startSmtp(): Promise<MailerHarness & { url: URL; state: { rcpt: number }; close(): Promise<void> }> {
  const mails: string[] = [];
  const state = { rcpt: 250 };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === 'com@munity' && password === 's:cret'
        ? done(null, { user: username })
        : done(new Error('wrong password')),
    onRcptTo: (_address, _, done) =>
      state.rcpt === 250 ? done() : done(Object.assign(new Error('no'), { responseCode: state.rcpt })),
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`smtp://com%40munity:s%3Acret@127.0.0.1:${(server.server.address() as AddressInfo).port}`);
  const { log, logged } = recordedLog();
  const mailer = createSmtpMailer({ url, from: FROM, log, timeouts: TIMEOUTS });
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return {
    url,
    state,
    mailer,
    logged,
    close,
    arrived: async () => mails,
    async [Symbol.asyncDispose]() {
      await mailer.close();
      await close();
    },
  };
}

mailerContract('a folder', startFolder);
mailerContract('SMTP', startSmtp);

describe('the folder of mails', () => {
  it('is private, holds whole files that mail programs open, and one file for a mail that is sent again', async () => {
    await using harness = await startFolder();
    const mail = someMail({ messageId: '../../etc/digest:1' });
    await harness.mailer.send(mail);
    await harness.mailer.send(mail);
    expect(readdirSync(harness.folder)).toEqual(['.._.._etc_digest_1.eml']);
    expect(statSync(harness.folder).mode & 0o077).toBe(0);
  });
});

describe('a mail server', () => {
  it.each([550, 553])('that says %i of the address refuses the mail for good', async (code) => {
    await using smtp = await startSmtp();
    smtp.state.rcpt = code;
    await expect(smtp.mailer.send(someMail())).rejects.toBeInstanceOf(MailRefusedError);
    smtp.state.rcpt = 250;
    await smtp.mailer.send(someMail());
  });

  it('that is busy, down, silent or takes no password may take the mail later', async () => {
    await using smtp = await startSmtp();
    smtp.state.rcpt = 451;
    await expect(smtp.mailer.send(someMail())).rejects.not.toBeInstanceOf(MailRefusedError);

    const wrong = new URL(smtp.url);
    wrong.password = 'wr0ng-password';
    const { log } = recordedLog();
    const stranger = createSmtpMailer({ url: wrong, from: FROM, log, timeouts: TIMEOUTS });
    const refusal: Error = await stranger.send(someMail()).then(
      () => new Error('sent'),
      (error: Error) => error,
    );
    expect(refusal).not.toBeInstanceOf(MailRefusedError);
    expect(`${refusal.stack}${JSON.stringify(refusal)}`).not.toContain('wr0ng-password');
    await stranger.close();

    await smtp.close();
    await expect(smtp.mailer.send(someMail())).rejects.not.toBeInstanceOf(MailRefusedError);

    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = new URL(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    const patient = createSmtpMailer({ url, from: FROM, log, timeouts: { connect: 200, silence: 200 } });
    await expect(patient.send(someMail())).rejects.not.toBeInstanceOf(MailRefusedError);
    await patient.close();
    silent.close();
  });
});

describe('the configuration of mail', () => {
  const { log } = recordedLog();
  it.each([
    ['nothing', {}, 'MAIL_DIR is not set'],
    ['no mail server', { MAIL_URL: 'https://example.org', MAIL_FROM: 'a@example.org' }, 'MAIL_URL is not usable'],
    ['no sender', { MAIL_URL: 'smtp://user:hidden-password@example.org' }, 'MAIL_FROM is not set'],
    ['a bad sender', { MAIL_DIR: '/tmp', MAIL_FROM: 'a@b.org\r\nBcc: c@d.org' }, 'MAIL_FROM is not usable'],
  ])('that names %s is told in a line, without the password', (_, env, message) => {
    const create = () => createMailer(env, log);
    expect(create).toThrow(ConfigError);
    expect(create).toThrow(message);
    expect(create).not.toThrow(/hidden-password/);
  });
});
