import { html } from '@community/kit/html';
import { isId } from '@community/kit/ids';
import { cut, lately, list, NotFound, type Page, table, time, type VariantView } from '../view.ts';
import { fieldsOf, schemaOf, typesOf, useMark, usesOf } from './field-use.ts';

const SHOWN = 200;
const USES = 500;

/** What clients send, and what nobody uses. */
export async function operations(view: VariantView): Promise<Page> {
  const { services, variant, base, t } = view;
  const [rows, schema, uses] = await Promise.all([
    services.usageStore.byClient(lately([variant.id]), SHOWN + 1),
    schemaOf(view),
    usesOf(view),
  ]);
  const fields = (schema ? typesOf(schema) : []).flatMap((type) =>
    fieldsOf(type).map((field) => ({
      link: html`<a href="${base}/schema/${type.name}"><code>${type.name}.${field.name}</code></a>`,
      reason: field.deprecationReason,
      use: uses.of(type, field.name),
    })),
  );
  const deprecated = fields.filter(({ reason, use }) => typeof reason === 'string' && use.kind !== 'unused');
  const left = cut(deprecated, SHOWN, t);
  const unused = uses.any ? fields.filter(({ use }) => use.kind === 'unused') : [];
  return {
    title: t.operations,
    body: html`<p class="soft">${t.lastDays}</p>
    ${
      rows.length === 0
        ? html`<p>${t.noTraffic}</p>`
        : html`${table(
            [t.client, t.version, t.operation, t.requests, t.errorShare, t.mean],
            rows
              .slice(0, SHOWN)
              .map((row) => [
                row.clientName || '–',
                row.clientVersion,
                html`<a href="${base}/operations/${row.operationId}">${row.name || t.anonymous}</a>`,
                row.requests,
                `${((row.errors / Math.max(1, row.requests)) * 100).toFixed(1)} %`,
                `${(row.durationMs / Math.max(1, row.requests)).toFixed(1)} ms`,
              ]),
          )}${rows.length > SHOWN && html`<p class="soft">${t.busiest} ${SHOWN}</p>`}`
    }
    ${
      deprecated.length > 0 &&
      html`<h2>${t.deprecatedInUse}</h2>${table(
        [t.fields, '', t.requests],
        left.shown.map(({ link, reason, use }) => [link, reason ?? '', useMark(use, uses.any, t)]),
      )}${left.rest}`
    }
    ${
      unused.length > 0 &&
      html`<h2>${t.unusedFields}</h2>${list(
        unused.map(({ link }) => link),
        SHOWN,
        t,
      )}`
    }`,
  };
}

/** One document, and what it uses. A check also names those of contracts and of other variants that it looks at. */
export async function operation({ services, graphId, t }: VariantView, id: string): Promise<Page> {
  const variants = isId(id) ? await services.variants.ofGraph(graphId) : [];
  const all = await Promise.all(variants.map((variant) => services.usageStore.operationById(variant.id, id)));
  const found = all.find((one) => one !== null);
  if (!found) throw new NotFound(`${t.operation} ${id}`);
  const uses = await services.usageStore.coordinatesOf(id);
  return {
    title: found.name || t.anonymous,
    body: html`<h1>${found.name || t.anonymous}</h1><p class="soft">${time(found.firstSeenAt)} – ${time(found.lastSeenAt)}</p>
      <h2>${t.document}</h2><pre>${found.document}</pre><h2>${t.uses}</h2>${list(
        uses.map(
          ({ coordinate, conservative }) => html`<code>${coordinate}</code>${conservative ? ` (${t.maybe})` : ''}`,
        ),
        USES,
        t,
      )}`,
  };
}
