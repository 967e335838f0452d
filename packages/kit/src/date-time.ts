import { GraphQLError, Kind } from 'graphql';
import type { BuilderTypes } from './builder-types.ts';
import type { RequestContext } from './context.ts';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

function parse(value: unknown): Date {
  if (typeof value === 'string' && RFC3339.test(value)) {
    const date = new Date(value);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw new GraphQLError('A DateTime is a string such as "2026-01-31T09:00:00Z" (RFC 3339).');
}

/** Adds the scalar `DateTime`: RFC 3339, always given out in UTC. */
export function addDateTime<Context extends RequestContext>(
  builder: PothosSchemaTypes.SchemaBuilder<PothosSchemaTypes.ExtendDefaultTypes<BuilderTypes<Context>>>,
): void {
  builder.scalarType('DateTime', {
    description: 'A moment in UTC, by RFC 3339: `2026-01-31T09:00:00.000Z`.',
    serialize: (value) => (value instanceof Date ? value : new Date(value)).toISOString(),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}
