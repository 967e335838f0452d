import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  isProblem,
  type NotSignedIn,
  type Problem,
  problem,
  requireMember,
} from '@community/kit/problem';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import { type TooManyAttempts, tooManyAttempts } from '../throttle/throttle.policy.ts';
import { newToken, tokenHash } from '../ticket/token.ts';
import type { EmailVerificationStore } from './email-verification.store.ts';

export type EmailVerificationService = ReturnType<typeof createEmailVerificationService>;

export type InvalidVerificationToken = Problem<'InvalidVerificationTokenError'>;

export interface VerificationRequested {
  readonly __typename: 'RequestEmailVerificationSuccess';
  readonly accountId: string;
}

export interface EmailVerified {
  readonly __typename: 'VerifyEmailSuccess';
  readonly accountId: string;
}

/** A link is good for two days; requests are kept as long, for mails that are late. */
const LINK_SECONDS = 2 * 86_400;
const PAUSE_SECONDS = 60;

const invalidToken = (): InvalidVerificationToken =>
  problem(
    'InvalidVerificationTokenError',
    'INVALID_VERIFICATION_TOKEN',
    'This link was used or has expired. Ask for another mail.',
    ['input', 'token'],
  );

export function createEmailVerificationService({
  transactions,
  accounts,
  verifications,
  publicUrl,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  verifications: EmailVerificationStore;
  publicUrl: string;
  clock: Clock;
}) {
  async function request(tx: Tx, accountId: string): Promise<void> {
    const now = clock();
    const version = await accounts.nextEventVersion(tx, accountId);
    if (version === null) return;
    const verificationId = newId(now.getTime());
    await verifications.add(tx, { id: verificationId, accountId, requestedAt: now });
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.email_verification_requested',
      aggregateId: accountId,
      aggregateVersion: version,
      payload: { accountId, verificationId },
    });
  }

  /** Writes down that an address is hers, and tells it. @returns whether that was news */
  async function confirm(tx: Tx, accountId: string): Promise<boolean> {
    const version = await accounts.setEmailVerified(tx, accountId, clock());
    if (version === null) return false;
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.email_verified',
      aggregateId: accountId,
      aggregateVersion: version,
      actorId: accountId,
      payload: { accountId },
    });
    return true;
  }

  return {
    /** Has a mail with a link sent to an account's address. */
    request,

    /** She has shown that the address is hers. */
    confirm,

    /** The member asks for another mail; not more often than once a minute. */
    async requestAgain(
      viewer: Member | null,
    ): Promise<VerificationRequested | NotSignedIn | TooManyAttempts | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        const account = await accounts.byId(tx, member.id);
        if (account?.emailVerifiedAt)
          return problem('ConflictError', 'EMAIL_VERIFIED_ALREADY', 'The e-mail address is verified already.');
        const last = await verifications.lastOf(tx, member.id);
        const wait = last ? (secondsAfter(last, PAUSE_SECONDS).getTime() - clock().getTime()) / 1000 : 0;
        if (wait > 0) return tooManyAttempts(Math.ceil(wait));
        await request(tx, member.id);
        return { __typename: 'RequestEmailVerificationSuccess', accountId: member.id };
      });
    },

    /** A link for the mail of a request; a new one each time. Null when there is no such request any more. */
    async link(verificationId: string): Promise<string | null> {
      if (!isId(verificationId)) return null;
      const { token, hash } = newToken();
      const kept = await verifications.addToken(verificationId, hash, secondsAfter(clock(), LINK_SECONDS));
      return kept ? `${publicUrl}/auth/verify-email?token=${token}` : null;
    },

    /** Takes the token of a link, from whoever has it: only the mailbox's owner does. */
    async verify(token: string): Promise<EmailVerified | InvalidVerificationToken> {
      return transactions.run(async (tx) => {
        const accountId = await verifications.use(tx, tokenHash(token), clock());
        if (!accountId) return invalidToken();
        await confirm(tx, accountId);
        return { __typename: 'VerifyEmailSuccess', accountId };
      });
    },

    /** Forgets requests whose links have expired. */
    sweep: () => verifications.forget(secondsAfter(clock(), -2 * LINK_SECONDS)),
  };
}
