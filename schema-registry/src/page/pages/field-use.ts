import { type Html, html } from '@community/kit/html';
import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import type { Texts } from '../dictionary.ts';
import { lately, type VariantView } from '../view.ts';

export type AnyField = GraphQLField<unknown, unknown> | GraphQLInputField;

/** The schema that clients see; null: nothing was published yet. */
export async function schemaOf({ services, variant }: VariantView): Promise<GraphQLSchema | null> {
  const launch = variant.currentLaunchId ? await services.launches.byId(variant.currentLaunchId) : null;
  return launch?.apiSchemaHash ? services.apiSchemas(launch.apiSchemaHash) : null;
}

/** The types of a schema but those that introspection is made of, by name. */
export const typesOf = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

export const fieldsOf = (type: GraphQLNamedType): AnyField[] =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? Object.values<AnyField>(type.getFields())
    : [];

/**
 * How much of a schema clients used.
 * - used: that many requests for sure
 * - perhaps: the reports do not tell, but the documents do not exclude it
 * - interface: through an interface that the type implements, which may have met this type or another
 */
export type Use = { readonly kind: 'used' | 'perhaps' | 'interface' | 'unused'; readonly requests: number };

export interface Uses {
  /** Whether there was traffic at all: without any, nothing can be called unused. */
  readonly any: boolean;
  of(type: GraphQLNamedType, name: string): Use;
}

/** Who used what in the last two weeks, by clients of the variant and of its contracts. */
export async function usesOf({ services, variant }: VariantView): Promise<Uses> {
  const contracts = await services.variants.contractsOf(variant.id);
  const rows = await services.usageStore.coordinateCounts(lately([variant.id, ...contracts.map(({ id }) => id)]));
  const byKind = (conservative: boolean) =>
    new Map(rows.filter((row) => row.conservative === conservative).map((row) => [row.coordinate, row.requests]));
  const certain = byKind(false);
  const possible = byKind(true);
  return {
    any: rows.length > 0,
    of(type, name) {
      const used = certain.get(`${type.name}.${name}`) ?? 0;
      if (used > 0) return { kind: 'used', requests: used };
      const perhaps = possible.get(`${type.name}.${name}`) ?? 0;
      if (perhaps > 0) return { kind: 'perhaps', requests: perhaps };
      const interfaces = isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
      const through = Math.max(0, ...interfaces.map((parent) => certain.get(`${parent.name}.${name}`) ?? 0));
      return through > 0 ? { kind: 'interface', requests: through } : { kind: 'unused', requests: 0 };
    },
  };
}

/** Whether clients are given values of an enum. Which ones they were given nobody records. */
export const isRead = (schema: GraphQLSchema, type: GraphQLEnumType): boolean =>
  typesOf(schema).some(
    (other) => !isInputObjectType(other) && fieldsOf(other).some((field) => getNamedType(field.type) === type),
  );

/** A use in words. */
export function useMark({ kind, requests }: Use, any: boolean, t: Texts): Html {
  if (!any) return html`–`;
  if (kind === 'used') return html`${requests}`;
  if (kind === 'perhaps') return html`<span class="soft">${t.maybe} ${requests}</span>`;
  if (kind === 'interface') return html`<span class="soft">${t.viaInterface} ${requests}</span>`;
  return html`<span class="warn">${t.unused}</span>`;
}
