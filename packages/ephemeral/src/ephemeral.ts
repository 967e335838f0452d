/** How many calls a key may have in a time. */
export interface RateLimit {
  readonly points: number;
  readonly seconds: number;
}

/** How much is left of a rate limit, and when there is more. */
export interface RateDecision {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

export interface Subscription {
  stop(): Promise<void>;
}

/**
 * What the instances of a service share and nobody stores: it may be lost at any moment, and nothing that is true
 * depends on it. Drivers: in this process (one instance), Redis (many). `ephemeral-contract.ts` holds what both do. No
 * call throws because the driver's server is away, and none waits long: a cache misses, a limit counts in process,
 * nobody is present. Seconds may be fractions. Names and keys may be any strings.
 */
export interface Ephemeral {
  /**
   * Cache-aside of JSON values, in batches. What comes back is always what JSON makes of a value (a date is a text), and
   * the caller's own. Callers who miss the same key at once share a load.
   * @param read makes of it what callers use, who share that then and must not change it: a driver that keeps values in
   * this process reads each one once
   * @param load asked once for all keys that are missing, in the same order; null is not kept
   * @throws what `load` throws; then nothing is kept
   */
  cached<Value, Read = Value>(
    namespace: string,
    keys: readonly string[],
    options: {
      seconds: number;
      load: (missing: readonly string[]) => Promise<readonly (Value | null)[]>;
      read?: (value: Value) => Read;
    },
  ): Promise<(Read | null)[]>;
  /**
   * Forgets cached values: who asks after this was awaited, anywhere, gets what is loaded after it. A load that is under
   * way does not bring an old value back. While the driver's server is away this holds for this instance; the others
   * follow when it is back.
   */
  invalidate(namespace: string, keys: readonly string[]): Promise<void>;

  /** Tells all instances that listen now, this one too, at most once, in order per publisher and channel. */
  publish(channel: string, message: object): Promise<void>;
  /**
   * Listens to a channel: to what is published after this has resolved. Listeners get the same message and do not change
   * it; one that throws is logged and hurts nobody.
   * @param onGap called when messages may have been missed (the server was away): read what is stored instead
   */
  subscribe(channel: string, listener: (message: unknown) => void, onGap: () => void): Promise<Subscription>;

  /** Counts one call of a key, over all instances, in a window that begins with its first call. */
  consume(key: string, limit: RateLimit): Promise<RateDecision>;

  /** Says that a member of a group is present for so many seconds. @returns whether she was not before */
  touch(group: string, member: string, seconds: number): Promise<boolean>;
  /** Says that she is gone. @returns whether she was present */
  leave(group: string, member: string): Promise<boolean>;
  /** Which of these are present. */
  present(group: string, members: readonly string[]): Promise<Set<string>>;

  close(): Promise<void>;
}
