import { type Problem, problem } from '@community/kit/problem';
import { secondsAfter } from '../../clock.ts';

/** How many failed tries cost nothing, and how the wait grows after them: it doubles with each further one. */
export interface ThrottlePolicy {
  readonly freeFailures: number;
  readonly maxDelaySeconds: number;
}

/** Guessing one account's password: some 100 tries a day at most. */
export const ACCOUNT_POLICY: ThrottlePolicy = { freeFailures: 5, maxDelaySeconds: 900 };
/** Trying many accounts from one place. A school or an office is one place too, so more is free. */
export const ADDRESS_POLICY: ThrottlePolicy = { freeFailures: 50, maxDelaySeconds: 900 };
/** Filling somebody's mailbox: three mails, then ever longer pauses. */
export const MAIL_POLICY: ThrottlePolicy = { freeFailures: 3, maxDelaySeconds: 900 };

/** Failures are forgotten when there was none for so long; each one moves this window on. */
export const WINDOW_SECONDS = 3600;

/** What is known of earlier tries. */
export interface Tries {
  readonly failures: number;
  readonly lastTryAt: Date;
  readonly blockedUntil: Date | null;
}

/** How long to wait after so many failures in a row, in seconds. */
export function delayAfter(policy: ThrottlePolicy, failures: number): number {
  if (failures < policy.freeFailures) return 0;
  return Math.min(policy.maxDelaySeconds, 2 ** (failures - policy.freeFailures));
}

/** How long the next try has to wait, in whole seconds; 0 when it may be made. */
export function secondsToWait(tries: Tries | null, now: Date): number {
  if (!tries?.blockedUntil) return 0;
  return Math.max(0, Math.ceil((tries.blockedUntil.getTime() - now.getTime()) / 1000));
}

/** Counts one more try, as failed until it is known to be good: so tries at the same time count as well. */
export function countTry(policy: ThrottlePolicy, tries: Tries | null, now: Date): Tries {
  const forgotten = !tries || secondsAfter(tries.lastTryAt, WINDOW_SECONDS) <= now;
  const failures = forgotten ? 1 : tries.failures + 1;
  const delay = delayAfter(policy, failures);
  return { failures, lastTryAt: now, blockedUntil: delay > 0 ? secondsAfter(now, delay) : null };
}

export interface TooManyAttempts extends Problem<'TooManyAttemptsError'> {
  readonly retryAfterSeconds: number;
}

export function tooManyAttempts(retryAfterSeconds: number): TooManyAttempts {
  const words = `There were too many attempts. Try again in ${retryAfterSeconds} seconds.`;
  return { ...problem('TooManyAttemptsError', 'TOO_MANY_ATTEMPTS', words), retryAfterSeconds };
}
