import { buildSubgraphSchema } from '@community/kit/builder';
import { builder } from './builder.ts';
import './modules/account/account.graph.ts';
import './modules/account/viewer.graph.ts';
import './modules/session/session.graph.ts';
import './modules/sign-up/sign-up.graph.ts';
import './modules/sign-up/sign-up-progress.graph.ts';
import './modules/email-verification/email-verification.graph.ts';
import './modules/sign-in/sign-in.graph.ts';
import './modules/sign-in/second-step.graph.ts';
import './modules/totp/totp.graph.ts';
import './modules/password/password.graph.ts';
import './modules/data-request/data-request.graph.ts';
import './modules/data-request/data-request.mutations.graph.ts';
import './modules/api-token/api-token.graph.ts';
import './modules/oauth/oauth.graph.ts';
import './modules/oauth/oauth-sign-up.graph.ts';
import './modules/oauth/identity.graph.ts';
import './modules/passkey/passkey.graph.ts';
import './modules/passkey/passkey-sign-in.graph.ts';
import './modules/role/role.graph.ts';
import './modules/suspension/suspension.graph.ts';
import './modules/audit/audit.graph.ts';

/** The executable schema of the auth subgraph. */
export const schema = buildSubgraphSchema(builder, {
  name: 'Auth team',
  description: 'Accounts, passwords, sessions, roles and the keys of access tokens.',
});
