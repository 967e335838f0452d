import { type Html, html } from '@community/kit/html';
import {
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
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { cut, list, NotFound, type Page, table, type VariantView } from '../view.ts';
import { type AnyField, fieldsOf, isRead, schemaOf, typesOf, useMark, usesOf } from './field-use.ts';

const SHOWN = 300;
const FIELDS = 8;
const KINDS = ['type', 'interface', 'union', 'enum', 'input', 'scalar'] as const;

function kindOf(type: GraphQLNamedType): (typeof KINDS)[number] {
  if (isObjectType(type)) return 'type';
  if (isInterfaceType(type)) return 'interface';
  if (isUnionType(type)) return 'union';
  if (isEnumType(type)) return 'enum';
  return isInputObjectType(type) ? 'input' : 'scalar';
}

interface Part {
  readonly name: string;
  readonly description?: string | null;
}

interface Hit {
  readonly type: GraphQLNamedType;
  /** The fields or values that were found. */
  readonly parts: readonly Part[];
}

function search(found: GraphQLSchema, asked: string): Hit[] {
  const matches = (text: string | null | undefined) => (text ?? '').normalize('NFC').toLowerCase().includes(asked);
  const isHit = ({ name, description }: Part) => matches(name) || matches(description);
  return typesOf(found)
    .filter((type) => !isSpecifiedScalarType(type))
    .flatMap((type) => {
      if (!asked) return [{ type, parts: [] }];
      const parts = [...fieldsOf(type), ...(isEnumType(type) ? type.getValues() : [])].filter(isHit);
      return isHit(type) || parts.length > 0 ? [{ type, parts }] : [];
    });
}

/** All types by kind, and a search over names and descriptions. */
export async function schema(view: VariantView): Promise<Page> {
  const { base, t, query } = view;
  const found = await schemaOf(view);
  const asked = (query.get('q') ?? '').trim().normalize('NFC').toLowerCase();
  const hits = found ? search(found, asked) : [];
  const byKind = KINDS.flatMap((kind) => hits.filter(({ type }) => kindOf(type) === kind));
  const { shown, rest } = cut(byKind, SHOWN, t);
  const item = ({ type, parts }: Hit) =>
    html`<li><a href="${base}/schema/${type.name}">${type.name}</a> ${type.description?.split('\n')[0]}${parts.slice(0, FIELDS).map((part) => html`<br>&emsp;<code>${part.name}</code> <span class="soft">${part.description?.split('\n')[0]}</span>`)}${parts.length > FIELDS && html`<br>&emsp;<span class="soft">+${parts.length - FIELDS}</span>`}</li>`;
  return {
    title: t.schema,
    body: html`<form method="get" action="${base}/schema"><input type="search" name="q" value="${query.get('q') ?? ''}" placeholder="${t.searchHint}" aria-label="${t.search}"> <button>${t.search}</button></form>
      ${asked && html`<p>${hits.length} ${t.found}</p>`}
      ${
        found
          ? KINDS.map((kind) => {
              const all = hits.filter(({ type }) => kindOf(type) === kind);
              const own = shown.filter(({ type }) => kindOf(type) === kind);
              return (
                own.length > 0 &&
                html`<h2>${kind} <span class="soft">${all.length}</span></h2><ul class="plain">${own.map(item)}</ul>`
              );
            })
          : html`<p>${t.none}</p>`
      }${rest}`,
  };
}

function typeLink(base: string, type: GraphQLType): Html {
  const named = getNamedType(type);
  if (isSpecifiedScalarType(named)) return html`<code>${String(type)}</code>`;
  const [before = '', after = ''] = String(type).split(named.name);
  return html`<code>${before}<a href="${base}/schema/${named.name}">${named.name}</a>${after}</code>`;
}

/** Where a type is used: fields that give or take it, and unions that it is in. */
function placesOf(found: GraphQLSchema, type: GraphQLNamedType, base: string): Html[] {
  const takes = (field: AnyField) =>
    getNamedType(field.type) === type ||
    ('args' in field && field.args.some((argument) => getNamedType(argument.type) === type));
  return typesOf(found).flatMap((other) => {
    const link = html`<a href="${base}/schema/${other.name}">${other.name}</a>`;
    if (isUnionType(other)) return other.getTypes().some((member) => member === type) ? [link] : [];
    return fieldsOf(other)
      .filter(takes)
      .map(({ name }) => html`${link}.${name}`);
  });
}

/** One type, with how much each field is used. */
export async function typePage(view: VariantView, name: string): Promise<Page> {
  const { base, t } = view;
  const found = await schemaOf(view);
  const type = found?.getType(name);
  if (!found || !type || isIntrospectionType(type)) throw new NotFound(`${t.schema} ${name}`);
  const uses = await usesOf(view);
  const mark = (reason: string | null | undefined) =>
    reason === null || reason === undefined ? '' : html` <span class="warn">${t.deprecated}: ${reason}</span>`;
  const links = (types: readonly GraphQLNamedType[]) =>
    list(
      types.map((other) => html`<a href="${base}/schema/${other.name}">${other.name}</a>`),
      SHOWN,
      t,
    );
  const columns = (what: string) => [what, '', `${t.requests} (${t.lastDays})`];
  const places = placesOf(found, type, base);
  const members = isAbstractType(type) ? found.getPossibleTypes(type) : [];
  const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
  const argumentsOf = (field: AnyField) =>
    'args' in field && field.args.length > 0
      ? html`(${field.args.map((argument, index) => html`${index > 0 ? ', ' : ''}${argument.name}: ${typeLink(base, argument.type)}${mark(argument.deprecationReason)}`)})`
      : '';
  const valueMark = (value: string) => {
    const use = isEnumType(type) ? uses.of(type, value) : null;
    if (!use) return '';
    return use.kind === 'unused' && isEnumType(type) && isRead(found, type) && uses.any
      ? html`<span class="soft">${t.outputOnly}</span>`
      : useMark(use, uses.any, t);
  };
  return {
    title: name,
    body: html`<h1><span class="soft">${kindOf(type)}</span> ${name}</h1><p>${type.description}</p>
    ${isScalarType(type) && type.specifiedByURL && html`<p><code>${type.specifiedByURL}</code></p>`}
    ${
      fieldsOf(type).length > 0 &&
      html`<h2>${t.fields}</h2>${table(
        columns(t.fields),
        fieldsOf(type).map((field) => [
          html`<strong>${field.name}</strong>${argumentsOf(field)}: ${typeLink(base, field.type)}${mark(field.deprecationReason)}`,
          field.description ?? '',
          useMark(uses.of(type, field.name), uses.any, t),
        ]),
      )}`
    }
    ${
      isEnumType(type) &&
      html`<h2>${t.values}</h2>${table(
        columns(t.values),
        type
          .getValues()
          .map((value) => [
            html`<strong>${value.name}</strong>${mark(value.deprecationReason)}`,
            value.description ?? '',
            valueMark(value.name),
          ]),
      )}`
    }
    ${interfaces.length > 0 && html`<h2>${t.implementsWhat}</h2>${links(interfaces)}`}
    ${members.length > 0 && html`<h2>${t.members}</h2>${links(members)}`}
    ${places.length > 0 && html`<h2>${t.usedBy}</h2>${list(places, SHOWN, t)}`}`,
  };
}
