import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whose stream a grant opens: that of a cohort of members who may see the same, or that of one with rules of her own. */
export type Holder = { readonly cohort: number } | { readonly memberId: string };

/** What a grant says. Equal grants are equal texts, so that engines can merge the subscriptions that carry them. */
export interface Grant {
  readonly roomId: string;
  readonly holder: Holder;
  /** It holds while the holder's epoch is still this one. */
  readonly epoch: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A grant holds for one to two terms of this length, so that all who ask within a term get the same. */
export const TERM_MS = 150_000;

const TEXT = /^([0-9a-f-]{36})\.(?:c(\d{1,10})|m([0-9a-f-]{36}))\.(\d{1,10})\.(\d{1,16})$/;

/**
 * When a grant that is given now ends: one term after the present one. Terms of different rooms and holders end at
 * different moments, so that not all streams are renewed at once.
 */
export function termEnd(roomId: string, holder: Holder, now: number): number {
  const offset = Number.parseInt(roomId.slice(-6), 16) + ('cohort' in holder ? holder.cohort * 7_919 : 0);
  return Math.floor((now + offset) / TERM_MS) * TERM_MS + 2 * TERM_MS - offset;
}

/** Signs and reads grants (HMAC-SHA-256, RFC 2104). @param key of all instances */
export function createGrants(key: Buffer) {
  const sign = (text: string) => createHmac('sha256', key).update(text).digest();
  return {
    write({ roomId, holder, epoch, expiresAt }: Grant): string {
      const whose = 'cohort' in holder ? `c${holder.cohort}` : `m${holder.memberId}`;
      const text = `${roomId}.${whose}.${epoch}.${expiresAt}`;
      return `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`;
    },

    /** @returns null for one that is forged, malformed or over */
    read(grant: string, now: number): Grant | null {
      const [body = '', signature = ''] = grant.split('.', 2);
      const text = Buffer.from(body, 'base64url').toString();
      const given = Buffer.from(signature, 'base64url');
      const right = sign(text);
      const [, roomId, cohort, memberId, epoch, expiresAt] = TEXT.exec(text) ?? [];
      if (given.length !== right.length || !timingSafeEqual(given, right) || !roomId) return null;
      if (Number(expiresAt) <= now) return null;
      return {
        roomId,
        holder: memberId ? { memberId } : { cohort: Number(cohort) },
        epoch: Number(epoch),
        expiresAt: Number(expiresAt),
      };
    },
  };
}

export type Grants = ReturnType<typeof createGrants>;
