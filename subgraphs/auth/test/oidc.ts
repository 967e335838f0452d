import { serve } from '@community/testing/serve';
import Provider from 'oidc-provider';

/** What the provider knows of its people, by their name there. */
export type People = Map<string, { email?: string; email_verified?: boolean; name?: string }>;

export const CLIENT = { id: 'community', secret: 'client-secret-of-tests-0123456789abcdef' };

/** A real OpenID provider, with a browser that signs in at it. */
export async function startOidc(redirectUri: string) {
  const people: People = new Map();
  let handle: ReturnType<Provider['callback']> = async () => {};
  const server = await serve(async (request, response) => handle(request, response));
  const provider = new Provider(server.url, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [redirectUri],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    cookies: { keys: ['cookie-key-of-tests'] },
    claims: { email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, ...people.get(id) }) }),
  });
  handle = provider.callback();

  /** A browser signs in as somebody. @returns where it is sent back to */
  async function signIn(url: string, login: string): Promise<URL> {
    const jar = new Map<string, string>();
    let next: { url: URL; body?: URLSearchParams } = { url: new URL(url) };
    for (let hops = 0; hops < 20; hops += 1) {
      const response = await fetch(next.url, {
        redirect: 'manual',
        headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(next.body ? { method: 'POST', body: next.body } : {}),
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s, 2);
        jar.set(name, value);
      }
      const location = response.headers.get('location');
      const page = await response.text();
      const action = /action="([^"]+)"/.exec(page)?.[1];
      if (location) next = { url: new URL(location, next.url) };
      else if (action) {
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? '';
        next = { url: new URL(action, next.url), body: new URLSearchParams({ prompt, login, password: 'any' }) };
      } else throw new Error(`the provider answered ${response.status}: ${page.slice(0, 500)}`);
      if (next.url.href.startsWith(redirectUri)) return next.url;
    }
    throw new Error('the provider sends in circles');
  }

  return { issuer: server.url, people, signIn, close: server.close };
}

export type TestOidc = Awaited<ReturnType<typeof startOidc>>;
