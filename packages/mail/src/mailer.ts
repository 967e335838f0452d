/** A mail to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: 'ko' | 'en';
  /** The same mail sent again has the same id, so that it can be told from another. */
  readonly messageId: string;
  /** Where one click, or one `POST` of a mail program, stops mails like this one (RFC 8058); none for those that it asked for. */
  readonly unsubscribeUrl?: string;
}

/** Sends mail. Drivers: a folder (each mail an `.eml` file, and shown), SMTP. */
export interface Mailer {
  /** @throws MailRefusedError when the address is refused for good; any other error may pass */
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}

/** The receiving side will never take this mail. */
export class MailRefusedError extends Error {
  override name = 'MailRefusedError';
}
