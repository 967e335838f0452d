import { ECDH } from 'node:crypto';
import { isIP } from 'node:net';
import { type Invalid, invalid } from '@community/kit/problem';

const MAX_ENDPOINT = 2_048;
const BASE64URL = /^[A-Za-z0-9_-]+=*$/;

/** Whether a text is an address of a push service: https, by a public name, at the usual port. */
export function isPushEndpoint(text: string): boolean {
  if (text.length > MAX_ENDPOINT || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  return (
    protocol === 'https:' &&
    port === '' &&
    username === '' &&
    password === '' &&
    hostname.includes('.') &&
    !hostname.endsWith('.') &&
    isIP(hostname.replace(/^\[|\]$/g, '')) === 0 &&
    !/(^|\.)(localhost|local|internal|home\.arpa)$/.test(hostname)
  );
}

function isPublicKey(text: string): boolean {
  try {
    const key = Buffer.from(text, 'base64url');
    ECDH.convertKey(key, 'prime256v1');
    return BASE64URL.test(text) && key.length === 65;
  } catch {
    return false;
  }
}

/** The first rule that a subscription breaks, or null. */
export function checkSubscription(input: { endpoint: string; p256dh: string; auth: string }): Invalid | null {
  if (!isPushEndpoint(input.endpoint))
    return invalid('The endpoint is not the https address of a push service: pass it as the browser gave it.', [
      'input',
      'endpoint',
    ]);
  if (!isPublicKey(input.p256dh))
    return invalid('The key is not a point of P-256 in base64url: pass it as the browser gave it.', [
      'input',
      'p256dh',
    ]);
  if (!BASE64URL.test(input.auth) || Buffer.from(input.auth, 'base64url').length !== 16)
    return invalid('The secret is not 16 bytes in base64url: pass it as the browser gave it.', ['input', 'auth']);
  return null;
}
