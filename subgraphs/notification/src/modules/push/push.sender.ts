import { createECDH } from 'node:crypto';
import type { Agent } from 'node:https';
import webPush from 'web-push';
import type { PushSubscription } from './push.ts';

const TIMEOUT_MS = 5_000;
/** A device that is off for longer gets what is unread by opening the inbox. */
const KEPT_SECONDS = 24 * 3_600;

/** With what this platform signs its push messages (VAPID, RFC 8292). */
export interface VapidKeys {
  /** For devices, in base64url. */
  readonly publicKey: string;
  readonly privateKey: string;
  /** Where a push service reaches the operator: `mailto:` or `https:`. */
  readonly subject: string;
}

/** The VAPID keys of a private key (32 bytes in base64url). @throws when it is not one of P-256 */
export function vapidKeys(privateKey: string, subject: string): VapidKeys {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return { privateKey, publicKey: pair.getPublicKey().toString('base64url'), subject };
}

export interface PushSender {
  readonly publicKey: string;
  /**
   * Sends a message, encrypted for the device, through its push service.
   * @param topic a later message of the same one takes its place while it was not delivered; at most 32 characters
   * @returns `GONE` when the device does not take messages any more
   * @throws when the push service does not take it now
   */
  send(subscription: PushSubscription, topic: string, message: object): Promise<'SENT' | 'GONE'>;
}

/** @param agent decides to what the endpoints of devices, which are any URL that a member gave, may connect */
export function createPushSender(keys: VapidKeys, agent: Agent): PushSender {
  return {
    publicKey: keys.publicKey,
    async send({ endpoint, p256dh, auth }, topic, message) {
      try {
        await webPush.sendNotification({ endpoint, keys: { p256dh, auth } }, JSON.stringify(message), {
          vapidDetails: keys,
          TTL: KEPT_SECONDS,
          topic,
          timeout: TIMEOUT_MS,
          agent,
        });
        return 'SENT';
      } catch (error) {
        const status = error instanceof webPush.WebPushError ? error.statusCode : 0;
        if (status === 404 || status === 410) return 'GONE';
        // The library's error holds the endpoint, which is a secret of the device.
        throw new Error(status ? `the push service answered ${status}` : 'the push service does not answer');
      }
    },
  };
}
