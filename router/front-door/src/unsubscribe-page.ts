import type { IncomingMessage, ServerResponse } from 'node:http';
import { html } from '@community/kit/html';
import { Refusal, readText } from './answer.ts';
import type { AuthRoute } from './auth-routes.ts';
import { REFUSALS_KO, UNSUBSCRIBE } from './link-texts.ts';
import { languageOf, sendPage } from './page.ts';
import { type CallerHeaders, createMutations } from './subgraph-mutations.ts';

const UNSUBSCRIBE_FROM_MAIL =
  'mutation FrontDoorUnsubscribe($input: UnsubscribeFromMailInput!) { unsubscribeFromMail(input: $input) { __typename ... on Error { code message path } } }';

/**
 * The page that the link in a mail leads to by which such mails are stopped. Opening it changes nothing; its button and
 * mail programs (RFC 8058, one click) post to it, from wherever they are: the token alone is the right to do it.
 */
export function createUnsubscribePage(options: { notificationUrl: string; routerSecret: string }): AuthRoute {
  const mutate = createMutations({
    url: options.notificationUrl,
    routerSecret: options.routerSecret,
    unavailable: 'This is not possible at the moment. Try again soon.',
  });
  const tokenOf = (request: IncomingMessage) =>
    new URL(request.url ?? '/', 'http://localhost').searchParams.get('token') ?? '';

  return {
    async GET(request: IncomingMessage, response: ServerResponse) {
      const language = languageOf(request);
      const { title, intro, button } = UNSUBSCRIBE[language];
      const body = html`<p>${intro}</p><form method="post"><button>${button}</button></form>`;
      sendPage(response, 200, { language, title, body });
    },
    async POST(request: IncomingMessage, response: ServerResponse, caller: CallerHeaders) {
      const language = languageOf(request);
      const { title, done } = UNSUBSCRIBE[language];
      // Nothing in it matters; a connection is kept for the next request only when all of this one was read.
      await readText(request);
      try {
        await mutate('unsubscribeFromMail', UNSUBSCRIBE_FROM_MAIL, { token: tokenOf(request) }, caller);
        sendPage(response, 200, { language, title, body: html`<p>${done}</p>` });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const alert = (language === 'ko' && REFUSALS_KO[error.code]) || error.message;
        sendPage(response, error.status, { language, title, body: html`<p role="alert">${alert}</p>` });
      }
    },
  };
}
