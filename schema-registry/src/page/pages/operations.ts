import { isId } from '@community/kit/ids';
import { isInputObjectType, isIntrospectionType } from 'graphql';
import { html } from '../html.ts';
import { cut, lately, NotFound, type Page, table, time, type VariantView } from '../view.ts';
import { countsOf, fieldsOf, schemaOf } from './schema.ts';

const SHOWN = 200;

/** What clients send, and what nobody uses. */
export async function operations(view: VariantView): Promise<Page> {
  const { services, variant, base, t } = view;
  const rows = await services.usageStore.byClient(lately([variant.id]), SHOWN);
  const schema = await schemaOf(view);
  const counts = await countsOf(view);
  const fields = (schema ? Object.values(schema.getTypeMap()) : [])
    .filter((type) => !isIntrospectionType(type))
    .flatMap((type) =>
      fieldsOf(type).map((field) => ({
        coordinate: `${type.name}.${field.name}`,
        field,
        isInput: isInputObjectType(type),
      })),
    );
  const deprecated = fields.filter(({ coordinate, field }) => field.deprecationReason && counts.has(coordinate));
  const unused = counts.size > 0 ? fields.filter(({ coordinate }) => !counts.has(coordinate)) : [];
  const left = cut(unused, SHOWN, t);
  return {
    title: t.operations,
    body: html`<p class="soft">${t.lastDays}</p>
    ${
      rows.length === 0
        ? html`<p>${t.noTraffic}</p>`
        : table(
            [t.client, t.version, t.operation, t.requests, t.errorShare, t.mean],
            rows.map((row) => [
              row.clientName || '–',
              row.clientVersion,
              html`<a href="${base}/operations/${row.operationId}">${row.name || t.anonymous}</a>`,
              row.requests,
              `${((row.errors / row.requests) * 100).toFixed(1)} %`,
              `${(row.durationMs / row.requests).toFixed(1)} ms`,
            ]),
          )
    }
    ${
      deprecated.length > 0 &&
      html`<h2>${t.deprecatedInUse}</h2>${table(
        [t.fields, '', t.requests],
        deprecated.map(({ coordinate, field }) => [
          html`<code>${coordinate}</code>`,
          field.deprecationReason ?? '',
          counts.get(coordinate) ?? 0,
        ]),
      )}`
    }
    ${unused.length > 0 && html`<h2>${t.unusedFields}</h2><ul>${left.shown.map(({ coordinate }) => html`<li><code>${coordinate}</code></li>`)}</ul>${left.rest}`}`,
  };
}

/** One document, and what it uses. */
export async function operation(view: VariantView, id: string): Promise<Page> {
  const { services, variant, t } = view;
  const found = isId(id) ? await services.usageStore.operationById(variant.id, id) : null;
  if (!found) throw new NotFound(`${t.operation} ${id}`);
  const uses = await services.usageStore.coordinatesOf(id);
  return {
    title: found.name || t.anonymous,
    body: html`<h1>${found.name || t.anonymous}</h1><p class="soft">${time(found.firstSeenAt)} – ${time(found.lastSeenAt)}</p>
      <h2>${t.document}</h2><pre>${found.document}</pre><h2>${t.uses}</h2><ul>${uses.map(({ coordinate, conservative }) => html`<li><code>${coordinate}</code>${conservative ? ` (${t.maybe})` : ''}</li>`)}</ul>`,
  };
}
