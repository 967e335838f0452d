import type { Routes } from '@community/kit/http';
import { json } from '@community/kit/http';
import type { SigningKeyService } from './signing-key.service.ts';

/** Shorter than a key is published before it signs, long enough that nobody asks for each token. */
const MAX_AGE_SECONDS = 300;

/** `GET /.well-known/jwks.json`: the keys by which anybody verifies access tokens. */
export function signingKeyRoutes(keys: SigningKeyService): Routes {
  return {
    '/.well-known/jwks.json': async () =>
      json(200, await keys.jwks(), { 'cache-control': `public, max-age=${MAX_AGE_SECONDS}` }),
  };
}
