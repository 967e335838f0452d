import { randomBytes } from 'node:crypto';
import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  isProblem,
  type NotFound,
  type NotSignedIn,
  notSignedIn,
  requireMember,
} from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { SecretVault } from '../../secret-vault.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { PasswordConfirmation } from '../password/password-confirmation.ts';
import type { ChangeSecurity } from '../password/security-change.ts';
import type { InvalidCredentials } from '../sign-in/sign-in.problems.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import { codeSubject, type ThrottleService } from '../throttle/throttle.service.ts';
import { base32, keyUri } from './one-time-code.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-code.ts';
import type { SecondFactor } from './second-factor.ts';
import { type InvalidCode, invalidCode, isOnAlready, noTotp } from './totp.problems.ts';
import type { TotpStore } from './totp.store.ts';

export type TotpService = ReturnType<typeof createTotpService>;

export interface TotpProposed {
  readonly __typename: 'BeginTotpSuccess';
  readonly secret: string;
  readonly uri: string;
}

export interface RecoveryCodesGiven<Name extends string> {
  readonly __typename: Name;
  readonly recoveryCodes: readonly string[];
}

export interface TotpOff {
  readonly __typename: 'DisableTotpSuccess';
  readonly accountId: string;
}

type Unconfirmed = NotSignedIn | InvalidCredentials | TooManyAttempts;

/** What an authenticator app shows beside the member's address. */
const ISSUER = 'Community';
/** 160 bits, as RFC 4226, section 4 recommends. */
const SECRET_BYTES = 20;

/** A second factor that a member sets up: codes of an authenticator app, and recovery codes for when it is lost. */
export function createTotpService({
  transactions,
  accounts,
  totps,
  secondFactor,
  vault,
  confirm,
  change,
  throttle,
  clock,
}: {
  transactions: Transactions<Tx>;
  accounts: AccountStore;
  totps: TotpStore;
  secondFactor: SecondFactor;
  vault: SecretVault;
  confirm: PasswordConfirmation;
  change: ChangeSecurity;
  throttle: ThrottleService;
  clock: Clock;
}) {
  async function giveRecoveryCodes(tx: Tx, accountId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await totps.setRecoveryCodes(tx, accountId, codes.map(recoveryCodeHash));
    return codes;
  }

  return {
    /** What the viewer sees of her second factor; null when it is off. */
    async of(viewer: Member | null, accountId: string): Promise<{ enabledAt: Date; recoveryCodesLeft: number } | null> {
      if (viewer?.id !== accountId) return null;
      const enabledAt = (await totps.of(accountId))?.confirmedAt;
      return enabledAt ? { enabledAt, recoveryCodesLeft: await totps.recoveryCodesLeft(accountId) } : null;
    },

    /** Gives a new secret for the viewer's authenticator app. Nothing is asked for at sign-in before it was confirmed. */
    async begin(viewer: Member | null, password: string): Promise<TotpProposed | Unconfirmed | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const refused = await confirm(member, password);
      if (refused) return refused;
      const secret = randomBytes(SECRET_BYTES);
      return transactions.run(async (tx) => {
        const found = await accounts.lock(tx, member.id);
        if (!found) return notSignedIn();
        if (await secondFactor.isOn(tx, member.id)) return isOnAlready();
        await totps.propose(tx, member.id, vault.encrypt(member.id, secret));
        const uri = keyUri(secret, found.account.email, ISSUER);
        return { __typename: 'BeginTotpSuccess', secret: base32(secret), uri };
      });
    },

    /** Turns the second factor on, by a code of the app that was set up. @returns recovery codes, shown this once */
    async confirm(
      viewer: Member | null,
      code: string,
    ): Promise<RecoveryCodesGiven<'ConfirmTotpSuccess'> | NotSignedIn | InvalidCode | TooManyAttempts | Conflict> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return throttle.guard(codeSubject(member.id), () =>
        change<RecoveryCodesGiven<'ConfirmTotpSuccess'> | InvalidCode | Conflict>(
          member,
          'TOTP_ENABLED',
          async (tx) => {
            if (await secondFactor.isOn(tx, member.id)) return isOnAlready();
            if (!(await secondFactor.takeCode(tx, member.id, code.trim()))) return invalidCode();
            await totps.confirm(tx, member.id, clock());
            return { __typename: 'ConfirmTotpSuccess', recoveryCodes: await giveRecoveryCodes(tx, member.id) };
          },
        ),
      );
    },

    /** Puts new recovery codes in the place of the viewer's. */
    async renewRecoveryCodes(
      viewer: Member | null,
      password: string,
    ): Promise<RecoveryCodesGiven<'RenewRecoveryCodesSuccess'> | Unconfirmed | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const refused = await confirm(member, password);
      if (refused) return refused;
      return change(member, 'RECOVERY_CODES_RENEWED', async (tx) => {
        if (!(await secondFactor.isOn(tx, member.id))) return noTotp();
        return { __typename: 'RenewRecoveryCodesSuccess', recoveryCodes: await giveRecoveryCodes(tx, member.id) };
      });
    },

    /** Turns the second factor off: for who has both factors. */
    async disable(
      viewer: Member | null,
      input: { password: string; code: string },
    ): Promise<TotpOff | Unconfirmed | InvalidCode | NotFound> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const refused = await confirm(member, input.password);
      if (refused) return refused;
      return throttle.guard(codeSubject(member.id), () =>
        change<TotpOff | InvalidCode | NotFound>(member, 'TOTP_DISABLED', async (tx) => {
          if (!(await secondFactor.isOn(tx, member.id))) return noTotp();
          if (!(await secondFactor.take(tx, member.id, input.code))) return invalidCode();
          await totps.remove(tx, member.id);
          return { __typename: 'DisableTotpSuccess', accountId: member.id };
        }),
      );
    },
  };
}
