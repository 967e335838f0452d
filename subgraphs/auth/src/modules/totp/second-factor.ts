import type { Clock } from '../../clock.ts';
import type { Tx } from '../../database.ts';
import type { SecretVault } from '../../secret-vault.ts';
import { stepOf } from './one-time-code.ts';
import { recoveryCodeHash } from './recovery-code.ts';
import type { TotpStore } from './totp.store.ts';

export type SecondFactor = ReturnType<typeof createSecondFactor>;

const TOTP_FORM = /^\d{6}$/;

/** Judges the codes of a member's authenticator app, and her recovery codes. */
export function createSecondFactor({ totps, vault, clock }: { totps: TotpStore; vault: SecretVault; clock: Clock }) {
  /** Whether a code of the app is right, and was not used before; it is used up by that. */
  async function takeCode(tx: Tx, accountId: string, code: string): Promise<boolean> {
    const totp = await totps.of(accountId, tx);
    if (!totp) return false;
    const secret = vault.decrypt(accountId, totp.encryptedSecret);
    if (!secret)
      throw new Error('KEY_ENCRYPTION_SECRET is not the one that the secrets of second factors were encrypted by');
    const step = stepOf(secret, code, clock());
    return step !== null && totps.useStep(tx, accountId, step);
  }

  return {
    takeCode,

    /** Whether an account asks for a second factor when somebody signs in. */
    isOn: async (tx: Tx, accountId: string): Promise<boolean> => (await totps.of(accountId, tx))?.confirmedAt != null,

    /** The same as `takeCode` of a code of the app or a recovery code. @returns which of them it was; null when it is none */
    async take(tx: Tx, accountId: string, text: string): Promise<'TOTP' | 'RECOVERY_CODE' | null> {
      const code = text.trim();
      if (TOTP_FORM.test(code)) return (await takeCode(tx, accountId, code)) ? 'TOTP' : null;
      return (await totps.useRecoveryCode(tx, accountId, recoveryCodeHash(code))) ? 'RECOVERY_CODE' : null;
    },
  };
}
