import { createHmac } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Clocks differ, and people type slowly: the step before and the one after count too (RFC 6238, section 5.2). */
const WINDOW = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes in base32 (RFC 4648, section 6) without padding, as authenticator apps take secrets. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** The step that a moment is in (T of RFC 6238). */
export function stepAt(time: Date): number {
  return Math.floor(time.getTime() / 1000 / STEP_SECONDS);
}

/** The code of a step (HOTP, RFC 4226, section 5.3, with SHA-1, as all authenticator apps know it). */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step that a code is of, if that is now, just over or just to come; null for a code that is of none of these. */
export function stepOf(secret: Uint8Array, code: string, now: Date): number | null {
  const current = stepAt(now);
  for (let step = current - WINDOW; step <= current + WINDOW; step += 1) if (codeOf(secret, step) === code) return step;
  return null;
}

/** What an authenticator app reads from a QR code (Key URI Format of Google Authenticator). */
export function keyUri(secret: Uint8Array, account: string, issuer: string): string {
  const query = new URLSearchParams({
    secret: base32(secret),
    issuer,
    digits: String(DIGITS),
    period: String(STEP_SECONDS),
  });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}
