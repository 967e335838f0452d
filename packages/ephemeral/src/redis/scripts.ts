import type { Redis } from 'ioredis';

/** A script, sent by its hash once the connection knows it. */
export interface Script {
  readonly name: string;
  readonly lua: string;
}

/** What each key holds; one that held nothing gets ARGV[1] for ARGV[2] milliseconds. Tokens begin with `t`, texts with `v`. */
export const claim: Script = {
  name: 'ephemeralClaim',
  lua: `
    local held = redis.call('MGET', unpack(KEYS))
    for i, key in ipairs(KEYS) do
      if not held[i] then
        redis.call('SET', key, ARGV[1], 'PX', ARGV[2])
        held[i] = ARGV[1]
      end
    end
    return held`,
};

/** Puts ARGV[2 + i] in place of the token ARGV[1] for ARGV[2] milliseconds, where it still is; an empty text removes it. */
export const settle: Script = {
  name: 'ephemeralSettle',
  lua: `
    for i, key in ipairs(KEYS) do
      if redis.call('GET', key) == ARGV[1] then
        if ARGV[2 + i] == '' then redis.call('DEL', key)
        else redis.call('SET', key, ARGV[2 + i], 'PX', ARGV[2]) end
      end
    end`,
};

/** Counts one in a window of ARGV[1] milliseconds. @returns how many are in it now, and how long it lasts */
export const consume: Script = {
  name: 'ephemeralConsume',
  lua: `
    local count = redis.call('INCR', KEYS[1])
    if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
    return {count, redis.call('PTTL', KEYS[1])}`,
};

/** The time by Redis' own clock, in milliseconds. Members are kept with the time at which their presence ends. */
const NOW = `
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Notes ARGV[1] as present for ARGV[2] milliseconds. @returns 1 when she was not */
export const touch: Script = {
  name: 'ephemeralTouch',
  lua: `${NOW}
    local until_ = redis.call('ZSCORE', KEYS[1], ARGV[1])
    redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
    redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
    if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
    return (until_ and tonumber(until_) > now) and 0 or 1`,
};

/** Removes ARGV[1]. @returns 1 when she was present */
export const leave: Script = {
  name: 'ephemeralLeave',
  lua: `${NOW}
    local until_ = redis.call('ZSCORE', KEYS[1], ARGV[1])
    redis.call('ZREM', KEYS[1], ARGV[1])
    return (until_ and tonumber(until_) > now) and 1 or 0`,
};

/** @returns for each of ARGV 1 when she is present */
export const present: Script = {
  name: 'ephemeralPresent',
  lua: `${NOW}
    local answers = {}
    for i, until_ in ipairs(redis.call('ZMSCORE', KEYS[1], unpack(ARGV))) do
      answers[i] = (until_ and tonumber(until_) > now) and 1 or 0
    end
    return answers`,
};

/**
 * All scripts, by the names of the methods that ioredis makes of them. A connection must know them from its beginning:
 * one that is added behind a waiting pipeline throws outside of any call.
 */
export const scripts = Object.fromEntries(
  [claim, settle, consume, touch, leave, present].map(({ name, lua }) => [name, { lua }]),
);

/** Runs a script. Its answer is what the script returns, as ioredis reads it. */
export async function run(
  redis: Redis,
  { name }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  const method = (redis as Redis & Record<string, unknown>)[name];
  if (typeof method !== 'function') throw new Error(`the connection does not know the script ${name}`);
  return method.call(redis, keys.length, ...keys, ...args);
}
