import { isId, newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Invalid,
  invalid,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notFound,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { AccountStore } from '../account/account.store.ts';
import { lastWayIn } from '../oauth/oauth.problems.ts';
import type { WaysInStore } from '../oauth/ways-in.store.ts';
import type { PasswordConfirmation } from '../password/password-confirmation.ts';
import type { ChangeSecurity } from '../password/security-change.ts';
import type { InvalidCredentials } from '../sign-in/sign-in.problems.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import type { TicketKind, TicketService } from '../ticket/ticket.service.ts';
import type { Ceremonies } from './ceremony.ts';
import { type InvalidPasskey, invalidPasskey, passkeyKnown } from './passkey.problems.ts';
import type { PasskeyStore } from './passkey.store.ts';
import type { Passkey } from './passkey.ts';

export type PasskeyService = ReturnType<typeof createPasskeyService>;

export interface CeremonyBegun<Name extends string> {
  readonly __typename: Name;
  readonly optionsJson: string;
  readonly expiresAt: Date;
}

export interface PasskeyRegistered {
  readonly __typename: 'FinishPasskeyRegistrationSuccess';
  readonly passkey: Passkey;
}

export interface PasskeyRemoved {
  readonly __typename: 'RemovePasskeySuccess';
  readonly passkeyId: string;
}

/** The token of the ticket is the challenge: so it is random, ours, good once and for five minutes. */
const REGISTRATION: TicketKind<Record<string, never>> = {
  purpose: 'PASSKEY_REGISTRATION',
  data: z.record(z.string(), z.never()),
  seconds: 300,
};

const NAME_LENGTH = 80;

export function createPasskeyService({
  accounts,
  passkeys,
  waysIn,
  ceremonies,
  tickets,
  confirm,
  change,
  clock,
}: {
  accounts: AccountStore;
  passkeys: PasskeyStore;
  waysIn: WaysInStore;
  ceremonies: Ceremonies;
  tickets: TicketService;
  confirm: PasswordConfirmation;
  change: ChangeSecurity;
  clock: Clock;
}) {
  return {
    /** The viewer's passkeys, without what is needed to verify them. */
    async list(viewer: Member | null, accountId: string): Promise<Passkey[]> {
      return viewer?.id === accountId ? passkeys.of(accountId) : [];
    },

    /** Begins to make a passkey on the viewer's device. */
    async beginRegistration(
      viewer: Member | null,
      password: string,
    ): Promise<CeremonyBegun<'BeginPasskeyRegistrationSuccess'> | NotSignedIn | InvalidCredentials | TooManyAttempts> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const refused = await confirm(member, password);
      if (refused) return refused;
      const [account] = await accounts.byIds([member.id]);
      if (!account) return notSignedIn();
      const { token, expiresAt } = await tickets.issue(REGISTRATION, { accountId: member.id, data: {} });
      const known = await passkeys.known(member.id);
      const optionsJson = await ceremonies.registrationOptions(token, { ...account, known });
      return { __typename: 'BeginPasskeyRegistrationSuccess', optionsJson, expiresAt };
    },

    /** Keeps the passkey that the viewer's device has made. */
    async finishRegistration(
      viewer: Member | null,
      input: { name: string; responseJson: string },
    ): Promise<PasskeyRegistered | NotSignedIn | InvalidPasskey | Invalid | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const name = input.name.trim();
      if (name.length === 0 || [...name].length > NAME_LENGTH)
        return invalid(`A name has 1 to ${NAME_LENGTH} characters.`, ['input', 'name'], 'NAME_LENGTH');
      const read = ceremonies.readRegistration(input.responseJson);
      const verified = read && (await ceremonies.verifyRegistration(read));
      if (!verified) return invalidPasskey();
      return change<PasskeyRegistered | InvalidPasskey | Conflict>(member, 'PASSKEY_ADDED', async (tx) => {
        const ticket = await tickets.take(tx, REGISTRATION, read.challenge);
        if (ticket?.accountId !== member.id) return invalidPasskey();
        const { backedUp, ...credential } = verified;
        const passkey = { id: newId(clock().getTime()), name, backedUp, createdAt: clock(), lastUsedAt: null };
        const added = await passkeys.add(tx, { ...passkey, ...credential, accountId: member.id });
        return added ? { __typename: 'FinishPasskeyRegistrationSuccess', passkey } : passkeyKnown();
      });
    },

    /** Makes one of the viewer's passkeys good for nothing, unless it is her last way in. */
    async remove(
      viewer: Member | null,
      passkeyId: string,
    ): Promise<PasskeyRemoved | NotSignedIn | NotFound | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return change<PasskeyRemoved | NotFound | Conflict>(member, 'PASSKEY_REMOVED', async (tx) => {
        if (!isId(passkeyId) || !(await passkeys.has(tx, member.id, passkeyId)))
          return notFound('passkey', ['input', 'passkeyId']);
        if ((await waysIn.count(tx, member.id)) <= 1) return lastWayIn();
        await passkeys.remove(tx, member.id, passkeyId);
        return { __typename: 'RemovePasskeySuccess', passkeyId };
      });
    },
  };
}
