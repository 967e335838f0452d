import type { Log } from '@community/events/log';
import { createCacheAside } from '../cache-aside.ts';
import type { Ephemeral } from '../ephemeral.ts';
import { createLimits, decide } from '../in-process/limits.ts';
import { keyOf } from '../key.ts';
import { batches } from './batches.ts';
import { connectRedis } from './connection.ts';
import { createEntries } from './entries.ts';
import { createPubSub } from './pub-sub.ts';
import { consume, leave, present, run, touch } from './scripts.ts';

const TIMEOUT_MS = 250;

/**
 * Ephemeral state in Redis, for services of several instances. It is here also while Redis is away.
 * @param url `redis://` or `rediss://`, a good one
 * @param prefix of all keys and channels
 * @param timeoutMs how long Redis has for an answer; a far one needs more than a neighbour
 */
export async function openRedisEphemeral(options: {
  url: string;
  prefix: string;
  log: Log;
  timeoutMs?: number;
}): Promise<Ephemeral> {
  const { prefix, log, timeoutMs = TIMEOUT_MS } = options;
  const link = await connectRedis({ ...options, timeoutMs });
  const entries = createEntries(link, prefix);
  const pubSub = createPubSub({ link, prefix, timeoutMs, log });
  const limits = createLimits();
  const groupOf = (group: string) => `${prefix}:present:${keyOf(group)}`;

  return {
    ...createCacheAside(entries),
    publish: pubSub.publish,
    subscribe: pubSub.subscribe,

    async consume(key, limit) {
      const name = `${prefix}:limit:${keyOf(String(limit.seconds), key)}`;
      try {
        const answer = await link.ask((redis) => run(redis, consume, [name], [Math.ceil(limit.seconds * 1000)]));
        const [count, milliseconds] = answer as [number, number];
        return decide(limit.points, count, milliseconds);
      } catch {
        return limits.consume(key, limit);
      }
    },

    async touch(group, member, seconds) {
      const args = [keyOf(member), Math.ceil(seconds * 1000)];
      return link
        .ask((redis) => run(redis, touch, [groupOf(group)], args))
        .then(
          (answer) => answer === 1,
          () => false,
        );
    },
    async leave(group, member) {
      return link
        .ask((redis) => run(redis, leave, [groupOf(group)], [keyOf(member)]))
        .then(
          (answer) => answer === 1,
          () => false,
        );
    },
    async present(group, members) {
      const answers = await Promise.all(
        batches(members).map((batch) => {
          const names = batch.map((member) => keyOf(member));
          return link.ask((redis) => run(redis, present, [groupOf(group)], names)).catch(() => batch.map(() => 0));
        }),
      );
      const there = answers.flat();
      return new Set(members.filter((_, i) => there[i] === 1));
    },

    async close() {
      entries.stop();
      pubSub.stop();
      await link.close();
    },
  };
}
