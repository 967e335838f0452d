import { createECDH, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSubscription, isPushEndpoint } from './push.policy.ts';

describe('an endpoint', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QGu',
  ])('of a push service is taken: %s', (endpoint) => expect(isPushEndpoint(endpoint)).toBe(true));

  it.each([
    'http://push.example.com/a',
    'https://127.0.0.1/a',
    'https://2130706433/a',
    'https://0x7f.1/a',
    'https://[::1]/a',
    'https://[::ffff:10.0.0.1]/a',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/a',
    'https://a.localhost/a',
    'https://db.internal/a',
    'https://printer.local/a',
    'https://localhost./a',
    'https://intranet/a',
    'https://push.example.com:6379/a',
    'https://user:pass@push.example.com/a',
    'file:///etc/passwd',
    'not a url',
    `https://push.example.com/${'a'.repeat(2_048)}`,
  ])('of anything else is refused: %s', (endpoint) => expect(isPushEndpoint(endpoint)).toBe(false));
});

describe('the keys of a subscription', () => {
  const endpoint = 'https://push.example.com/a';
  const device = createECDH('prime256v1');
  const p256dh = device.generateKeys().toString('base64url');
  const auth = randomBytes(16).toString('base64url');

  it('are a point of the curve and a secret of 16 bytes', () => {
    expect(checkSubscription({ endpoint, p256dh, auth })).toBeNull();
    expect(checkSubscription({ endpoint, p256dh: randomBytes(65).toString('base64url'), auth })).toMatchObject({
      path: ['input', 'p256dh'],
    });
    expect(checkSubscription({ endpoint, p256dh: '', auth })).toMatchObject({ path: ['input', 'p256dh'] });
    expect(checkSubscription({ endpoint, p256dh, auth: 'short' })).toMatchObject({ path: ['input', 'auth'] });
  });
});
