import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';
import { type Html, html } from '../html.ts';
import { cut, lately, NotFound, type Page, table, type VariantView } from '../view.ts';

const SHOWN = 300;

/** The schema that clients see; null: nothing was published yet. */
export async function schemaOf({ services, variant }: VariantView): Promise<GraphQLSchema | null> {
  const launch = variant.currentLaunchId ? await services.launches.byId(variant.currentLaunchId) : null;
  return launch?.apiSchemaHash ? services.apiSchemas(launch.apiSchemaHash) : null;
}

const kindOf = (type: GraphQLNamedType): string =>
  isObjectType(type)
    ? 'type'
    : isInterfaceType(type)
      ? 'interface'
      : isUnionType(type)
        ? 'union'
        : isEnumType(type)
          ? 'enum'
          : isInputObjectType(type)
            ? 'input'
            : 'scalar';

const own = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

export const fieldsOf = (type: GraphQLNamedType): AnyField[] =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? Object.values<AnyField>(type.getFields())
    : [];

/** Requests by coordinate in the last two weeks; those that only may have used it are not counted. */
export async function countsOf({ services, variant }: VariantView): Promise<Map<string, number>> {
  const contracts = await services.variants.contractsOf(variant.id);
  const rows = await services.usageStore.coordinateCounts(lately([variant.id, ...contracts.map(({ id }) => id)]));
  return new Map(
    rows.filter(({ conservative }) => !conservative).map(({ coordinate, requests }) => [coordinate, requests]),
  );
}

/** All types by kind, and a search over names and descriptions. */
export async function schema(view: VariantView): Promise<Page> {
  const { base, t, query } = view;
  const found = await schemaOf(view);
  const asked = (query.get('q') ?? '').trim().normalize('NFC').toLowerCase();
  const matches = (text: string | null | undefined) => (text ?? '').normalize('NFC').toLowerCase().includes(asked);
  const hits = (found ? own(found) : []).flatMap((type) => {
    const fields = asked ? fieldsOf(type).filter(({ name, description }) => matches(name) || matches(description)) : [];
    return !asked || matches(type.name) || matches(type.description) || fields.length > 0 ? [{ type, fields }] : [];
  });
  const { shown, rest } = cut(hits, SHOWN, t);
  return {
    title: t.schema,
    body: html`<form method="get" action="${base}/schema"><input type="search" name="q" value="${query.get('q') ?? ''}" placeholder="${t.searchHint}" aria-label="${t.search}"> <button>${t.search}</button></form>
      ${asked && html`<p>${hits.length} ${t.found}</p>`}
      ${found ? html`<ul class="plain">${shown.map(({ type, fields }) => html`<li><span class="soft">${kindOf(type)}</span> <a href="${base}/schema/${type.name}">${type.name}</a> ${type.description?.split('\n')[0]}${fields.slice(0, 8).map((field) => html`<br>&emsp;<code>${field.name}</code> <span class="soft">${field.description?.split('\n')[0]}</span>`)}</li>`)}</ul>${rest}` : html`<p>${t.none}</p>`}`,
  };
}

function typeLink(base: string, type: GraphQLType): Html {
  const named = getNamedType(type);
  const [before = '', after = ''] = String(type).split(named.name);
  return isScalarType(named) && ['ID', 'Int', 'Float', 'String', 'Boolean'].includes(named.name)
    ? html`<code>${String(type)}</code>`
    : html`<code>${before}<a href="${base}/schema/${named.name}">${named.name}</a>${after}</code>`;
}

/** One type, with how much each field is used. */
export async function typePage(view: VariantView, name: string): Promise<Page> {
  const { base, t } = view;
  const found = await schemaOf(view);
  const type = found?.getType(name);
  if (!found || !type || isIntrospectionType(type)) throw new NotFound(`${t.schema} ${name}`);
  const counts = await countsOf(view);
  const use = (coordinate: string) => {
    const requests = counts.get(coordinate) ?? 0;
    return requests > 0 ? `${requests}` : counts.size > 0 ? html`<span class="warn">${t.unused}</span>` : '–';
  };
  const mark = (reason: string | null | undefined) =>
    reason ? html` <span class="warn">${t.deprecated}: ${reason}</span>` : '';
  const users = own(found).flatMap((other) =>
    fieldsOf(other)
      .filter(
        (field) =>
          getNamedType(field.type) === type ||
          ('args' in field && field.args.some((argument) => getNamedType(argument.type) === type)),
      )
      .map((field) => ({ other, field })),
  );
  const members = isAbstractType(type) ? found.getPossibleTypes(type) : [];
  return {
    title: name,
    body: html`<h1><span class="soft">${kindOf(type)}</span> ${name}</h1><p>${type.description}</p>
    ${
      fieldsOf(type).length > 0 &&
      html`<h2>${t.fields}</h2>${table(
        [t.fields, '', `${t.requests} (${t.lastDays})`],
        fieldsOf(type).map((field) => [
          html`<strong>${field.name}</strong>${'args' in field && field.args.length > 0 ? html`(${field.args.map((argument, index) => html`${index > 0 ? ', ' : ''}${argument.name}: ${typeLink(base, argument.type)}`)})` : ''}: ${typeLink(base, field.type)}${mark(field.deprecationReason)}`,
          field.description ?? '',
          use(`${name}.${field.name}`),
        ]),
      )}`
    }
    ${
      isEnumType(type) &&
      html`<h2>${t.values}</h2>${table(
        [t.values, '', `${t.requests} (${t.lastDays})`],
        type
          .getValues()
          .map((value) => [
            html`<strong>${value.name}</strong>${mark(value.deprecationReason)}`,
            value.description ?? '',
            use(`${name}.${value.name}`),
          ]),
      )}`
    }
    ${members.length > 0 && html`<h2>${t.members}</h2><ul>${members.map((member) => html`<li><a href="${base}/schema/${member.name}">${member.name}</a></li>`)}</ul>`}
    ${users.length > 0 && html`<h2>${t.usedBy}</h2><ul>${users.slice(0, SHOWN).map(({ other, field }) => html`<li><a href="${base}/schema/${other.name}">${other.name}</a>.${field.name}</li>`)}</ul>`}`,
  };
}
