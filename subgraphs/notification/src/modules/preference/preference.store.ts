import { z } from 'zod';
import type { Db, Tx } from '../../database.ts';
import { KINDS } from '../act/act.ts';
import type { Preferences } from './preference.ts';
import { CHANNELS, type Channels } from './preference.ts';

export type PreferenceStore = ReturnType<typeof createPreferenceStore>;

/** A digest that is due, and when its member wants the next one. */
export interface DigestDue extends Pick<Preferences, 'digest' | 'digestHour' | 'timeZone'> {
  readonly memberId: string;
  readonly dueAt: Date;
}

const FIELDS = { channels: true, digest: true, digestHour: true, timeZone: true, preferenceVersion: true } as const;

const channels = z.partialRecord(z.enum(KINDS), z.array(z.enum(CHANNELS))).catch({});

/** Channels as they are kept; what a member has not chosen is absent. */
export const readChannels = (kept: unknown): Channels => channels.parse(kept ?? {});

const UNKNOWN: Preferences = { channels: {}, digest: 'OFF', digestHour: 9, timeZone: 'UTC', version: 0 };

export function createPreferenceStore(prisma: Db) {
  return {
    async of(memberId: string, tx: Db | Tx = prisma): Promise<Preferences> {
      const row = await tx.member.findUnique({ where: { id: memberId }, select: FIELDS });
      if (!row) return UNKNOWN;
      const { preferenceVersion: version, ...kept } = row;
      return { ...kept, channels: readChannels(kept.channels), version };
    },

    /** Whether anything is kept of a member. */
    async isKept(memberId: string, tx: Tx): Promise<boolean> {
      return (await tx.member.count({ where: { id: memberId } })) > 0;
    },

    /** Locks members whose digest is due; those whom another instance is at are passed over. */
    async lockDigestsDue(tx: Tx, now: Date, limit: number): Promise<DigestDue[]> {
      return tx.$queryRaw<DigestDue[]>`
        SELECT id AS "memberId", next_digest_at AS "dueAt", digest, digest_hour AS "digestHour", time_zone AS "timeZone"
        FROM member WHERE next_digest_at <= ${now}::timestamptz ORDER BY next_digest_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
    },

    async setNextDigest(tx: Tx, memberId: string, nextDigestAt: Date | null): Promise<void> {
      await tx.member.update({ where: { id: memberId }, data: { nextDigestAt }, select: { id: true } });
    },

    /** Keeps preferences of a member whose row is locked, as the next version. */
    async set(
      tx: Tx,
      memberId: string,
      { channels: chosen, digest, digestHour, timeZone }: Omit<Preferences, 'version'>,
      nextDigestAt: Date | null,
    ): Promise<void> {
      await tx.member.update({
        where: { id: memberId },
        data: {
          channels: { ...chosen },
          digest,
          digestHour,
          timeZone,
          nextDigestAt,
          preferenceVersion: { increment: 1 },
        },
        select: { id: true },
      });
    },
  };
}
