import type { IncomingMessage } from 'node:http';
import { type HttpAnswer, header, type Routes, readBody } from '@community/kit/http';
import type { Logger } from '@community/kit/log';
import { covers, type Key } from '../modules/key/key.policy.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { chooseLanguage, LANGUAGES } from './dictionary.ts';
import { html } from './html.ts';
import { type Frame, page } from './layout.ts';
import { check, checks } from './pages/checks.ts';
import { home } from './pages/home.ts';
import { launch, launches, rollback } from './pages/launches.ts';
import { operation, operations } from './pages/operations.ts';
import { persistedQueries } from './pages/persisted-queries.ts';
import { schema, typePage } from './pages/schema.ts';
import { subgraphs } from './pages/subgraphs.ts';
import { createSessions } from './session.ts';
import { STYLE } from './style.ts';
import { mayPublish, NotFound, type Page, Redirect, type VariantView, type View } from './view.ts';

const FORM_LIMIT = 64 * 1024;
const SESSION = 'registry_session';
const TABS = ['launches', 'checks', 'schema', 'subgraphs', 'operations', 'persisted-queries'] as const;

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  const found = (request.headers.cookie ?? '').split(';').map((part) => part.trim().split('='));
  return found.find(([key]) => key === name)?.[1];
}

const redirect = (location: string, headers: Record<string, string> = {}): HttpAnswer => ({
  status: 303,
  headers: { location, 'cache-control': 'no-store', ...headers },
  body: '',
});

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

async function variantPage(
  view: VariantView,
  [tab, id, act]: readonly string[],
  isPost: boolean,
): Promise<Page | Redirect> {
  if (isPost && !mayPublish(view))
    throw new Refusal('FORBIDDEN', `The key "${view.key.name}" may not change this: it needs the scope publish.`);
  if (tab === undefined) return new Redirect(`${view.base}/launches`);
  if (tab === 'launches' && id !== undefined && act === 'rollback') {
    if (!mayPublish(view))
      throw new Refusal('FORBIDDEN', `The key "${view.key.name}" may not roll back: it needs the scope publish.`);
    return rollback(view, id, isPost);
  }
  if (tab === 'checks' && id !== undefined) return check(view, id, isPost);
  if (isPost || act !== undefined) throw new NotFound(tab);
  if (tab === 'launches') return id === undefined ? launches(view) : launch(view, id);
  if (tab === 'schema') return id === undefined ? schema(view) : typePage(view, id);
  if (tab === 'operations') return id === undefined ? operations(view) : operation(view, id);
  if (id !== undefined) throw new NotFound(id);
  if (tab === 'checks') return checks(view);
  if (tab === 'subgraphs') return subgraphs(view);
  if (tab === 'persisted-queries') return persistedQueries(view);
  throw new NotFound(tab);
}

/** The registry's page, for people: served whole, without a script. */
export function pageRoutes({ services, log }: { services: Services; log: Logger }): Routes {
  const sessions = createSessions((token) => services.keys.authenticate(token));

  async function handle(request: IncomingMessage, path: string, search: string): Promise<HttpAnswer> {
    const language = chooseLanguage(cookieOf(request, 'lang'), request.headers['accept-language']);
    const t = LANGUAGES[language];
    const session = cookieOf(request, SESSION);
    const key = sessions.keyOf(session);
    const secure = header(request, 'x-forwarded-proto') === 'https' ? '; Secure' : '';
    const frame = (title: string): Frame => ({
      language,
      t,
      title,
      path: `${path}${search}`,
      signedIn: key ? `${key.graphId}: ${key.name}` : null,
    });
    const fail = (status: number, message: string) =>
      page(status, frame(message), html`<h1>${message}</h1><p><a href="/">${t.back}</a></p>`);
    const isPost = request.method === 'POST';
    if (!isPost && request.method !== 'GET' && request.method !== 'HEAD') return fail(405, 'GET, POST');
    const form = new URLSearchParams(isPost ? (await readBody(request, FORM_LIMIT)).toString() : '');
    if (isPost && !comesFromHere(request)) return fail(403, 'cross-site');

    if (isPost && path === '/language') {
      const from = form.get('from') ?? '/';
      const to = form.get('to') === 'ko' ? 'ko' : 'en';
      return redirect(/^\/(?![/\\])/.test(from) ? from : '/', {
        'set-cookie': `lang=${to}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`,
      });
    }
    if (isPost && path === '/sign-out') {
      sessions.close(session);
      return redirect('/', { 'set-cookie': `${SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${secure}` });
    }
    const signIn = (status: number, problem: string | null) =>
      page(
        status,
        frame(t.signIn),
        html`<h1>${t.signIn}</h1>${problem && html`<p class="bad" role="alert">${problem}</p>`}<p>${t.signInHint}</p>
        <form class="sign-in" method="post" action="/sign-in"><input type="hidden" name="to" value="${path === '/sign-in' ? (form.get('to') ?? '/') : `${path}${search}`}"><label>${t.key}<br><input type="password" name="key" autocomplete="current-password" required></label><button>${t.signIn}</button></form>`,
      );
    if (isPost && path === '/sign-in') {
      if (sessions.isOneTooMany(request.socket.remoteAddress ?? '')) return signIn(429, t.tooMany);
      const token = (form.get('key') ?? '').trim();
      const found = services.keys.authenticate(token);
      if (!found || !covers(found.scopes, 'read')) return signIn(403, t.wrongKey);
      const to = form.get('to') ?? '/';
      return redirect(/^\/(?![/\\])/.test(to) ? to : '/', {
        'set-cookie': `${SESSION}=${sessions.open(token)}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict${secure}`,
      });
    }
    if (!key) return signIn(path === '/' ? 200 : 401, null);
    if (path === '/') return redirect(`/graph/${key.graphId}`);

    try {
      return await show(key, path, search, form, isPost, frame);
    } catch (error) {
      if (error instanceof NotFound) return fail(404, `${t.notFound} ${error.message}`);
      if (error instanceof Refusal) return fail(error.extensions.code === 'FORBIDDEN' ? 403 : 400, error.message);
      throw error;
    }
  }

  async function show(
    key: Key,
    path: string,
    search: string,
    form: URLSearchParams,
    isPost: boolean,
    frame: (title: string) => Frame,
  ): Promise<HttpAnswer> {
    const { t } = frame('');
    const [word, graphId = '', second, name = '', ...rest] = path.slice(1).split('/').filter(Boolean).map(decode);
    if (word !== 'graph') throw new NotFound(path);
    // Rover prints addresses of Apollo's own site for what is part of other pages here.
    if (second !== undefined && second !== 'variant') return redirect(`/graph/${graphId}`);
    if (graphId !== key.graphId) throw new Refusal('FORBIDDEN', `${t.notYours} ${key.graphId}`);
    const view: View = { services, key, t, graphId, query: new URLSearchParams(search), form };
    if (second === undefined) {
      const { title, body } = await home(view);
      return page(200, frame(title), body);
    }
    const variant = await services.variants.find({ graphId, variant: name });
    if (!variant) throw new NotFound(`${t.variants} ${name}`);
    const base = `/graph/${graphId}/variant/${name}`;
    const result = await variantPage({ ...view, variant, base }, rest, isPost);
    if (result instanceof Redirect) return redirect(result.location);
    const names = {
      launches: t.launches,
      checks: t.checks,
      schema: t.schema,
      subgraphs: t.subgraphs,
      operations: t.operations,
      'persisted-queries': t.persistedQueries,
    };
    const tabs = html`<nav class="tabs">${TABS.map((tab) => html`<a href="${base}/${tab}"${tab === rest[0] ? html` aria-current="page"` : ''}>${names[tab]}</a>`)}</nav>`;
    const readme =
      rest[0] === 'launches' && rest[1] === undefined && variant.readme !== ''
        ? html`<details><summary>${t.readme}</summary><pre>${variant.readme}</pre></details>`
        : '';
    return page(
      200,
      {
        ...frame(`${result.title} · ${name}`),
        breadcrumbs: html`<span><a href="/graph/${graphId}">${graphId}</a> / ${name}</span>`,
      },
      html`${tabs}${readme}<div class="wide">${result.body}</div>`,
    );
  }

  const route = (request: IncomingMessage, path: string, search: string) =>
    handle(request, path, search).catch((error: unknown) => {
      log.error({ err: error, path }, 'a page failed');
      throw error;
    });
  return {
    '/': route,
    '/sign-in': route,
    '/sign-out': route,
    '/language': route,
    '/graph/': route,
    '/assets/registry.css': async () => ({
      status: 200,
      headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' },
      body: STYLE,
    }),
  };
}

/** A path's part; one that is badly encoded is simply the name of nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
