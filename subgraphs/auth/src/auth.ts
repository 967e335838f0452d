import type { SubgraphDefinition } from '@community/kit/domain';
import { createServiceClient } from '@community/kit/service-client';
import { migrateSagas } from '@community/saga/migrate';
import { createSagas } from '@community/saga/sagas';
import { type Clock, systemClock } from './clock.ts';
import { readAuthConfig } from './config.ts';
import { memberDataReceipt } from './consumers/member-data-receipt.ts';
import { signUpAnswers } from './consumers/sign-up-answers.ts';
import { userProfileChanged } from './consumers/user-profile-changed.ts';
import type { Context } from './context.ts';
import { openDatabase, type Tx } from './database.ts';
import { internalRoutes } from './internal.ts';
import { startMaintenance } from './maintenance.ts';
import { createAccountClosing } from './modules/account/account.closing.ts';
import { accountSnapshots } from './modules/account/account.snapshots.ts';
import { createAccountStore } from './modules/account/account.store.ts';
import { createApiTokenService } from './modules/api-token/api-token.service.ts';
import { createApiTokenStore } from './modules/api-token/api-token.store.ts';
import { createAuditStore } from './modules/audit/audit.store.ts';
import { DOMAINS, dataRequestSagas } from './modules/data-request/data-request.saga.ts';
import { createDataRequestService } from './modules/data-request/data-request.service.ts';
import { createExportDocuments } from './modules/data-request/export-document.ts';
import { createEmailVerificationService } from './modules/email-verification/email-verification.service.ts';
import { createEmailVerificationStore } from './modules/email-verification/email-verification.store.ts';
import { createMemberDataStore } from './modules/member-data/member-data.store.ts';
import { createMemberData } from './modules/member-data/member-data.ts';
import { createIdentityService } from './modules/oauth/identity.service.ts';
import { createIdentityStore } from './modules/oauth/identity.store.ts';
import { createOAuthService } from './modules/oauth/oauth.service.ts';
import { createOAuthSignUpService } from './modules/oauth/oauth-sign-up.service.ts';
import { createProvider } from './modules/oauth/openid-provider.ts';
import { readProviders } from './modules/oauth/provider.config.ts';
import { createWaysInStore } from './modules/oauth/ways-in.store.ts';
import { createCeremonies } from './modules/passkey/ceremony.ts';
import { createPasskeyService } from './modules/passkey/passkey.service.ts';
import { createPasskeyStore } from './modules/passkey/passkey.store.ts';
import { createPasskeySignInService } from './modules/passkey/passkey-sign-in.service.ts';
import { createCredentialStore } from './modules/password/credential.store.ts';
import { createPasswordHasher } from './modules/password/password.hasher.ts';
import { createPasswordChangeService } from './modules/password/password-change.service.ts';
import { createPasswordConfirmation } from './modules/password/password-confirmation.ts';
import { createPasswordResetService } from './modules/password/password-reset.service.ts';
import { createPasswordResetStore } from './modules/password/password-reset.store.ts';
import { createSecurityChange } from './modules/password/security-change.ts';
import { createRoleService } from './modules/role/role.service.ts';
import { createRoleChange } from './modules/role/role-change.ts';
import { createAccessTokens } from './modules/session/access-token.ts';
import { createSessionService } from './modules/session/session.service.ts';
import { createSessionStore } from './modules/session/session.store.ts';
import { createAdmission } from './modules/sign-in/admission.ts';
import { createSecondStepService } from './modules/sign-in/second-step.service.ts';
import { createSignInService } from './modules/sign-in/sign-in.service.ts';
import { createHandleReservation } from './modules/sign-up/handle-reservation.ts';
import { signUpSaga } from './modules/sign-up/sign-up.saga.ts';
import { createSignUpService } from './modules/sign-up/sign-up.service.ts';
import { createSignUpStore } from './modules/sign-up/sign-up.store.ts';
import { createSignUpProgressService } from './modules/sign-up/sign-up-progress.service.ts';
import { createKeyVault } from './modules/signing-key/key-vault.ts';
import { signingKeyRoutes } from './modules/signing-key/signing-key.routes.ts';
import { createSigningKeyService } from './modules/signing-key/signing-key.service.ts';
import { createSigningKeyStore } from './modules/signing-key/signing-key.store.ts';
import { createSuspensionService } from './modules/suspension/suspension.service.ts';
import { createSuspensionStore } from './modules/suspension/suspension.store.ts';
import { createThrottleService } from './modules/throttle/throttle.service.ts';
import { createThrottleStore } from './modules/throttle/throttle.store.ts';
import { createTicketService } from './modules/ticket/ticket.service.ts';
import { createTicketStore } from './modules/ticket/ticket.store.ts';
import { createSecondFactor } from './modules/totp/second-factor.ts';
import { createTotpService } from './modules/totp/totp.service.ts';
import { createTotpStore } from './modules/totp/totp.store.ts';
import { schema } from './schema.ts';
import { createSecretVault } from './secret-vault.ts';

/** The auth domain: accounts, passwords, sessions, roles and the keys of access tokens. */
export function createAuth(clock: Clock): SubgraphDefinition<Context, Tx> {
  return {
    name: 'auth',
    schema,
    async create({ env, log, pool, wakeRelay }) {
      const config = readAuthConfig(env);
      const { prisma, transactions } = openDatabase(pool, wakeRelay);
      const base = { transactions, clock };
      const stores = {
        account: createAccountStore(prisma),
        session: createSessionStore(prisma),
        audit: createAuditStore(prisma),
      };
      const { account: accounts, audit } = stores;
      const credentials = createCredentialStore(prisma);
      const hasher = createPasswordHasher();

      const signingKeys = createSigningKeyService({
        ...base,
        signingKeys: createSigningKeyStore(prisma),
        vault: createKeyVault(config.KEY_ENCRYPTION_SECRET),
      });
      await signingKeys.maintain();
      await signingKeys.signer();

      const throttle = createThrottleService({ ...base, throttles: createThrottleStore(prisma) });
      const tickets = createTicketService({ tickets: createTicketStore(prisma), clock });
      const accessTokens = createAccessTokens({ signingKeys, clock });
      const session = createSessionService({ ...base, sessions: stores.session, accounts, accessTokens, log });
      const totps = createTotpStore(prisma);
      const totpVault = createSecretVault(config.KEY_ENCRYPTION_SECRET, 'community second factors at rest');
      const secondFactor = createSecondFactor({ totps, vault: totpVault, clock });
      const admission = createAdmission({ accounts, sessions: session, tickets, secondFactor, clock });
      const enter = { transactions, tickets, admission, sessions: session, throttle };
      const secondStep = createSecondStepService({ ...enter, accounts, secondFactor });
      const signIn = createSignInService({ transactions, credentials, hasher, sessions: session, admission, throttle });
      const user = createServiceClient({
        name: 'user',
        baseUrl: config.SUBGRAPH_URL_USER,
        secret: config.SERVICE_SECRET,
      });
      const signUps = createSignUpStore(prisma);
      const close = createAccountClosing({ ...base, accounts, sessions: session, signUps });
      await migrateSagas(config.DATABASE_URL_AUTH);
      const sagas = createSagas<Tx>({
        transactions,
        definitions: [signUpSaga({ transactions, accounts, close }), ...dataRequestSagas({ transactions, close })],
      });
      const emailVerification = createEmailVerificationService({
        ...base,
        accounts,
        verifications: createEmailVerificationStore(prisma),
        publicUrl: config.PUBLIC_URL,
      });
      const confirm = createPasswordConfirmation({
        ...{ accounts, credentials, sessionStore: stores.session, hasher, throttle, clock },
      });
      const change = createSecurityChange({ ...base, accounts, sessionStore: stores.session });
      const providers = readProviders(env).map((settings) => createProvider(settings, config.PUBLIC_URL, log));
      const identities = createIdentityStore(prisma);
      const oauth = createOAuthService({
        ...{ ...base, providers: new Map(providers.map((provider) => [provider.id, provider])) },
        ...{ accounts, identities, tickets, admission, sessions: session, confirm },
      });
      const waysIn = createWaysInStore();
      const identity = createIdentityService({ identities, waysIn, change });
      const passkeys = createPasskeyStore(prisma);
      const keys = { ...base, accounts, passkeys, ceremonies: createCeremonies(config.PUBLIC_URL), tickets };
      const passkey = createPasskeyService({ ...keys, waysIn, confirm, change });
      const passkeySignIn = createPasskeySignInService({ ...keys, admission, sessions: session });
      const apiToken = createApiTokenService({
        ...{ ...base, accounts, apiTokens: createApiTokenStore(prisma), accessTokens },
        ...{ confirm, sessionStore: stores.session },
      });
      const totp = createTotpService({
        ...{ ...base, accounts, totps, secondFactor, vault: totpVault },
        ...{ confirm, change, throttle },
      });
      const resets = createPasswordResetStore(prisma);
      const passwordBase = { ...base, accounts, credentials, resets, hasher, sessions: session };
      const passwordChange = createPasswordChangeService({ ...passwordBase, confirm, change });
      const passwordReset = createPasswordResetService({
        ...passwordBase,
        tickets,
        throttle,
        verifications: emailVerification,
        revokeApiTokens: apiToken.revokeAll,
        async forgetOtherWays(tx, accountId) {
          await totps.remove(tx, accountId);
          await identities.remove(tx, accountId);
          await passkeys.remove(tx, accountId);
        },
        publicUrl: config.PUBLIC_URL,
      });
      const signUp = createSignUpService({
        ...base,
        accounts,
        credentials,
        signUps,
        hasher,
        sessions: session,
        signIns: signIn,
        throttle,
        sagas,
        verifications: emailVerification,
        reserveHandle: createHandleReservation(user),
      });
      const oauthSignUp = createOAuthSignUpService({ ...base, tickets, identities, signUps: signUp });
      const role = createRoleService({
        ...base,
        accounts,
        sessions: stores.session,
        changeRole: createRoleChange({ ...base, accounts, audit }),
      });
      const suspension = createSuspensionService({
        ...base,
        accounts,
        suspensions: createSuspensionStore(prisma),
        sessions: session,
        sessionStore: stores.session,
        audit,
      });
      const signUpProgress = createSignUpProgressService({ transactions });
      const dataRequest = createDataRequestService({
        ...base,
        sagas,
        accounts,
        confirm,
        erasureDelaySeconds: config.ERASURE_DELAY_HOURS * 3_600,
      });
      const exportDocument = createExportDocuments({ env, secret: config.SERVICE_SECRET });
      const services = {
        ...{ signUp, signUpProgress, emailVerification, signIn, secondStep, session },
        ...{ passwordChange, passwordReset, totp, oauth, oauthSignUp, identity, passkey, passkeySignIn },
        ...{ apiToken, role, suspension, dataRequest },
      };
      const swept = [throttle, tickets, apiToken, session, signUp, emailVerification, passwordReset];
      const maintenance = startMaintenance([signingKeys.maintain, ...swept.map(({ sweep }) => sweep)], log);

      return {
        transactions,
        context: (request) => Object.assign(request, { services, stores, exportDocument, clock }),
        consumes: {
          topics: DOMAINS,
          handlers: {
            ...signUpAnswers(sagas),
            'user.profile_changed': userProfileChanged(accounts),
            'member_data.receipt': memberDataReceipt(sagas),
          },
        },
        jobs: { tasks: { ...sagas.tasks, ...passwordReset.tasks, ...suspension.tasks } },
        memberData: createMemberData({ transactions, accounts, data: createMemberDataStore(prisma) }),
        snapshots: [accountSnapshots(accounts)],
        internal: internalRoutes({ accounts, emailVerification, passwordReset }),
        routes: signingKeyRoutes(signingKeys),
        async stop() {
          await maintenance.stop();
          await prisma.$disconnect();
        },
      };
    },
  };
}

export const auth = createAuth(systemClock);
