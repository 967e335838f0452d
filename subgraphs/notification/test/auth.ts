import type { IncomingMessage } from 'node:http';
import { serve } from '@community/testing/serve';

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString() || '{}');
}

/** The neighbour that signs tokens, and knows how members are reached. */
export function serveAuth(knows: {
  jwks: () => object;
  /** By account; those that begin with `unproved` nobody has proved to be hers. */
  emails: ReadonlyMap<string, string>;
  /** By the request for a mail. */
  links: ReadonlyMap<string, string>;
}) {
  return serve(async (request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/jwks.json') return answer(200, knows.jwks());
    if (!request.headers['x-service-secret']) return answer(403, {});
    const body = await bodyOf(request);
    if (request.url === '/internal/contacts') {
      const contacts = (body.accountIds as string[]).flatMap((accountId) => {
        const email = knows.emails.get(accountId);
        return email ? [{ accountId, email, language: 'en', emailVerified: !email.startsWith('unproved') }] : [];
      });
      return answer(200, contacts);
    }
    if (request.url?.endsWith('-link')) {
      const id = request.url === '/internal/password-reset-link' ? body.resetId : body.verificationId;
      const url = knows.links.get(String(id));
      return url ? answer(200, { link: url }) : answer(404, {});
    }
    return answer(404, {});
  });
}
