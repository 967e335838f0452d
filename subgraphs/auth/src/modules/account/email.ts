const EMAIL = /^[^\s@\p{Cc}]{1,64}@[^\s@.\p{Cc}]+(?:\.[^\s@.\p{Cc}]+)+$/u;
const MAX_LENGTH = 254;

/** An e-mail address as it is stored and compared. */
export function normaliseEmail(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Whether a (normalised) text has the form of an e-mail address; whether it exists only a mail can tell. */
export function isEmail(email: string): boolean {
  return email.length <= MAX_LENGTH && EMAIL.test(email);
}
