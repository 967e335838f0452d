import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { type Conflict, type NotFound, type NotSignedIn, notFound, notSignedIn } from '@community/kit/problem';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import { isEmail, normaliseEmail } from '../account/email.ts';
import { passwordEvents } from '../password/password.events.ts';
import type { PasswordConfirmation } from '../password/password-confirmation.ts';
import type { SessionService } from '../session/session.service.ts';
import type { Client } from '../session/session.ts';
import type { Admission, SecondFactorRequired } from '../sign-in/admission.ts';
import {
  type InvalidChallenge,
  type InvalidCredentials,
  invalidChallenge,
  type NotAdmitted,
} from '../sign-in/sign-in.problems.ts';
import type { SignedIn } from '../sign-in/sign-in.service.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import type { TicketKind, TicketService } from '../ticket/ticket.service.ts';
import type { IdentityStore } from './identity.store.ts';
import { emailInUse, identityInUse, type OAuthFailed, oauthFailed } from './oauth.problems.ts';
import { newSecrets } from './openid-provider.ts';
import type { ProvidedIdentity, Provider } from './provider.ts';

export type OAuthService = ReturnType<typeof createOAuthService>;

export interface OAuthBegun {
  readonly __typename: 'BeginOAuthSuccess';
  readonly url: string;
  readonly state: string;
  readonly expiresAt: Date;
}

export interface OAuthLinked {
  readonly __typename: 'OAuthLinked';
  readonly provider: string;
}

export interface OAuthSignUpRequired {
  readonly __typename: 'OAuthSignUpRequired';
  readonly ticket: string;
  readonly expiresAt: Date;
  readonly email: string | null;
  readonly name: string | null;
}

/** The way to a provider and back. The state is the ticket: who comes back without it began somewhere else. */
const UNDER_WAY: TicketKind<{ provider: string; codeVerifier: string; nonce: string }> = {
  purpose: 'OAUTH',
  data: z.object({ provider: z.string(), codeVerifier: z.string(), nonce: z.string() }),
  seconds: 600,
};

/** Somebody who has shown who she is at a provider, and has no account here. */
export const NEWCOMER: TicketKind<{ provider: string; subject: string; email: string | null; emailVerified: boolean }> =
  {
    purpose: 'OAUTH_SIGN_UP',
    data: z.object({
      provider: z.string(),
      subject: z.string(),
      email: z.string().nullable(),
      emailVerified: z.boolean(),
    }),
    seconds: 1_800,
  };

/** Signing in by an account somewhere else (OAuth 2.0, OpenID Connect). */
export function createOAuthService({
  transactions,
  providers,
  accounts,
  identities,
  tickets,
  admission,
  sessions,
  confirm,
  clock,
}: {
  transactions: Transactions<Tx>;
  providers: ReadonlyMap<string, Provider>;
  accounts: AccountStore;
  identities: IdentityStore;
  tickets: TicketService;
  admission: Admission;
  sessions: SessionService;
  confirm: PasswordConfirmation;
  clock: Clock;
}) {
  async function link(tx: Tx, accountId: string, provider: string, identity: ProvidedIdentity): Promise<boolean> {
    const { subject, email } = identity;
    const added = { id: newId(clock().getTime()), accountId, provider, subject, email, linkedAt: clock() };
    if (!(await identities.add(tx, added))) return (await identities.accountOf(tx, provider, subject)) === accountId;
    const version = await accounts.nextEventVersion(tx, accountId);
    if (version !== null)
      await emit(transactions.sql(tx), passwordEvents, {
        type: 'account.security_changed',
        aggregateId: accountId,
        aggregateVersion: version,
        actorId: accountId,
        payload: { accountId, change: 'IDENTITY_LINKED' },
      });
    return true;
  }

  /** Links it to who began, if she may still sign in. */
  async function linkTo(accountId: string, provider: string, identity: ProvidedIdentity) {
    return transactions.run(async (tx): Promise<OAuthLinked | NotAdmitted | Conflict> => {
      const refused = await admission.refusal(tx, accountId);
      if (refused) return refused;
      return (await link(tx, accountId, provider, identity))
        ? { __typename: 'OAuthLinked', provider }
        : identityInUse();
    });
  }

  /**
   * The account that an identity opens: the one that it is linked to, or one with the same address, which is linked when
   * both sides know that the address is hers. An address that was only claimed, here or there, links nothing.
   */
  async function accountFor(tx: Tx, provider: string, identity: ProvidedIdentity): Promise<string | Conflict | null> {
    const linked = await identities.accountOf(tx, provider, identity.subject);
    if (linked) return linked;
    const email = normaliseEmail(identity.email ?? '');
    if (!identity.emailVerified || !isEmail(email)) return null;
    const sameAddress = await accounts.openByEmail(tx, email);
    if (!sameAddress) return null;
    const found = await accounts.lock(tx, sameAddress);
    if (!found?.account.emailVerifiedAt) return emailInUse();
    return (await link(tx, sameAddress, provider, identity)) ? sameAddress : emailInUse();
  }

  async function enter(provider: string, identity: ProvidedIdentity, client: Client) {
    const result = await transactions.run(async (tx) => {
      const accountId = await accountFor(tx, provider, identity);
      if (accountId && typeof accountId !== 'string') return accountId;
      if (accountId) {
        await identities.used(tx, provider, identity.subject, clock());
        return admission.withOneFactor(tx, accountId, client);
      }
      const { subject, email, emailVerified, name } = identity;
      const content = { accountId: null, data: { provider, subject, email, emailVerified } };
      const { token: ticket, expiresAt } = await tickets.issue(NEWCOMER, content, tx);
      return { __typename: 'OAuthSignUpRequired' as const, ticket, expiresAt, email, name };
    });
    if ('__typename' in result) return result;
    const session = await sessions.issue(result.opened, result.account.roles);
    return { __typename: 'SignInSuccess' as const, account: result.account, session };
  }

  return {
    providers: [...providers.values()].map(({ id, name }) => ({ id, name })),

    /** Begins a sign-in at a provider or, for a member who confirms that it is her, the linking of one. */
    async begin(
      viewer: Member | null,
      input: { provider: string; link: boolean; password: string },
    ): Promise<OAuthBegun | NotFound | NotSignedIn | InvalidCredentials | TooManyAttempts> {
      const provider = providers.get(input.provider);
      if (!provider) return notFound('sign-in provider', ['input', 'provider']);
      const member = input.link ? viewer : null;
      if (input.link && !member) return notSignedIn();
      const refused = member && (await confirm(member, input.password));
      if (refused) return refused;
      const secrets = newSecrets();
      const data = { provider: provider.id, ...secrets };
      const { token: state, expiresAt } = await tickets.issue(UNDER_WAY, { accountId: member?.id ?? null, data });
      const url = (await provider.begin({ state, ...secrets })).href;
      return { __typename: 'BeginOAuthSuccess', url, state, expiresAt };
    },

    /** Ends it, by what the provider sent back. @param input.state what the browser was bound to at the beginning */
    async complete(
      input: { provider: string; state: string; parameters: string },
      client: Client,
    ): Promise<
      | SignedIn
      | SecondFactorRequired
      | OAuthLinked
      | OAuthSignUpRequired
      | OAuthFailed
      | InvalidChallenge
      | NotAdmitted
      | Conflict
    > {
      const ticket = await transactions.run((tx) => tickets.take(tx, UNDER_WAY, input.state));
      const provider = ticket && providers.get(ticket.data.provider);
      if (!provider || provider.id !== input.provider) return invalidChallenge();
      const { codeVerifier, nonce } = ticket.data;
      const identity = await provider.finish(input.parameters, { state: input.state, codeVerifier, nonce });
      if (!identity) return oauthFailed();
      return ticket.accountId ? linkTo(ticket.accountId, provider.id, identity) : enter(provider.id, identity, client);
    },
  };
}
