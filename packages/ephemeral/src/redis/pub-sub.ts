import type { Log } from '@community/events/log';
import type { Ephemeral } from '../ephemeral.ts';
import { keyOf } from '../key.ts';
import { createListeners } from '../listeners.ts';
import type { RedisLink } from './connection.ts';
import { withDeadline } from './deadline.ts';
import { RedisAwayError } from './failure.ts';
import { createOwed } from './owed.ts';

/** Says on a channel that a message was lost. */
const GAP = '';

/**
 * Pub/sub over Redis. Its messages are told at most once, so whatever may have lost some ends in `onGap`: a connection
 * for subscriptions that was made anew, or a message that could not be published, for the listeners of all instances.
 */
export function createPubSub(options: {
  link: RedisLink;
  prefix: string;
  timeoutMs: number;
  log: Log;
}): Pick<Ephemeral, 'publish' | 'subscribe'> & { stop(): void } {
  const { link, timeoutMs } = options;
  const { subscriber } = link;
  const listeners = createListeners(options.log);
  const nameOf = (channel: string) => `${options.prefix}:channel:${keyOf(channel)}`;
  const gaps = createOwed(async (names) => {
    await link.ask((redis) => Promise.all(names.map((name) => redis.publish(name, GAP))));
  });

  /** A connection that does not take a subscription is made anew, and all is subscribed again. */
  async function listenTo(names: readonly string[]): Promise<boolean> {
    if (subscriber.status !== 'ready') return false;
    return withDeadline(subscriber.subscribe(...names), timeoutMs).then(
      () => true,
      () => {
        if (subscriber.status === 'ready') subscriber.disconnect(true);
        return false;
      },
    );
  }

  subscriber.on('message', (name: string, text: string) =>
    text === GAP ? listeners.gap(name) : listeners.deliver(name, text),
  );
  subscriber.on('ready', async () => {
    const names = listeners.channels();
    if (names.length > 0 && (await listenTo(names))) for (const name of names) listeners.gap(name);
  });

  return {
    async publish(channel, message) {
      const [name, text] = [nameOf(channel), JSON.stringify(message)];
      try {
        await link.ask((redis) => redis.publish(name, text));
      } catch (error) {
        if (!(error instanceof RedisAwayError)) throw error;
        // With neither connection it cannot come back to us, now or late: tell at least who listens here.
        if (!error.mayHaveArrived && subscriber.status !== 'ready') listeners.deliver(name, text);
        gaps.add([name]);
      }
    },
    async subscribe(channel, listener, onGap) {
      const name = nameOf(channel);
      const remove = listeners.add(name, listener, onGap);
      await listenTo([name]);
      return {
        async stop() {
          if (remove() && subscriber.status === 'ready')
            await withDeadline(subscriber.unsubscribe(name), timeoutMs).catch(() => {});
        },
      };
    },
    stop: () => gaps.stop(),
  };
}
