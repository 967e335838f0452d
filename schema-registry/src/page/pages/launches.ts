import { type Html, html } from '@community/kit/html';
import type { Launch } from '../../modules/launch/launch.ts';
import { list, mayPublish, NotFound, numberIn, type Page, Redirect, table, time, type VariantView } from '../view.ts';
import { changeList } from './changes.ts';

const PAGE = 25;
const SHOWN = 200;

function state(launch: Launch, { variant, t }: VariantView): Html {
  if (launch.id === variant.currentLaunchId) return html`<span class="good">${t.inService}</span>`;
  return launch.status === 'FAILED'
    ? html`<span class="bad">${t.failed}</span>`
    : html`<span class="soft">${t.wasGood}</span>`;
}

function git({ git: { commit, branch, message } }: Launch): Html {
  return html`${branch && html`<code>${branch}</code> `}${commit && html`<code>${commit.slice(0, 8)}</code> `}${message && html`<span class="soft">${message.split('\n')[0]}</span>`}`;
}

/** The history of a variant, newest first. */
export async function launches(view: VariantView): Promise<Page> {
  const { services, variant, base, t, query } = view;
  const before = numberIn(query.get('before'));
  const all = await services.launches.history(variant.id, PAGE + 1, before);
  const shown = all.slice(0, PAGE);
  const rows = shown.map(
    (
      launch,
    ) => html`<li><a href="${base}/launches/${launch.number}"><strong>#${launch.number}</strong></a> ${state(launch, view)}
      · ${launch.summary} · ${t.by} ${launch.actor} · ${time(launch.createdAt)}<br>${git(launch)}
      ${launch.status === 'FAILED' ? html`<p class="bad">${launch.errors[0]?.message}</p>` : html` <span class="soft">· ${launch.changes.length} ${t.changes}</span>`}</li>`,
  );
  const last = shown.at(-1);
  return {
    title: t.launches,
    body: html`${shown.length > 0 ? html`<ul class="plain">${rows}</ul>` : html`<p>${t.none}</p>`}
      ${all.length > PAGE && last ? html`<p><a href="${base}/launches?before=${last.number}">${t.older}</a></p>` : ''}`,
  };
}

async function find({ services, variant, t }: VariantView, text: string): Promise<Launch> {
  const number = numberIn(text);
  const launch = number === undefined ? null : await services.launches.byNumber(variant.id, number);
  if (!launch) throw new NotFound(`${t.launches} #${text}`);
  return launch;
}

/** One launch: its errors first, then what it changed. */
export async function launch(view: VariantView, number: string): Promise<Page> {
  const { services, variant, base, t, query, graphId } = view;
  const shown = await find(view, number);
  const other = numberIn(query.get('with'));
  const difference =
    other === undefined
      ? null
      : await services.history.difference(
          { graphId, variant: variant.name },
          Math.min(other, shown.number),
          Math.max(other, shown.number),
        );
  // The launch just before may have failed, and has nothing to compare with then.
  const suggested = shown.supergraphHash
    ? await services.launches.lastGoodBefore(variant.id, shown.number, shown.supergraphHash)
    : null;
  const [supergraph] = shown.supergraphHash ? await services.documents.load([shown.supergraphHash]) : [];
  const canRollBack =
    mayPublish(view) &&
    shown.status === 'SUCCEEDED' &&
    shown.id !== variant.currentLaunchId &&
    variant.sourceId === null &&
    shown.supergraphHash;
  return {
    title: `#${shown.number}`,
    body: html`<h1>#${shown.number} ${state(shown, view)}</h1><p>${shown.summary} · ${t.by} ${shown.actor} (${shown.client || '–'}) · ${time(shown.createdAt)} · ${shown.compositionMs} ms<br>${git(shown)}</p>
    ${
      shown.errors.length > 0 &&
      html`<h2 class="bad">${t.errors}</h2>${list(
        shown.errors.map(({ message }) => message),
        SHOWN,
        t,
      )}`
    }
    ${difference && html`<h2>${t.difference} #${difference.from.number} → #${difference.to.number}</h2><p>${difference.subgraphs.map(({ name, kind }) => `${t[kind === 'ADDED' ? 'added' : kind === 'REMOVED' ? 'removed' : 'changed']} ${name}`).join(', ')}</p>${changeList(difference.changes, t)}`}
    ${shown.status === 'SUCCEEDED' && html`<h2>${t.changes}</h2>${changeList(shown.changes, t)}`}
    ${shown.apiSchemaHash && html`<form method="get" action="${base}/launches/${shown.number}"><label>${t.compareWith} <input name="with" inputmode="numeric" size="5" required value="${other ?? suggested?.number}"></label> <button>${t.compare}</button></form>`}
    ${canRollBack && html`<p><a href="${base}/launches/${shown.number}/rollback">${t.rollback}</a></p>`}
    <h2>${t.subgraphs}</h2>${table(
      [t.subgraphs, 'URL', t.revision],
      shown.inputs.map(({ name, url, revision }) => [name, url ?? '', revision]),
    )}
    ${supergraph && html`<details><summary>${t.supergraph}</summary><pre>${supergraph}</pre></details>`}`,
  };
}

/** Asks before a roll-back, and does it. */
export async function rollback(view: VariantView, number: string, isPost: boolean): Promise<Page | Redirect> {
  const { services, variant, base, t, graphId, key } = view;
  const shown = await find(view, number);
  if (isPost) {
    const by = { actor: key.name, client: 'registry page', git: {} };
    const { launch: done } = await services.history.rollback({ graphId, variant: variant.name }, shown.number, by);
    return new Redirect(`${base}/launches/${done.number}`);
  }
  return {
    title: t.rollback,
    body: html`<h1>${t.rollback} (#${shown.number})</h1><p>${shown.summary} · ${time(shown.createdAt)}</p><p>${t.rollbackAsk}</p>
      <form method="post" action="${base}/launches/${shown.number}/rollback"><button>${t.confirm}</button></form> <a href="${base}/launches/${shown.number}">${t.cancel}</a>`,
  };
}
