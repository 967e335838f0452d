import type { IncomingMessage } from 'node:http';
import { html } from '@community/kit/html';
import { BadRequestError, type HttpAnswer, header, type Routes, readBody } from '@community/kit/http';
import type { Logger } from '@community/kit/log';
import { covers } from '../modules/key/key.policy.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { chooseLanguage, LANGUAGES } from './dictionary.ts';
import { graphPage } from './graph.ts';
import { type Frame, page, redirect } from './layout.ts';
import { createSessions } from './session.ts';
import { STYLE } from './style.ts';
import { NotFound } from './view.ts';

const FORM_LIMIT = 64 * 1024;
const SESSION = 'registry_session';
const HERE = 'http://here.invalid';
const STATUS: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, CONFLICT: 409 };

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const found = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return found.find(([key]) => key === name)?.[1];
}

/** A form of another site must not act for who is signed in here. */
function comesFromHere(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (!origin) return header(request, 'sec-fetch-site') !== 'cross-site';
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/** Where to go on, as the browser will read it: a page of a graph here, or else the start. */
function localPath(text: string | null): string {
  if (!text?.startsWith('/') || !URL.canParse(text, HERE)) return '/';
  const { origin, pathname, search } = new URL(text, HERE);
  return origin === HERE && pathname.startsWith('/graph/') ? `${pathname}${search}` : '/';
}

/** The registry's page, for people: served whole, without a script. */
export function pageRoutes({ services, log }: { services: Services; log: Logger }): Routes {
  const sessions = createSessions((token) => services.keys.authenticate(token));

  async function route(request: IncomingMessage, path: string, search: string): Promise<HttpAnswer> {
    const language = chooseLanguage(cookieOf(request, 'lang'), request.headers['accept-language']);
    const t = LANGUAGES[language];
    const session = cookieOf(request, SESSION);
    const key = sessions.keyOf(session);
    const secure = header(request, 'x-forwarded-proto') === 'https' ? '; Secure' : '';
    const isPost = request.method === 'POST';
    const frame = (title: string): Frame => ({
      language,
      t,
      title,
      path: `${path}${search}`,
      signedIn: key ? `${key.graphId}: ${key.name}` : null,
    });
    const fail = (status: number, message: string, headers?: Record<string, string>) =>
      page(status, frame(message), html`<h1>${message}</h1><p><a href="/">${t.back}</a></p>`, headers);
    const signInForm = (status: number, to: string, problem: string | null) =>
      page(
        status,
        frame(t.signIn),
        html`<h1>${t.signIn}</h1>${problem && html`<p class="bad" role="alert">${problem}</p>`}<p>${t.signInHint}</p>
        <form class="sign-in" method="post" action="/sign-in"><input type="hidden" name="to" value="${to}"><label>${t.key}<br><input type="password" name="key" autocomplete="current-password" required></label><button>${t.signIn}</button></form>`,
      );

    function signIn(form: URLSearchParams): HttpAnswer {
      const to = localPath(form.get('to'));
      if (sessions.isOneTooMany(request.socket.remoteAddress ?? '')) return signInForm(429, to, t.tooMany);
      const token = (form.get('key') ?? '').trim();
      const found = services.keys.authenticate(token);
      if (!found || !covers(found.scopes, 'read')) return signInForm(403, to, t.wrongKey);
      sessions.close(session);
      return redirect(to, {
        'set-cookie': `${SESSION}=${sessions.open(token)}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict${secure}`,
      });
    }

    async function answer(): Promise<HttpAnswer> {
      if (!isPost && request.method !== 'GET' && request.method !== 'HEAD')
        return fail(405, t.wrongMethod, { allow: 'GET, HEAD, POST' });
      const form = new URLSearchParams(isPost ? (await readBody(request, FORM_LIMIT)).toString() : '');
      if (isPost && !comesFromHere(request)) return fail(403, t.otherSite);
      if (path === '/sign-in' && isPost) return signIn(form);
      if (path === '/sign-out' && isPost) {
        sessions.close(session);
        return redirect('/', { 'set-cookie': `${SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${secure}` });
      }
      if (path === '/language' && isPost)
        return redirect(localPath(form.get('from')), {
          'set-cookie': `lang=${form.get('to') === 'ko' ? 'ko' : 'en'}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`,
        });
      if (!path.startsWith('/graph/') && path !== '/') return redirect('/');
      if (!key) return signInForm(path === '/' ? 200 : 401, localPath(`${path}${search}`), null);
      if (path === '/') return redirect(`/graph/${key.graphId}`);
      return graphPage({ services, key, path, query: new URLSearchParams(search), form, isPost, frame });
    }

    try {
      return await answer();
    } catch (error) {
      if (error instanceof NotFound) return fail(404, `${t.notFound} ${error.message}`);
      if (error instanceof Refusal) return fail(STATUS[String(error.extensions.code)] ?? 400, error.message);
      if (error instanceof BadRequestError) return fail(error.status, error.message);
      log.error({ err: error, path }, 'a page failed');
      return fail(500, t.broken);
    }
  }

  return {
    '/': route,
    '/sign-in': route,
    '/sign-out': route,
    '/language': route,
    '/graph/': route,
    '/assets/registry.css': async () => ({
      status: 200,
      headers: {
        'content-type': 'text/css; charset=utf-8',
        'cache-control': 'public, max-age=3600',
        'x-content-type-options': 'nosniff',
      },
      body: STYLE,
    }),
  };
}
