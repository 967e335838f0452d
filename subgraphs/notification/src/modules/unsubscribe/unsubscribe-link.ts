import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { isId } from '@community/kit/ids';
import { KINDS, type Kind } from '../act/act.ts';

/** Mails that a member can stop: those of a kind, or the digest. */
export type MailTopic = Kind | 'DIGEST';

/** What a link stops, and for whom. */
export interface Unsubscribing {
  readonly memberId: string;
  readonly topic: MailTopic;
}

const TOPICS: readonly MailTopic[] = [...KINDS, 'DIGEST'];
const KEY_BYTES = 32;

/**
 * Signs and reads the links by which mails are stopped (HMAC-SHA-256, RFC 2104). A link is good for ever: a mail may be
 * read years later, and all that it can do is stop mails.
 * @param secret of this domain; the key is derived from it (HKDF, RFC 5869)
 */
export function createUnsubscribeLinks({ secret, publicUrl }: { secret: string; publicUrl: string }) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'links that stop mails', KEY_BYTES));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();

  return {
    /** The link of a mail to a member. */
    write({ memberId, topic }: Unsubscribing): string {
      const text = `${memberId}.${topic}`;
      const token = `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`;
      return `${publicUrl.replace(/\/$/, '')}/mail/unsubscribe?token=${token}`;
    },

    /** @returns null for a token that is not one of ours */
    read(token: string): Unsubscribing | null {
      const [body = '', signature = ''] = token.split('.', 2);
      const text = Buffer.from(body, 'base64url').toString();
      const [given, right] = [Buffer.from(signature, 'base64url'), sign(text)];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const [memberId = '', name] = text.split('.', 2);
      const topic = TOPICS.find((one) => one === name);
      return topic && isId(memberId) ? { memberId, topic } : null;
    },
  };
}

export type UnsubscribeLinks = ReturnType<typeof createUnsubscribeLinks>;
