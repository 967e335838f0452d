import type { Role } from '@community/kit/member';
import type { Suspension } from '../suspension/suspension.ts';

/** Who may sign in. What others see of her is a `User`, with the same id. */
export interface Account {
  readonly id: string;
  /** Normalised; never shown to others. */
  readonly email: string;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
  readonly emailVerifiedAt: Date | null;
}

/** An account with what stands in the way of signing in to it. */
export interface AccountStanding {
  readonly account: Account;
  /** Why nobody signs in to it any more; null when it is open. */
  readonly closedFor: string | null;
  readonly suspension: Suspension | null;
}

/** How a member is written to; for the one domain that sends mail. */
export interface Contact {
  readonly accountId: string;
  readonly email: string;
  readonly language: string;
  readonly emailVerified: boolean;
}

/** Accounts that were closed for these reasons were never complete: their e-mail address is free. */
export const SIGN_UP_FAILED = 'SIGN_UP_';
