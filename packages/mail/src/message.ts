import { type Mail, MailRefusedError } from './mailer.ts';

/** One mailbox: nothing that a mail program could take for two, or for a header. */
const ONE_ADDRESS = /^[^\s,;:<>"()[\]\\]+@[^\s,;:<>"()[\]\\@]+$/;

/**
 * What nodemailer is given of a mail.
 * @param from the sender: an address, or `Name <address>`
 * @throws MailRefusedError when the address is not one address
 */
export function messageOf(mail: Mail, from: string) {
  if (!ONE_ADDRESS.test(mail.to)) throw new MailRefusedError('the address is not an e-mail address');
  const domain = /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    from,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${mail.messageId}@${domain}>`,
    // RFC 3834: so that out-of-office programs do not answer.
    headers: {
      'Content-Language': mail.language,
      'Auto-Submitted': 'auto-generated',
      ...(mail.unsubscribeUrl ? unsubscribeHeaders(mail.unsubscribeUrl) : {}),
    },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** One-click unsubscription (RFC 8058): a link, and the word that a `POST` to it is enough. */
const unsubscribeHeaders = (url: string) => ({
  // As it is: folded or encoded it would not be found by mail programs.
  'List-Unsubscribe': { prepared: true, foldLines: false, value: `<${url}>` },
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** An address for logs: enough to recognise, not enough to write to. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}***${at < 0 ? '' : address.slice(at)}`;
}
