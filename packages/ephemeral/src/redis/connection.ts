import type { Log } from '@community/events/log';
import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { Redis, ReplyError } from 'ioredis';
import { redisUp } from '../metrics.ts';
import { withDeadline } from './deadline.ts';
import { RedisAwayError, reasonOf } from './failure.ts';
import { scripts } from './scripts.ts';
import { redisAddress } from './url.ts';

const FAILURES_TO_OPEN = 3;
const OPEN_MS = 1_000;
const HEARTBEAT_MS = 2_000;
const LONGEST_RETRY_PAUSE_MS = 500;
const FIRST_CONNECTION_MS = 1_000;
const REFUSALS_LOGGED_EVERY_MS = 60_000;

/** The connections of one instance to Redis: one that asks, one that listens. */
export interface RedisLink {
  /**
   * Asks Redis, within the time-out. After several failures in a row it does not even try for a second.
   * @throws RedisAwayError when there was no answer
   */
  ask<Answer>(command: (redis: Redis) => Promise<Answer>): Promise<Answer>;
  /** The connection for subscriptions. It is cut and made again when it falls silent. */
  readonly subscriber: Redis;
  close(): Promise<void>;
}

/**
 * Connects, in the background when Redis is away, and keeps connecting. Waits a second at most for the first connection.
 * @param url a good one, see `redisUrlFault`
 */
export async function connectRedis(options: {
  url: string;
  prefix: string;
  timeoutMs: number;
  log: Log;
}): Promise<RedisLink> {
  const { timeoutMs, log, prefix } = options;
  const address = redisAddress(options.url);
  let closed = false;

  const connect = (name: string, autoPipelining: boolean): Redis => {
    const redis = new Redis(options.url, {
      connectionName: `${prefix}:${name}`,
      enableAutoPipelining: autoPipelining,
      scripts,
      connectTimeout: HEARTBEAT_MS,
      retryStrategy: (times) => Math.min(times * 50, LONGEST_RETRY_PAUSE_MS),
      // What cannot be sent now fails now, and what was under way when the connection broke is not sent twice.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
    });
    redis.on('error', (error) => say(reasonOf(error)));
    redis.on('close', () => say('the connection was cut'));
    return redis;
  };

  const breaker = circuitBreaker(
    handleWhen((error) => !(error instanceof ReplyError)),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  );

  /** Undefined until the first word; then what was said last. */
  let said: string | undefined;
  /** Writes to the log what is new: why Redis is away, or that it is back. */
  function say(reason: string | null): void {
    if (closed) return;
    redisUp.set({ prefix }, reason === null ? 1 : 0);
    if (reason === null) {
      if (said) log.info({ redis: address }, `Redis at ${address} answers`);
      said = '';
    } else if (!said || (reason !== said && reason !== 'the connection was cut')) {
      said = reason;
      log.warn(
        { redis: address },
        `Redis at ${address} cannot be used: ${reason}. Until it can, caches are passed by and limits count in each process.`,
      );
    }
  }

  const commands = connect('commands', true);
  const subscriber = connect('subscriber', false);
  const sayWhenWell = () => {
    const connected = commands.status === 'ready' && subscriber.status === 'ready';
    if (connected && breaker.state === CircuitState.Closed) say(null);
  };
  for (const redis of [commands, subscriber]) redis.on('ready', sayWhenWell);
  breaker.onBreak(() => say('it does not answer in time'));
  breaker.onReset(sayWhenWell);

  let refusalLoggedAt = Number.NEGATIVE_INFINITY;
  function logRefusal(error: Error): void {
    if (performance.now() - refusalLoggedAt < REFUSALS_LOGGED_EVERY_MS) return;
    refusalLoggedAt = performance.now();
    log.warn({ redis: address }, `Redis at ${address}: ${reasonOf(error)}`);
  }

  async function ask<Answer>(command: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    if (commands.status !== 'ready') throw new RedisAwayError(false);
    let sent = false;
    try {
      return await breaker.execute(() => {
        sent = true;
        return withDeadline(command(commands), timeoutMs);
      });
    } catch (error) {
      if (error instanceof ReplyError) logRefusal(error as Error);
      throw new RedisAwayError(sent);
    }
  }

  /** A connection can die without a word. @returns what makes one anew that does not answer */
  function watch(redis: Redis): () => Promise<void> {
    let greeting: unknown;
    return async () => {
      const { status, stream } = redis;
      if (status === 'connect' && greeting === stream) redis.disconnect(true);
      greeting = status === 'connect' ? stream : undefined;
      if (status !== 'ready') return;
      await withDeadline(redis.ping(), Math.max(timeoutMs, HEARTBEAT_MS / 2)).catch(() => {
        if (redis.stream === stream) redis.disconnect(true);
      });
    };
  }
  const [watchCommands, watchSubscriber] = [watch(commands), watch(subscriber)];
  const heartbeat = setInterval(() => {
    void watchSubscriber();
    void watchCommands()
      // Closes an open circuit although nobody asks.
      .then(() => (breaker.state === CircuitState.Closed ? undefined : ask((redis) => redis.ping())))
      .catch(() => {});
  }, HEARTBEAT_MS);
  heartbeat.unref();

  const connected = (redis: Redis) =>
    new Promise<void>((resolve) => {
      redis.once('ready', resolve);
      redis.once('close', resolve);
    });
  await withDeadline(Promise.all([connected(commands), connected(subscriber)]), FIRST_CONNECTION_MS).catch(() =>
    say('it does not answer in time'),
  );

  return {
    ask,
    subscriber,
    async close() {
      closed = true;
      clearInterval(heartbeat);
      await withDeadline(Promise.allSettled([commands.quit(), subscriber.quit()]), timeoutMs).catch(() => {});
      commands.disconnect();
      subscriber.disconnect();
      redisUp.remove({ prefix });
    },
  };
}
