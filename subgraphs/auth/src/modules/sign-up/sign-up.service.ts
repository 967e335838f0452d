import { createHash } from 'node:crypto';
import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { oncePerKey, type Remembered } from '@community/kit/client-mutation';
import { newId } from '@community/kit/ids';
import type { Role } from '@community/kit/member';
import type { Invalid } from '@community/kit/problem';
import type { Sagas } from '@community/saga/sagas';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import { accountEvents } from '../account/account.events.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { Account } from '../account/account.ts';
import type { EmailVerificationService } from '../email-verification/email-verification.service.ts';
import type { CredentialStore } from '../password/credential.store.ts';
import type { PasswordHasher } from '../password/password.hasher.ts';
import type { OpenedSession, SessionService } from '../session/session.service.ts';
import type { Client, SessionTokens } from '../session/session.ts';
import type { SignInService } from '../sign-in/sign-in.service.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { addressSubjects, type ThrottleService } from '../throttle/throttle.service.ts';
import type { HandleReservation } from './handle-reservation.ts';
import {
  checkEmail,
  checkSignUp,
  type HandleTaken,
  normaliseSignUp,
  type SignUpRefused,
  type SignUpRequest,
  signUpRefused,
} from './sign-up.policy.ts';
import { startSignUpSaga } from './sign-up.saga.ts';
import type { SignUpStore } from './sign-up.store.ts';

export type SignUpService = ReturnType<typeof createSignUpService>;

export interface SignedUp {
  readonly __typename: 'SignUpSuccess';
  readonly account: Account;
  readonly session: SessionTokens;
}

/** What has to be there before the transaction of a sign-up. */
interface Prepared {
  readonly account: Omit<Account, 'emailVerifiedAt'> & { language: string };
  /** Null when she signs in by a provider. */
  readonly passwordHash: string | null;
}

/** What a provider says of somebody who signs up by it. */
export interface ProviderSays {
  readonly emailVerified: boolean;
  /** Uses up what shows that she came from the provider. @returns whether it was there */
  claim(tx: Tx): Promise<boolean>;
  /** Links the provider's account to the new one. */
  link(tx: Tx, accountId: string): Promise<unknown>;
}

/** Further roles are given by administrators, and by the operator's command. */
const NEWCOMER: Role[] = ['MEMBER'];
/** How long the id of an unfinished sign-up is kept; its handle is kept for less. */
const ATTEMPT_KEPT_SECONDS = 86_400;

/** What one transaction made: an account with its session, or nothing, as an earlier try of the same sign-up made it. */
type Made = { readonly account: Account; readonly opened: OpenedSession } | { readonly madeBefore: true };

export function createSignUpService({
  transactions,
  accounts,
  credentials,
  signUps,
  hasher,
  sessions,
  signIns,
  throttle,
  sagas,
  verifications,
  reserveHandle,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  credentials: CredentialStore;
  signUps: SignUpStore;
  hasher: PasswordHasher;
  sessions: SessionService;
  signIns: SignInService;
  throttle: ThrottleService;
  sagas: Sagas<Tx>;
  verifications: EmailVerificationService;
  reserveHandle: HandleReservation;
  clock: Clock;
}) {
  /** What has to be there before the transaction: an id, the handle that is kept for it, and a slow hash. */
  async function prepare(request: SignUpRequest) {
    const now = clock();
    const accountId = await signUps.accountIdOf(request, newId(now.getTime()), now);
    const { handle, displayName, language } = request;
    const reserved = await reserveHandle({ memberId: accountId, handle, displayName, language });
    if (reserved !== 'RESERVED') return reserved;
    const account = {
      id: accountId,
      email: request.email,
      roles: NEWCOMER,
      createdAt: now,
      language,
    };
    return { account, passwordHash: request.password ? await hasher.hash(request.password) : null };
  }

  /** @param by the provider that knows her, when she comes from one */
  async function make(
    tx: Tx,
    { handle, language }: SignUpRequest,
    { account, passwordHash }: Prepared,
    client: Client,
    by?: ProviderSays,
  ): Promise<Remembered<{ account: Account; opened: OpenedSession }> | SignUpRefused> {
    if (!(await accounts.add(tx, account))) return signUpRefused();
    if (passwordHash) await credentials.add(tx, account.id, passwordHash);
    await by?.link(tx, account.id);
    await emit(transactions.sql(tx), accountEvents, {
      type: 'account.created',
      aggregateId: account.id,
      aggregateVersion: 1,
      actorId: account.id,
      payload: { accountId: account.id, handle, language },
    });
    if (by?.emailVerified) await verifications.confirm(tx, account.id);
    else await verifications.request(tx, account.id);
    await startSignUpSaga(sagas, tx, { accountId: account.id, handle, language });
    const opened = await sessions.open(tx, account.id, client);
    const emailVerifiedAt = by?.emailVerified ? account.createdAt : null;
    return { result: { account: { ...account, emailVerifiedAt }, opened }, remember: {} };
  }

  /** A client whose answer was lost asks again: she is who she says when she knows the password, and has an account. */
  async function again(request: SignUpRequest, client: Client): Promise<SignedUp | SignUpRefused | TooManyAttempts> {
    const signedIn = await signIns.signIn(request, client);
    if (signedIn.__typename === 'TooManyAttemptsError') return signedIn;
    if (signedIn.__typename !== 'SignInSuccess') return signUpRefused();
    return { ...signedIn, __typename: 'SignUpSuccess' };
  }

  return {
    /**
     * Makes an account with its first session. The handle is reserved at user before anything is written here, and the
     * account, its session, its event and the saga that sees to the rest are one transaction: a try that fails in between
     * is simply made again.
     * @throws ServiceUnavailableError when user does not answer
     */
    async signUp(
      input: SignUpRequest,
      client: Client,
    ): Promise<SignedUp | HandleTaken | SignUpRefused | Invalid | TooManyAttempts> {
      const request = normaliseSignUp(input);
      const fault = checkSignUp(request);
      if (fault) return fault;
      const addresses = addressSubjects(client.address);
      const wait = await throttle.check(addresses);
      if (wait) return wait;
      const prepared = (await accounts.isEmailUsed(request.email)) ? signUpRefused() : await prepare(request);
      if ('code' in prepared && prepared.__typename !== 'SignUpRefusedError') return prepared;
      // Of the password no fast hash may be stored, so the client's key is held against the rest of the request.
      const { email, clientMutationId: key, password: _, ...content } = request;
      const actor = `sign-up:${createHash('sha256').update(email).digest('base64url')}`;
      const made = await transactions.run((tx) =>
        oncePerKey<Made | SignUpRefused>(
          transactions.sql(tx),
          { actor, key, operation: 'signUp', input: content },
          async () => ('code' in prepared ? prepared : make(tx, request, prepared, client)),
          async () => ({ madeBefore: true }),
        ),
      );
      if ('madeBefore' in made) return again(request, client);
      if ('code' in made) {
        await throttle.count(addresses);
        return signUpRefused();
      }
      const session = await sessions.issue(made.opened, made.account.roles);
      return { __typename: 'SignUpSuccess', account: made.account, session };
    },

    /**
     * Makes an account without a password for somebody whom a provider knows.
     * @returns null when what shows that she came from the provider is gone
     * @throws ServiceUnavailableError when user does not answer
     */
    async signUpByProvider(
      input: Pick<SignUpRequest, 'email' | 'handle' | 'displayName' | 'language'>,
      by: ProviderSays,
      client: Client,
    ): Promise<SignedUp | HandleTaken | SignUpRefused | Invalid | TooManyAttempts | null> {
      const request = normaliseSignUp({ ...input, password: '', clientMutationId: null });
      const fault = checkEmail(request.email);
      if (fault) return fault;
      const addresses = addressSubjects(client.address);
      const wait = await throttle.check(addresses);
      if (wait) return wait;
      const prepared = (await accounts.isEmailUsed(request.email)) ? signUpRefused() : await prepare(request);
      const made =
        'code' in prepared
          ? prepared
          : await transactions.run(async (tx) =>
              (await by.claim(tx)) ? make(tx, request, prepared, client, by) : null,
            );
      if (made && 'code' in made) {
        if (made.__typename === 'SignUpRefusedError') await throttle.count(addresses);
        return made;
      }
      if (!made) return null;
      const { account, opened } = made.result;
      return { __typename: 'SignUpSuccess', account, session: await sessions.issue(opened, account.roles) };
    },

    /** Forgets sign-ups that were not finished. */
    sweep: () => signUps.forget(secondsAfter(clock(), -ATTEMPT_KEPT_SECONDS)),
  };
}
