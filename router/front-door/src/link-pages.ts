import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Html, html } from '@community/kit/html';
import { Refusal, readText } from './answer.ts';
import type { AuthClient } from './auth-client.ts';
import type { AuthRoute } from './auth-routes.ts';
import { comesFromOurPages } from './csrf.ts';
import { type LinkTexts, NEW_PASSWORD, REFUSALS_KO, RESET_PASSWORD, VERIFY_EMAIL } from './link-texts.ts';
import { type Language, languageOf, sendPage } from './page.ts';
import type { CallerHeaders } from './subgraph-mutations.ts';

/** Where a link of a mail leads: a page with a form, and what its button does. */
interface LinkPage {
  readonly texts: Readonly<Record<Language, LinkTexts>>;
  readonly fields: (language: Language) => Html | null;
  readonly submit: (form: URLSearchParams, caller: CallerHeaders) => Promise<unknown>;
}

/**
 * The pages that links of mails lead to. Opening one changes nothing, as programs that look into mails open links too; its
 * button does. They need no script and no web client.
 */
export function createLinkPages(options: {
  auth: AuthClient;
  ownOrigins: ReadonlySet<string>;
}): Record<string, AuthRoute> {
  const { auth, ownOrigins } = options;

  function form(page: LinkPage, language: Language, token: string, alert?: string): Html {
    const { intro, button } = page.texts[language];
    return html`<p>${intro}</p>
<form method="post">${alert && html`<p role="alert">${alert}</p>`}
<input type="hidden" name="token" value="${token}">${page.fields(language)}
<button>${button}</button></form>`;
  }

  const show =
    (page: LinkPage) =>
    async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const language = languageOf(request);
      const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('token') ?? '';
      const { title } = page.texts[language];
      sendPage(response, 200, { language, title, body: form(page, language, token) });
    };

  const submit =
    (page: LinkPage) =>
    async (request: IncomingMessage, response: ServerResponse, caller: CallerHeaders): Promise<void> => {
      if (!comesFromOurPages(request.headers, ownOrigins))
        throw new Refusal(403, 'CROSS_SITE', 'This form was sent from another site. Open the link of the mail again.');
      const language = languageOf(request);
      const { title, done } = page.texts[language];
      const fields = new URLSearchParams(await readText(request));
      try {
        await page.submit(fields, caller);
        sendPage(response, 200, { language, title, body: html`<p>${done}</p>` });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const alert = (language === 'ko' && REFUSALS_KO[error.code]) || error.message;
        sendPage(response, error.status, {
          language,
          title,
          body: form(page, language, fields.get('token') ?? '', alert),
        });
      }
    };

  const route = (page: LinkPage): AuthRoute => ({ GET: show(page), POST: submit(page) });

  return {
    '/auth/verify-email': route({
      texts: VERIFY_EMAIL,
      fields: () => null,
      submit: (fields, caller) => auth.verifyEmail(fields.get('token') ?? '', caller),
    }),
    '/auth/reset-password': route({
      texts: RESET_PASSWORD,
      fields: (language) =>
        html`<label>${NEW_PASSWORD[language]}<input type="password" name="password" autocomplete="new-password" required></label>`,
      submit: (fields, caller) =>
        auth.resetPassword({ token: fields.get('token') ?? '', newPassword: fields.get('password') ?? '' }, caller),
    }),
  };
}
