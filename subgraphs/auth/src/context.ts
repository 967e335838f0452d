import type { RequestContext } from '@community/kit/context';
import type { Clock } from './clock.ts';
import type { AccountStore } from './modules/account/account.store.ts';
import type { ApiTokenService } from './modules/api-token/api-token.service.ts';
import type { AuditStore } from './modules/audit/audit.store.ts';
import type { DataRequestService } from './modules/data-request/data-request.service.ts';
import type { ExportDocuments } from './modules/data-request/export-document.ts';
import type { EmailVerificationService } from './modules/email-verification/email-verification.service.ts';
import type { IdentityService } from './modules/oauth/identity.service.ts';
import type { OAuthService } from './modules/oauth/oauth.service.ts';
import type { OAuthSignUpService } from './modules/oauth/oauth-sign-up.service.ts';
import type { PasskeyService } from './modules/passkey/passkey.service.ts';
import type { PasskeySignInService } from './modules/passkey/passkey-sign-in.service.ts';
import type { PasswordChangeService } from './modules/password/password-change.service.ts';
import type { PasswordResetService } from './modules/password/password-reset.service.ts';
import type { RoleService } from './modules/role/role.service.ts';
import type { SessionService } from './modules/session/session.service.ts';
import type { SessionStore } from './modules/session/session.store.ts';
import type { Client } from './modules/session/session.ts';
import type { SecondStepService } from './modules/sign-in/second-step.service.ts';
import type { SignInService } from './modules/sign-in/sign-in.service.ts';
import type { SignUpService } from './modules/sign-up/sign-up.service.ts';
import type { SignUpProgressService } from './modules/sign-up/sign-up-progress.service.ts';
import type { SuspensionService } from './modules/suspension/suspension.service.ts';
import type { TotpService } from './modules/totp/totp.service.ts';

/** What resolvers of this subgraph work with: services write, stores read. */
export interface Context extends RequestContext {
  readonly services: {
    readonly signUp: SignUpService;
    readonly signIn: SignInService;
    readonly session: SessionService;
    readonly role: RoleService;
    readonly signUpProgress: SignUpProgressService;
    readonly emailVerification: EmailVerificationService;
    readonly dataRequest: DataRequestService;
    readonly passwordChange: PasswordChangeService;
    readonly passwordReset: PasswordResetService;
    readonly suspension: SuspensionService;
    readonly apiToken: ApiTokenService;
    readonly oauth: OAuthService;
    readonly oauthSignUp: OAuthSignUpService;
    readonly identity: IdentityService;
    readonly passkey: PasskeyService;
    readonly passkeySignIn: PasskeySignInService;
    readonly secondStep: SecondStepService;
    readonly totp: TotpService;
  };
  readonly stores: { readonly account: AccountStore; readonly session: SessionStore; readonly audit: AuditStore };
  readonly exportDocument: ExportDocuments;
  readonly clock: Clock;
}

/** The client of a request, as a session remembers it. */
export function clientOf(context: RequestContext): Client {
  return { name: context.client.name, address: context.clientAddress };
}
