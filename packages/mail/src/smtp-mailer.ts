import type { Log } from '@community/events/log';
import { createTransport } from 'nodemailer';
import { type Mailer, MailRefusedError } from './mailer.ts';
import { maskedAddress, messageOf } from './message.ts';

const CONNECTIONS = 2;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/** An error of nodemailer's SMTP client. */
interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** Whether a server said, of this recipient, that it will never take mail for him (RFC 5321, section 4.2.1: 5yz). */
function isRefusal(error: SmtpError): boolean {
  return error.command === 'RCPT TO' && (error.responseCode ?? 0) >= 500;
}

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '[::1]'].includes(host);

/**
 * Sends mails to an SMTP server over a few connections that are kept.
 * @param options.url `smtp://` (encrypted by STARTTLS where the server can) or `smtps://`; with a password nothing is
 *   sent without encryption, except to this machine
 * @param options.timeouts in milliseconds, to connect and until a silent server is given up
 */
export function createSmtpMailer(options: {
  url: URL;
  from: string;
  log: Log;
  timeouts?: { connect: number; silence: number };
}): Mailer {
  const { url, from, log, timeouts = { connect: CONNECT_MS, silence: SILENCE_MS } } = options;
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    host: url.hostname,
    port: Number(url.port || (secure ? 465 : 587)),
    secure,
    requireTLS: !secure && url.password !== '' && !isLoopback(url.hostname),
    ...(url.username
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    connectionTimeout: timeouts.connect,
    greetingTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    socketTimeout: timeouts.silence,
  });
  return {
    async send(mail) {
      try {
        await transport.sendMail(messageOf(mail, from));
      } catch (error) {
        if (error instanceof Error && isRefusal(error))
          throw new MailRefusedError(`the mail server refuses the address: ${(error as SmtpError).responseCode}`);
        throw error;
      }
      log.info({ to: maskedAddress(mail.to), messageId: mail.messageId }, 'a mail was sent');
    },
    async close() {
      transport.close();
    },
  };
}
