import SchemaBuilder from '@pothos/core';
import type { Context } from './context.ts';

/**
 * The builder of the API that Rover calls. Names of types, fields and arguments are those of Apollo's platform API, since
 * Rover's documents are fixed; what this registry adds stands beside them.
 */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    Timestamp: { Input: Date; Output: Date };
    GraphQLDocument: { Input: string; Output: string };
    CheckSettings: { Input: unknown; Output: unknown };
  };
}>({ defaultFieldNullability: false });

builder.scalarType('Timestamp', {
  description: 'RFC 3339, UTC',
  serialize: (value) => (value as Date).toISOString(),
  parseValue: (value) => {
    const time = new Date(String(value));
    if (Number.isNaN(time.getTime())) throw new TypeError(`"${String(value)}" is not a time in RFC 3339`);
    return time;
  },
});
builder.scalarType('GraphQLDocument', { description: 'SDL, or an operation', serialize: String, parseValue: String });
builder.queryType({});
builder.mutationType({});
