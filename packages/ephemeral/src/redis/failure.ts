import { ReplyError } from 'ioredis';

/** Redis could not be asked, or did not answer in time. */
export class RedisAwayError extends Error {
  override name = 'RedisAwayError';
  /** Whether the command may have reached it all the same. */
  readonly mayHaveArrived: boolean;

  constructor(mayHaveArrived: boolean) {
    super('Redis does not answer');
    this.mayHaveArrived = mayHaveArrived;
  }
}

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ENOTFOUND: 'this host is not known (ENOTFOUND)',
  EAI_AGAIN: 'the host cannot be looked up (EAI_AGAIN)',
  ETIMEDOUT: 'no connection in time (ETIMEDOUT)',
  ECONNRESET: 'the connection was cut (ECONNRESET)',
};

/**
 * Why Redis cannot be used, for the log. The error itself must not get there: ioredis hangs the command on it, with the
 * password when the command was the one that signs in.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code) return WORDS[code] ?? (/SSL|TLS|CERT/.test(code) ? `TLS failed (${code})` : code);
  if (/^(WRONGPASS|NOAUTH|ERR invalid password|ERR AUTH)/.test(error.message))
    return 'it refuses the user or the password in REDIS_URL';
  if (error instanceof ReplyError) return `it refuses commands (${error.message.split(' ', 1)[0]})`;
  return 'the connection was cut';
}
