import type { Transactions } from '@community/events/sql';
import { newId } from '@community/kit/ids';
import type { Invalid } from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { normaliseEmail } from '../account/email.ts';
import type { Client } from '../session/session.ts';
import { type InvalidChallenge, invalidChallenge } from '../sign-in/sign-in.problems.ts';
import type { HandleTaken, SignUpRefused } from '../sign-up/sign-up.policy.ts';
import type { SignedUp, SignUpService } from '../sign-up/sign-up.service.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import type { TicketService } from '../ticket/ticket.service.ts';
import type { IdentityStore } from './identity.store.ts';
import { NEWCOMER } from './oauth.service.ts';

export type OAuthSignUpService = ReturnType<typeof createOAuthSignUpService>;

/** What a newcomer adds to what the provider told. */
export interface OAuthSignUpRequest {
  readonly ticket: string;
  readonly handle: string;
  readonly displayName: string;
  readonly language: string;
  /** Where the provider gave none, or she wants another one. */
  readonly email: string | null;
}

export function createOAuthSignUpService({
  transactions,
  tickets,
  identities,
  signUps,
  clock,
}: {
  transactions: Transactions<Tx>;
  tickets: TicketService;
  identities: IdentityStore;
  signUps: SignUpService;
  clock: Clock;
}) {
  return {
    /** Makes an account without a password for who has shown who she is at a provider. A refusal leaves the ticket good. */
    async signUp(
      { ticket: token, email: wanted, ...profile }: OAuthSignUpRequest,
      client: Client,
    ): Promise<SignedUp | InvalidChallenge | HandleTaken | SignUpRefused | Invalid | TooManyAttempts> {
      const ticket = await transactions.run((tx) => tickets.look(tx, NEWCOMER, token));
      if (!ticket) return invalidChallenge();
      const { provider, subject, email: provided, emailVerified } = ticket.data;
      const email = normaliseEmail(wanted ?? provided ?? '');
      const isProvided = provided !== null && email === normaliseEmail(provided);
      const made = await signUps.signUpByProvider(
        { ...profile, email },
        {
          emailVerified: emailVerified && isProvided,
          // Somebody who signed up twice from two windows is a member already.
          claim: async (tx) =>
            (await tickets.take(tx, NEWCOMER, token)) !== null &&
            (await identities.accountOf(tx, provider, subject)) === null,
          link: async (tx, accountId) => {
            const identity = { provider, subject, email: provided, linkedAt: clock(), accountId };
            return identities.add(tx, { ...identity, id: newId(clock().getTime()) });
          },
        },
        client,
      );
      return made ?? invalidChallenge();
    },
  };
}
