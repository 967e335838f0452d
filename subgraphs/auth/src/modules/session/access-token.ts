import type { Role } from '@community/kit/member';
import { ACCESS_TOKEN_SECONDS, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@community/kit/member-token';
import jwt from 'jsonwebtoken';
import { type Clock, secondsAfter } from '../../clock.ts';
import type { SigningKeyService } from '../signing-key/signing-key.service.ts';

export type AccessTokens = ReturnType<typeof createAccessTokens>;

/** Issues members' access tokens: ES256 JWTs (RFC 7519) that every subgraph verifies by itself. */
export function createAccessTokens({ signingKeys, clock }: { signingKeys: SigningKeyService; clock: Clock }) {
  return {
    async issue(of: {
      accountId: string;
      sessionId: string;
      roles: readonly Role[];
      /** Of an API token; absent for a session. */
      scopes?: readonly string[];
    }): Promise<{ token: string; expiresAt: Date }> {
      const key = await signingKeys.signer();
      const issuedAt = Math.floor(clock().getTime() / 1000);
      const scope = of.scopes && { scope: of.scopes.join(' ') };
      const token = jwt.sign({ sid: of.sessionId, roles: of.roles, iat: issuedAt, ...scope }, key.privateKey, {
        algorithm: 'ES256',
        keyid: key.id,
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        subject: of.accountId,
        expiresIn: ACCESS_TOKEN_SECONDS,
      });
      return { token, expiresAt: secondsAfter(new Date(issuedAt * 1000), ACCESS_TOKEN_SECONDS) };
    },
  };
}
