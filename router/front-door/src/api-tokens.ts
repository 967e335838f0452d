import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { MemberTokenVerifier } from '@community/kit/member-token';
import { Refusal } from './answer.ts';
import type { AuthClient } from './auth-client.ts';
import type { CallerHeaders } from './subgraph-mutations.ts';

/** How an API token begins. */
const PREFIX = 'Bearer cpat_';
const MOST_REMEMBERED = 10_000;
/** An access token is renewed so long before it ends, so that none ends on its way. */
const EARLY_MS = 60_000;

interface Exchanged {
  readonly accessToken: string;
  readonly expiresAt: number;
}

/**
 * Turns API tokens into access tokens, as cookies are. What auth gave is remembered, by a hash of the token, for most of the
 * time that it is good; that an API token was revoked reaches every subgraph by itself.
 */
export function createApiTokens({
  auth,
  tokens,
}: {
  auth: Pick<AuthClient, 'exchangeApiToken'>;
  tokens: Pick<MemberTokenVerifier, 'verify'>;
}) {
  const known = new Map<string, Exchanged>();
  const under = new Map<string, Promise<Exchanged>>();

  async function ask(token: string, caller: CallerHeaders): Promise<Exchanged> {
    const { accessToken, accessTokenExpiresAt } = await auth.exchangeApiToken(token, caller);
    return { accessToken, expiresAt: Date.parse(accessTokenExpiresAt) - EARLY_MS };
  }

  /** Asks auth once for a token, however many requests come with it at once. */
  async function exchange(token: string, caller: CallerHeaders): Promise<string> {
    const key = createHash('sha256').update(token).digest('base64');
    const remembered = known.get(key);
    const isFresh = remembered && remembered.expiresAt > Date.now();
    // One that was revoked, or whose account was suspended meanwhile, is asked for anew: auth says what is the matter.
    if (isFresh && (await tokens.verify(remembered.accessToken))) return remembered.accessToken;
    const asking = under.get(key) ?? ask(token, caller).finally(() => under.delete(key));
    under.set(key, asking);
    const exchanged = await asking;
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(key, exchanged);
    return exchanged.accessToken;
  }

  return {
    /** Puts an access token in the place of an API token. @throws Refusal when it is no good */
    async use(request: IncomingMessage, caller: CallerHeaders): Promise<void> {
      const { authorization } = request.headers;
      if (!authorization?.startsWith(PREFIX)) return;
      try {
        request.headers.authorization = `Bearer ${await exchange(authorization.slice('Bearer '.length), caller)}`;
      } catch (error) {
        if (!(error instanceof Refusal) || error.status >= 500) throw error;
        throw new Refusal(401, error.code, error.message);
      }
    },
  };
}
