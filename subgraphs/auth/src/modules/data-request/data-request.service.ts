import type { Transactions } from '@community/events/sql';
import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import { secretsMatch } from '@community/kit/secret';
import { findSagas, lockSaga } from '@community/saga/saga.store';
import type { Sagas } from '@community/saga/sagas';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { PasswordConfirmation } from '../password/password-confirmation.ts';
import type { InvalidCredentials } from '../sign-in/sign-in.problems.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { newToken, tokenHash } from '../ticket/token.ts';
import { lastAdministrator, nothingToCancel, requestedAlready } from './data-request.problems.ts';
import { DELAY, ERASURE, EXPORT, erasureData } from './data-request.saga.ts';
import { type DataRequest, toDataRequest } from './data-request.ts';

export type DataRequestService = ReturnType<typeof createDataRequestService>;

export interface Requested<Name extends string> {
  readonly __typename: Name;
  readonly request: DataRequest;
}

export interface ErasureRequested extends Requested<'RequestErasureSuccess'> {
  readonly receiptToken: string;
}

const hashOf = (token: string) => Buffer.from(tokenHash(token)).toString('base64url');

export function createDataRequestService({
  transactions,
  sagas,
  accounts,
  confirm,
  erasureDelaySeconds,
  clock,
}: {
  transactions: Transactions<Tx>;
  sagas: Sagas<Tx>;
  accounts: AccountStore;
  confirm: PasswordConfirmation;
  erasureDelaySeconds: number;
  clock: Clock;
}) {
  const list = async (tx: Tx, memberId: string, kinds: readonly string[] = [EXPORT, ERASURE]) =>
    (await findSagas(transactions.sql(tx), kinds, memberId)).map(toDataRequest);

  const isOpen = ({ state }: DataRequest) => state === 'WAITING' || state === 'RUNNING';

  /** Begins a request unless one of its kind is under way; the account's row is locked, so that two at once are one. */
  async function begin(tx: Tx, memberId: string, kind: string, data: Record<string, unknown>) {
    if ((await accounts.nextEventVersion(tx, memberId)) === null) return notSignedIn();
    if ((await list(tx, memberId, [kind])).some(isOpen)) return requestedAlready();
    const id = newId(clock().getTime());
    await sagas.start(tx, { id, kind, subject: memberId, data });
    const request = (await list(tx, memberId, [kind])).find((candidate) => candidate.id === id);
    if (!request) throw new Error(`the request ${id} is gone in its own transaction`);
    return request;
  }

  return {
    /** The viewer's requests, the newest first. */
    async list(viewer: Member | null): Promise<DataRequest[]> {
      return viewer ? transactions.run((tx) => list(tx, viewer.id)) : [];
    },

    /** Has all domains export what they hold of the viewer; one export at a time. */
    async requestExport(
      viewer: Member | null,
    ): Promise<Requested<'RequestDataExportSuccess'> | NotSignedIn | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const request = await transactions.run((tx) => begin(tx, member.id, EXPORT, {}));
      return isProblem(request) ? request : { __typename: 'RequestDataExportSuccess', request };
    },

    /** Has all domains erase the viewer after a delay, in which she may think better of it. */
    async requestErasure(
      viewer: Member | null,
      password: string,
    ): Promise<ErasureRequested | NotSignedIn | InvalidCredentials | TooManyAttempts | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const refused = await confirm(member, password);
      if (refused) return refused;
      const { token } = newToken();
      const dueAt = secondsAfter(clock(), erasureDelaySeconds).toISOString();
      return transactions.run(async (tx) => {
        await accounts.lockRoles(tx);
        const account = await accounts.byId(tx, member.id);
        if (account?.roles.includes('ADMINISTRATOR') && (await accounts.administratorCount(tx)) <= 1)
          return lastAdministrator();
        const request = await begin(tx, member.id, ERASURE, { dueAt, receiptHash: hashOf(token) });
        if (isProblem(request)) return request;
        return { __typename: 'RequestErasureSuccess', request, receiptToken: `${request.id}.${token}` };
      });
    },

    /** Takes an erasure back while its delay lasts. */
    async cancelErasure(viewer: Member | null): Promise<Requested<'CancelErasureSuccess'> | NotSignedIn | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return transactions.run(async (tx) => {
        const waiting = (await list(tx, member.id, [ERASURE])).find(({ state }) => state === 'WAITING');
        if (!waiting || !(await sagas.cancel(tx, waiting.id, DELAY))) return nothingToCancel();
        return { __typename: 'CancelErasureSuccess', request: { ...waiting, state: 'CANCELLED', missing: [] } };
      });
    },

    /** An erasure, for whoever has its receipt token: the member, after her account is gone. */
    async byReceipt(receiptToken: string): Promise<DataRequest | null> {
      const [id = '', token = ''] = receiptToken.split('.', 2);
      if (!isId(id)) return null;
      const saga = await transactions.run((tx) => lockSaga(transactions.sql(tx), id));
      const known = erasureData.safeParse(saga?.kind === ERASURE ? saga.data : null);
      return saga && known.success && secretsMatch(hashOf(token), known.data.receiptHash) ? toDataRequest(saga) : null;
    },
  };
}
