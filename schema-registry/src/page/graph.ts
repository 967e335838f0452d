import { html } from '@community/kit/html';
import type { HttpAnswer } from '@community/kit/http';
import type { Key } from '../modules/key/key.policy.ts';
import { authoriseWhole } from '../modules/key/key.service.ts';
import { Refusal } from '../refusal.ts';
import type { Services } from '../services.ts';
import { type Frame, page, redirect } from './layout.ts';
import { check, checks } from './pages/checks.ts';
import { home } from './pages/home.ts';
import { launch, launches, rollback } from './pages/launches.ts';
import { operation, operations } from './pages/operations.ts';
import { persistedQueries } from './pages/persisted-queries.ts';
import { readme } from './pages/readme.ts';
import { schema, typePage } from './pages/schema.ts';
import { subgraphs } from './pages/subgraphs.ts';
import { NotFound, type Page, Redirect, type VariantView, type View } from './view.ts';

const TABS = ['launches', 'checks', 'schema', 'subgraphs', 'operations', 'persisted-queries', 'readme'] as const;
/** What the name of a variant can be at all: nothing else reaches the database. */
const NAME = /^[A-Za-z][\w-]*$/;

/** A request of somebody who is signed in. */
export interface Visit {
  readonly services: Services;
  readonly key: Key;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly isPost: boolean;
  readonly frame: (title: string) => Frame;
}

/** A path's part; one that is badly encoded is simply the name of nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function variantPage(
  view: VariantView,
  [tab, id, act, ...more]: readonly string[],
  isPost: boolean,
): Promise<Page | Redirect> {
  const rollsBack = tab === 'launches' && id !== undefined && act === 'rollback' && more.length === 0;
  if (isPost || rollsBack) authoriseWhole(view.key, view.graphId, 'publish');
  if (tab === undefined) return new Redirect(`${view.base}/launches`);
  if (rollsBack) return rollback(view, id, isPost);
  if (act !== undefined) throw new NotFound(act);
  if (tab === 'checks' && id !== undefined) return check(view, id, isPost);
  if (isPost) throw new NotFound(tab);
  if (tab === 'launches') return id === undefined ? launches(view) : launch(view, id);
  if (tab === 'schema') return id === undefined ? schema(view) : typePage(view, id);
  if (tab === 'operations') return id === undefined ? operations(view) : operation(view, id);
  if (id !== undefined) throw new NotFound(id);
  if (tab === 'checks') return checks(view);
  if (tab === 'subgraphs') return subgraphs(view);
  if (tab === 'persisted-queries') return persistedQueries(view);
  if (tab === 'readme' && view.variant.readme !== '') return readme(view);
  throw new NotFound(tab);
}

/** The pages of a graph. @throws NotFound, Refusal */
export async function graphPage({ services, key, path, query, form, isPost, frame }: Visit): Promise<HttpAnswer> {
  const { t } = frame('');
  const [word, graphId = '', second, name, ...rest] = path.slice(1).split('/').filter(Boolean).map(decode);
  if (word !== 'graph') throw new NotFound(path);
  if (graphId !== key.graphId) throw new Refusal('FORBIDDEN', `${t.notYours} ${key.graphId}`);
  // Rover prints addresses of Apollo's own site for what is part of other pages here.
  if (second !== undefined && (second !== 'variant' || name === undefined)) return redirect(`/graph/${graphId}`);
  const view: View = { services, key, t, graphId, query, form };
  if (name === undefined) {
    const { title, body } = await home(view);
    return page(200, frame(title), body);
  }
  const variant = NAME.test(name) ? await services.variants.find({ graphId, variant: name }) : null;
  if (!variant) throw new NotFound(`${t.variants} ${name}`);
  const base = `/graph/${graphId}/variant/${name}`;
  const result = await variantPage({ ...view, variant, base }, rest, isPost);
  if (result instanceof Redirect) return redirect(result.location);
  const names = { ...t, 'persisted-queries': t.persistedQueries };
  const tabs = TABS.filter((tab) => tab !== 'readme' || variant.readme !== '');
  return page(
    200,
    {
      ...frame(`${result.title} · ${name}`),
      breadcrumbs: html`<span><a href="/graph/${graphId}">${graphId}</a> / ${name}</span>`,
    },
    html`<nav class="tabs">${tabs.map((tab) => html`<a href="${base}/${tab}"${tab === rest[0] ? html` aria-current="page"` : ''}>${names[tab]}</a>`)}</nav><div class="wide">${result.body}</div>`,
  );
}
