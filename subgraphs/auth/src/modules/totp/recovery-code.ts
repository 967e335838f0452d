import { randomBytes } from 'node:crypto';
import { tokenHash } from '../ticket/token.ts';
import { base32 } from './one-time-code.ts';

const COUNT = 10;
const BYTES = 10;

/** A code as it is compared: people leave out hyphens, and write small. */
function normalise(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toUpperCase();
}

/** What a recovery code is stored and found by. It has 80 random bits, so a fast hash is enough. */
export function recoveryCodeHash(code: string): Uint8Array<ArrayBuffer> {
  return tokenHash(normalise(code));
}

/** Ten new recovery codes, to be shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => (base32(randomBytes(BYTES)).match(/.{4}/g) ?? []).join('-').toLowerCase());
}
