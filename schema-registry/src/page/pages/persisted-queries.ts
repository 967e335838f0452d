import { html } from '@community/kit/html';
import { cut, type Page, table, time, type VariantView } from '../view.ts';

const SHOWN = 300;

/** The list of persisted queries, and how it came to be. */
export async function persistedQueries({ services, variant, t }: VariantView): Promise<Page> {
  if (!variant.listId) return { title: t.persistedQueries, body: html`<p>${t.none}</p>` };
  const [queries, revisions] = await Promise.all([
    services.queryStore.served(variant.listId),
    services.queryStore.revisions(variant.listId),
  ]);
  const { shown, rest } = cut(queries, SHOWN, t);
  return {
    title: t.persistedQueries,
    body:
      revisions.length === 0
        ? html`<p>${t.none}</p>`
        : html`${table(
            [t.operation, 'id', t.client, t.lastUsed, ''],
            shown.map(({ name, id, clientName, lastUsedAt, servedTill, body }) => [
              html`<details><summary>${name}</summary><pre>${body}</pre></details>`,
              html`<code>${id.length > 20 ? `${id.slice(0, 20)}…` : id}</code>`,
              clientName || t.anyClient,
              lastUsedAt ? time(lastUsedAt) : t.never,
              servedTill ? html`<span class="warn">${t.servedTill} ${time(servedTill)}</span>` : '',
            ]),
          )}${rest}<h2>${t.history}</h2>${table(
            [t.revision, '', t.by, t.added, t.changed, t.removed, t.expired],
            revisions.map((revision) => [
              revision.revision,
              time(revision.createdAt),
              revision.actor,
              revision.added,
              revision.updated,
              revision.removed,
              revision.expired,
            ]),
          )}`,
  };
}
