import { createHash } from 'node:crypto';
import type { Transactions } from '@community/events/sql';
import { isProblem } from '@community/kit/problem';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { customerNetwork } from '../../network.ts';
import {
  ACCOUNT_POLICY,
  ADDRESS_POLICY,
  countTry,
  MAIL_POLICY,
  secondsToWait,
  type ThrottlePolicy,
  type TooManyAttempts,
  tooManyAttempts,
  WINDOW_SECONDS,
} from './throttle.policy.ts';
import type { ThrottleStore } from './throttle.store.ts';

export type ThrottleService = ReturnType<typeof createThrottleService>;

/** Whom tries are held against. */
export interface Subject {
  readonly key: string;
  readonly policy: ThrottlePolicy;
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The account of a (normalised) e-mail address, whether there is one or not. */
export function accountSubject(email: string): Subject {
  return { key: `account:${hashOf(email)}`, policy: ACCOUNT_POLICY };
}

/** The second factor of an account. */
export function codeSubject(accountId: string): Subject {
  return { key: `code:${accountId}`, policy: ACCOUNT_POLICY };
}

/** The mailbox of a (normalised) e-mail address that mails are asked for. */
export function resetSubject(email: string): Subject {
  return { key: `reset:${hashOf(email)}`, policy: MAIL_POLICY };
}

/** The place that a client's address belongs to; none when the router knows no address (it was called from inside). */
export function addressSubjects(clientAddress: string): Subject[] {
  const network = customerNetwork(clientAddress);
  return network ? [{ key: `address:${network}`, policy: ADDRESS_POLICY }] : [];
}

/** Slows down whoever guesses, on all instances together: tries are counted in the database. */
export function createThrottleService({
  transactions,
  throttles,
  clock,
}: {
  transactions: Transactions<Tx>;
  throttles: ThrottleStore;
  clock: Clock;
}) {
  /** Counts a try of all these as failed, unless one of them has to wait; then nothing is counted. */
  async function count(subjects: readonly Subject[]): Promise<TooManyAttempts | null> {
    if (subjects.length === 0) return null;
    return transactions.run(async (tx) => {
      const now = clock();
      const known = await throttles.lock(
        tx,
        subjects.map(({ key }) => key),
        now,
      );
      const wait = Math.max(...subjects.map(({ key }) => secondsToWait(known.get(key) ?? null, now)));
      if (wait > 0) return tooManyAttempts(wait);
      await throttles.save(
        tx,
        new Map(subjects.map(({ key, policy }) => [key, countTry(policy, known.get(key) ?? null, now)])),
      );
      return null;
    });
  }

  return {
    count,

    /** Whether these may try now; counts nothing. */
    async check(subjects: readonly Subject[]): Promise<TooManyAttempts | null> {
      if (subjects.length === 0) return null;
      const known = await throttles.read(subjects.map(({ key }) => key));
      const wait = Math.max(...subjects.map(({ key }) => secondsToWait(known.get(key) ?? null, clock())));
      return wait > 0 ? tooManyAttempts(wait) : null;
    },

    /** Does what somebody may guess at: a try that ends in a problem counts, and too many of them make it wait. */
    async guard<Result extends object>(
      subject: Subject,
      work: () => Promise<Result>,
    ): Promise<Result | TooManyAttempts> {
      const wait = await count([subject]);
      if (wait) return wait;
      const result = await work();
      if (!isProblem(result)) await transactions.run((tx) => throttles.clear(tx, subject.key));
      return result;
    },

    /** A counted try turned out well: the account's failures are forgotten, of the address' only this try. */
    async succeeded(tx: Tx, account: Subject, addresses: readonly Subject[]): Promise<void> {
      // In the order in which `count` locks them.
      await throttles.clear(tx, account.key);
      for (const { key, policy } of addresses) await throttles.takeBack(tx, key, policy.freeFailures);
    },

    /** Forgets what is past its window. */
    sweep: () => throttles.forget(secondsAfter(clock(), -WINDOW_SECONDS)),
  };
}
