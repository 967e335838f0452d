import { emitAll } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { sourceId, text, time } from '@community/import/fields';
import type { ImportIds } from '@community/import/import-ids';
import { type ImportStep, importStep } from '@community/import/step';
import { gramsOf } from '@community/kit/words';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { followEvents } from '../follow/follow.events.ts';
import { checkHandle, normaliseHandle } from '../handle/handle.policy.ts';
import { profileEvents } from '../profile/profile.events.ts';
import { checkProfile } from '../profile/profile.policy.ts';
import type { MemberImportStore } from './member-import.store.ts';

/** How long handles wait for their accounts: an import that was broken off has time to be looked into. */
const RESERVED_MS = 7 * 86_400_000;

const memberForm = z.object({
  id: sourceId,
  handle: z.string().transform(normaliseHandle),
  displayName: text,
  bio: text.default(''),
  language: z.string().default('en'),
  createdAt: time,
});
const followForm = z.object({ follower: sourceId, followee: sourceId, createdAt: time });

interface Tools {
  transactions: Transactions<Tx>;
  members: MemberImportStore;
  idOf: ImportIds;
  /** The lines of members who could have no handle or no account. */
  rejected: ReadonlySet<number>;
}

/** Keeps the handles of members who come from elsewhere, with all else that they show. */
export function handleImport({ members, idOf }: Tools): ImportStep<Tx> {
  return importStep({
    name: 'handles',
    file: 'members.jsonl',
    form: memberForm,
    async apply(tx, items) {
      const faults = items.flatMap(({ line, item }) => {
        const fault = checkHandle(item.handle) ?? checkProfile(item);
        return fault ? [{ line, reason: fault.message }] : [];
      });
      const faulty = new Set(faults.map(({ line }) => line));
      const profiles = items
        .filter(({ line }) => !faulty.has(line))
        .map(({ line, item }) => ({
          ...item,
          line,
          id: idOf('member', item.id),
          grams: gramsOf(`${item.handle} ${item.displayName}`),
        }));
      const refused = await members.reserve(tx, profiles, new Date(Date.now() + RESERVED_MS));
      const taken = profiles.filter(({ id }) => refused.has(id));
      return [...faults, ...taken.map(({ line }) => ({ line, reason: 'handle: somebody else has it' }))];
    },
  });
}

/** Makes the kept profiles of those who have an account real ones. */
export function profileImport({ transactions, members, idOf, rejected }: Tools): ImportStep<Tx> {
  return importStep({
    name: 'profiles',
    file: 'members.jsonl',
    form: memberForm.pick({ id: true }),
    async apply(tx, items) {
      const taken = items.filter(({ line }) => !rejected.has(line));
      const confirmed = await members.confirm(
        tx,
        taken.map(({ item }) => idOf('member', item.id)),
      );
      await emitAll(
        transactions.sql(tx),
        profileEvents,
        confirmed.map(({ id, handle, language, eventVersion, createdAt }) => ({
          type: 'user.created',
          aggregateId: id,
          aggregateVersion: eventVersion,
          actorId: id,
          importedTime: createdAt,
          payload: { userId: id, handle, language },
        })),
      );
      return [];
    },
  });
}

/**
 * Frees the handles of those who have no account. It has a step of its own, behind the last profile: what was not taken
 * may repeat the id of a line that was, wherever that stands.
 */
export function releaseImport({ members, idOf, rejected }: Tools): ImportStep<Tx> {
  return importStep({
    name: 'releases',
    file: 'members.jsonl',
    form: memberForm.pick({ id: true }),
    async apply(tx, items) {
      const refused = items.filter(({ line }) => rejected.has(line));
      await members.release(
        tx,
        refused.map(({ item }) => idOf('member', item.id)),
      );
      return [];
    },
  });
}

/** Follows between members who are there. */
export function followImport({ transactions, members, idOf }: Tools): ImportStep<Tx> {
  return importStep({
    name: 'follows',
    file: 'follows.jsonl',
    form: followForm,
    async apply(tx, items) {
      const pairs = items.map(({ line, item }) => ({
        line,
        followerId: idOf('member', item.follower),
        followeeId: idOf('member', item.followee),
        createdAt: item.createdAt,
      }));
      const there = await members.lock(tx, [
        ...new Set(pairs.flatMap(({ followerId, followeeId }) => [followerId, followeeId])),
      ]);
      const faultOf = ({ followerId, followeeId }: (typeof pairs)[number]): string | null => {
        if (followerId === followeeId) return 'nobody follows herself';
        if (!there.has(followerId)) return 'follower: there is no such member';
        return there.has(followeeId) ? null : 'followee: there is no such member';
      };
      const added = await members.follow(
        tx,
        pairs.filter((pair) => faultOf(pair) === null),
      );
      await emitAll(
        transactions.sql(tx),
        followEvents,
        added.map(({ followerId, followeeId, createdAt, version }) => ({
          type: 'user.followed',
          aggregateId: followerId,
          aggregateVersion: version,
          actorId: followerId,
          importedTime: createdAt,
          payload: { followerId, followeeId },
        })),
      );
      return pairs.flatMap((pair) => {
        const reason = faultOf(pair);
        return reason ? [{ line: pair.line, reason }] : [];
      });
    },
  });
}
