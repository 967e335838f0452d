import type { Transactions } from '@community/events/sql';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { SessionService } from '../session/session.service.ts';
import type { Client } from '../session/session.ts';
import type { Admission } from '../sign-in/admission.ts';
import type { NotAdmitted } from '../sign-in/sign-in.problems.ts';
import type { SignedIn } from '../sign-in/sign-in.service.ts';
import type { TicketKind, TicketService } from '../ticket/ticket.service.ts';
import type { Ceremonies } from './ceremony.ts';
import { type InvalidPasskey, invalidPasskey } from './passkey.problems.ts';
import type { CeremonyBegun } from './passkey.service.ts';
import type { PasskeyStore } from './passkey.store.ts';

export type PasskeySignInService = ReturnType<typeof createPasskeySignInService>;

/** The token of the ticket is the challenge, as in a registration. */
const SIGN_IN: TicketKind<Record<string, never>> = {
  purpose: 'PASSKEY_SIGN_IN',
  data: z.record(z.string(), z.never()),
  seconds: 300,
};

export function createPasskeySignInService({
  transactions,
  accounts,
  passkeys,
  ceremonies,
  tickets,
  admission,
  sessions,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  passkeys: PasskeyStore;
  ceremonies: Ceremonies;
  tickets: TicketService;
  admission: Admission;
  sessions: SessionService;
  clock: Clock;
}) {
  return {
    /** Gives a challenge for whatever passkey the device has for this site: nobody says who she is. */
    async begin(): Promise<CeremonyBegun<'BeginPasskeySignInSuccess'>> {
      const { token, expiresAt } = await tickets.issue(SIGN_IN, { accountId: null, data: {} });
      const optionsJson = await ceremonies.authenticationOptions(token);
      return { __typename: 'BeginPasskeySignInSuccess', optionsJson, expiresAt };
    },

    /** Opens a session for the member of a passkey. The device has verified her, so it counts as two factors. */
    async signIn(responseJson: string, client: Client): Promise<SignedIn | InvalidPasskey | NotAdmitted> {
      const read = ceremonies.readAuthentication(responseJson);
      // The challenge is used up first, whatever becomes of it.
      const ticket = read && (await transactions.run((tx) => tickets.take(tx, SIGN_IN, read.challenge)));
      if (!ticket) return invalidPasskey();
      const credential = await passkeys.byCredential(read.response.id);
      const counter = credential && (await ceremonies.verifyAuthentication(read, credential));
      if (counter === null || !credential) return invalidPasskey();
      const admitted = await transactions.run(async (tx) => {
        await accounts.lock(tx, credential.accountId);
        const isKnown = await passkeys.used(tx, credential.credentialId, counter, clock());
        return isKnown ? admission.withTwoFactors(tx, credential.accountId, client) : invalidPasskey();
      });
      if ('code' in admitted) return admitted;
      const session = await sessions.issue(admitted.opened, admitted.account.roles);
      return { __typename: 'SignInSuccess', account: admitted.account, session };
    },
  };
}
