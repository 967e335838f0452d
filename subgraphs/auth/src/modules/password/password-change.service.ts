import type { Member } from '@community/kit/member';
import { type Invalid, isProblem, type NotSignedIn, notSignedIn, requireMember } from '@community/kit/problem';
import type { Clock } from '../../clock.ts';
import type { AccountStore } from '../account/account.store.ts';
import type { SessionService } from '../session/session.service.ts';
import type { InvalidCredentials } from '../sign-in/sign-in.problems.ts';
import type { TooManyAttempts } from '../throttle/throttle.policy.ts';
import type { CredentialStore } from './credential.store.ts';
import type { PasswordHasher } from './password.hasher.ts';
import { checkPassword } from './password.policy.ts';
import type { PasswordConfirmation } from './password-confirmation.ts';
import type { PasswordResetStore } from './password-reset.store.ts';
import type { ChangeSecurity } from './security-change.ts';

export type PasswordChangeService = ReturnType<typeof createPasswordChangeService>;

export interface PasswordChanged {
  readonly __typename: 'ChangePasswordSuccess';
  readonly accountId: string;
}

export function createPasswordChangeService({
  accounts,
  credentials,
  resets,
  hasher,
  confirm,
  sessions,
  change,
  clock,
}: {
  accounts: AccountStore;
  credentials: CredentialStore;
  resets: PasswordResetStore;
  hasher: PasswordHasher;
  confirm: PasswordConfirmation;
  sessions: SessionService;
  change: ChangeSecurity;
  clock: Clock;
}) {
  return {
    /** Puts a new password in the place of the viewer's, and ends all her sessions but the one that asks. */
    async change(
      viewer: Member | null,
      input: { currentPassword: string; newPassword: string },
    ): Promise<PasswordChanged | NotSignedIn | InvalidCredentials | TooManyAttempts | Invalid> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const [account] = await accounts.byIds([member.id]);
      if (!account) return notSignedIn();
      const fault = checkPassword(input.newPassword, account, ['input', 'newPassword']);
      if (fault) return fault;
      const refused = await confirm(member, input.currentPassword);
      if (refused) return refused;
      const passwordHash = await hasher.hash(input.newPassword);
      return change(member, 'PASSWORD_CHANGED', async (tx): Promise<PasswordChanged> => {
        await credentials.set(tx, member.id, passwordHash, clock());
        await resets.forgetOf(tx, member.id);
        await sessions.endAll(tx, member.id, member.sessionId);
        return { __typename: 'ChangePasswordSuccess', accountId: member.id };
      });
    },
  };
}
