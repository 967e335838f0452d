import { randomUUID } from 'node:crypto';
import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import type { Mail, Mailer } from './mailer.ts';
import { MailRefusedError } from './mailer.ts';
import { parseMail } from './testing.ts';

/** What a driver brings to its contract suite. */
export interface MailerHarness extends AsyncDisposable {
  readonly mailer: Mailer;
  /** Every line that was logged, as text. */
  readonly logged: readonly string[];
  /** The mails that arrived, in their wire format. */
  arrived(): Promise<readonly string[]>;
}

/** A mail to somebody nobody else is. */
export function someMail(change: Partial<Mail> = {}): Mail {
  return {
    to: `mina-${randomUUID()}@example.com`,
    subject: '환영합니다, 민아님!',
    text: '가입해 주셔서 고맙습니다.\nhttps://community.example.org/verify?token=a%2Bb=c',
    html: '<p>가입해 주셔서 <b>고맙습니다</b>.</p>',
    language: 'ko',
    messageId: `welcome-${randomUUID()}`,
    ...change,
  };
}

/** The behaviour that every mailer has, wherever the mails go. */
export function mailerContract(driver: string, start: () => Promise<MailerHarness>): void {
  describe(`the mailer on ${driver}`, () => {
    it('delivers a mail as it was given, in text and in HTML, in Korean', async () => {
      await using harness = await start();
      const mail = someMail();
      await harness.mailer.send(mail);
      const raw = await until(async () => (await harness.arrived())[0], 'the mail');
      const { headers, parts } = parseMail(raw);
      expect(headers).toMatchObject({
        to: mail.to,
        from: 'Community <no-reply@example.org>',
        subject: mail.subject,
        'message-id': `<${mail.messageId}@example.org>`,
        'content-language': 'ko',
        'auto-submitted': 'auto-generated',
      });
      expect(parts['text/plain']?.replaceAll('\r', '')).toBe(mail.text);
      expect(parts['text/html']).toBe(mail.html);
    });

    it('says where mails of its kind are stopped by one click, only of those that can be', async () => {
      await using harness = await start();
      const unsubscribeUrl = `https://community.example.org/mail/unsubscribe?token=${'x'.repeat(120)}.${'y'.repeat(43)}`;
      await harness.mailer.send(someMail({ unsubscribeUrl }));
      await harness.mailer.send(someMail());
      const raws = await until(async () => ((await harness.arrived()).length > 1 ? harness.arrived() : null), 'both');
      const headers = raws.map((raw) => parseMail(raw).headers);
      expect(headers.map((one) => [one['list-unsubscribe'], one['list-unsubscribe-post']])).toEqual(
        expect.arrayContaining([
          [`<${unsubscribeUrl}>`, 'List-Unsubscribe=One-Click'],
          [undefined, undefined],
        ]),
      );
    });

    it('says the same id of a mail that is sent again', async () => {
      await using harness = await start();
      const mail = someMail();
      await harness.mailer.send(mail);
      await harness.mailer.send(mail);
      const ids = (await harness.arrived()).map((raw) => parseMail(raw).headers['message-id']);
      expect(new Set(ids).size).toBe(1);
    });

    it('logs a line a mail, with neither its content nor the whole address', async () => {
      await using harness = await start();
      const mail = someMail();
      await harness.mailer.send(mail);
      expect(harness.logged).toHaveLength(1);
      expect(harness.logged[0]).toContain('m***@example.com');
      expect(harness.logged[0]).toContain(mail.messageId);
      for (const secret of [mail.to, '환영', 'verify', '고맙습니다']) expect(harness.logged[0]).not.toContain(secret);
    });

    it.each([
      ['two addresses', 'a@example.com, b@example.com'],
      ['a name', 'Mina <mina@example.com>'],
      ['a further header', 'mina@example.com\r\nBcc: b@example.com'],
      ['no address', 'mina'],
    ])('refuses %s where one address should be', async (_, to) => {
      await using harness = await start();
      await expect(harness.mailer.send(someMail({ to }))).rejects.toBeInstanceOf(MailRefusedError);
      expect(await harness.arrived()).toEqual([]);
    });

    it('keeps line breaks in a subject out of the headers', async () => {
      await using harness = await start();
      await harness.mailer.send(someMail({ subject: 'Hello\r\nBcc: everybody@example.com' }));
      const [raw = ''] = await harness.arrived();
      expect(parseMail(raw).headers).not.toHaveProperty('bcc');
    });
  });
}
