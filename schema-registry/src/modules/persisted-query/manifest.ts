import {
  GraphQLError,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { Refusal } from '../../refusal.ts';

const OPERATIONS_LIMIT = 20_000;
const BODY_LIMIT = 200_000;
const RULES = specifiedRules.filter((rule) => rule !== NoSchemaIntrospectionCustomRule);

export interface ManifestOperation {
  readonly id: string;
  readonly body: string;
  readonly name: string;
  readonly type: 'QUERY' | 'MUTATION' | 'SUBSCRIPTION';
  /** Empty: for every client. */
  readonly clientName: string;
}

const named = ({ id, name, clientName }: ManifestOperation): string =>
  `"${name}" (id ${id.slice(0, 80)}${clientName ? `, client ${clientName}` : ''})`;

function place(error: GraphQLError): string {
  const [at] = error.locations ?? [];
  return at ? `line ${at.line}, column ${at.column}: ${error.message}` : error.message;
}

/** What is wrong with one operation, undefined when nothing is. */
function faultOf(operation: ManifestOperation, schema: GraphQLSchema | null): string | undefined {
  if (operation.id === '' || operation.id.length > 255) return 'its id has 1 to 255 characters';
  if (operation.name.length > 255) return 'its name has at most 255 characters';
  if (operation.clientName.length > 255) return "its client's name has at most 255 characters";
  if (operation.body.length > BODY_LIMIT) return `its body has more than ${BODY_LIMIT} characters`;
  try {
    const document = parse(operation.body);
    const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operations.length !== 1) return `its body has ${operations.length} operations, and needs exactly one`;
    const [error] = schema ? validate(schema, document, RULES) : [];
    return error && place(error);
  } catch (error) {
    if (error instanceof GraphQLError) return place(error);
    throw error;
  }
}

/**
 * Checks the operations of a manifest, all of them before any is stored.
 * @param schema what clients see of the variant; null: nothing was published yet, so only the syntax is checked
 * @throws Refusal that names the operation and the place in it
 */
export function checkManifest(operations: readonly ManifestOperation[], schema: GraphQLSchema | null): void {
  if (operations.length > OPERATIONS_LIMIT)
    throw new Refusal(
      'BAD_INPUT',
      `A manifest has at most ${OPERATIONS_LIMIT} operations; this one has ${operations.length}.`,
    );
  const seen = new Set<string>();
  for (const operation of operations) {
    const key = JSON.stringify([operation.id, operation.clientName]);
    if (seen.has(key)) throw new Refusal('BAD_INPUT', `The manifest has the operation ${named(operation)} twice.`);
    seen.add(key);
    const fault = faultOf(operation, schema);
    if (fault) throw new Refusal('BAD_INPUT', `The operation ${named(operation)} cannot be used: ${fault}`);
  }
}
