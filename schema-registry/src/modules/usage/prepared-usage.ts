import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { createSignatures } from './document-signature.ts';
import { inputsOf } from './document-usage.ts';
import type { UsageRecord } from './usage.ts';

const COORDINATE_LIMIT = 400;

/** A use as it is stored. */
export interface PreparedUse {
  readonly record: UsageRecord;
  /** Of the entry that counts it: one for each document and set of coordinates, whoever reports it. */
  readonly hash: string;
  readonly precision: 'EXACT' | 'FIELDS';
  /** What every use of the entry uses. */
  readonly coordinates: readonly { coordinate: string; conservative: boolean }[];
  /** What the variables used beyond it, with the number of requests. */
  readonly inputs: Readonly<Record<string, number>>;
}

type Uses = Pick<UsageRecord, 'coordinates' | 'inputs'> & { readonly possible?: readonly string[] };

const distinct = (names: readonly string[]) =>
  [...new Set(names)].filter((name) => name.length <= COORDINATE_LIMIT).sort();

/** Adds to output fields what the document gives: its arguments for certain, and what these may hold as possible. */
function withInputs(record: UsageRecord, schema: GraphQLSchema): Uses {
  const { certain, possible } = inputsOf(schema, record.document, record.operationName);
  return { coordinates: [...record.coordinates, ...certain], possible };
}

/**
 * Tells apart what the text uses and what the variables did: by the document, since only it says which of the reported
 * inputs it can give, and names the types that a change of an input or of a union is judged by. What neither explains is
 * left out: values of an enum that is only received, and fields of operations that were not executed.
 */
function sorted(record: UsageRecord, schema: GraphQLSchema): Uses {
  const { certain, possible } = inputsOf(schema, record.document, record.operationName);
  if (certain.length === 0) return record;
  const given = new Set(possible);
  const inputs = record.coordinates.filter((name) => given.has(name)).map((name) => [name, record.requests]);
  return { coordinates: certain, inputs: Object.fromEntries(inputs) };
}

function usesOf(record: UsageRecord, schema: GraphQLSchema | null): Uses {
  if (!schema || record.precision === 'exact') return record;
  return record.precision === 'fields' ? withInputs(record, schema) : sorted(record, schema);
}

/** Makes of what is reported what is stored. */
export function createPreparation() {
  const signatures = createSignatures();
  return {
    /** Whether the document of a report can be read at all. */
    isReadable: ({ document }: UsageRecord): boolean => signatures(document) !== undefined,
    /** @param schema the one in service; without it, what is reported is taken as it is */
    prepare(record: UsageRecord, schema: GraphQLSchema | null): PreparedUse {
      const uses = usesOf(record, schema);
      const precision = record.precision === 'fields' ? 'FIELDS' : 'EXACT';
      const certain = distinct(uses.coordinates);
      const known = new Set(certain);
      const possible = distinct(uses.possible ?? []).filter((name) => !known.has(name));
      // With another set of coordinates it is another entry: so each use is counted for just what it used.
      const identity = [signatures(record.document), record.operationName, precision, certain];
      return {
        record,
        hash: createHash('sha256').update(JSON.stringify(identity)).digest('hex'),
        precision,
        coordinates: [
          ...certain.map((coordinate) => ({ coordinate, conservative: false })),
          ...possible.map((coordinate) => ({ coordinate, conservative: true })),
        ],
        inputs: Object.fromEntries(
          Object.entries(uses.inputs ?? {}).filter(([name]) => name.length <= COORDINATE_LIMIT),
        ),
      };
    },
  };
}
