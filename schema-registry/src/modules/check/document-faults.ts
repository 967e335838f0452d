import {
  type DefinitionNode,
  type DocumentNode,
  FieldsOnCorrectTypeRule,
  FragmentsOnCompositeTypesRule,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  OverlappingFieldsCanBeMergedRule,
  PossibleFragmentSpreadsRule,
  ProvidedRequiredArgumentsRule,
  parse,
  ScalarLeafsRule,
  type Source,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  VariablesAreInputTypesRule,
  VariablesInAllowedPositionRule,
  validate,
} from 'graphql';

/** graphql-js' own rule lists all types of the schema for each document, in case it has a suggestion to make. */
const knownTypeNames: ValidationRule = (context) => ({
  NamedType(node) {
    if (!context.getSchema().getType(node.name.value))
      context.reportError(new GraphQLError(`Unknown type "${node.name.value}".`, { nodes: node }));
  },
});
/** The rules whose verdict depends on the schema; the others say of a document what they said when it was served. */
const RULES = [
  knownTypeNames,
  FragmentsOnCompositeTypesRule,
  VariablesAreInputTypesRule,
  ScalarLeafsRule,
  FieldsOnCorrectTypeRule,
  PossibleFragmentSpreadsRule,
  KnownDirectivesRule,
  KnownArgumentNamesRule,
  ValuesOfCorrectTypeRule,
  ProvidedRequiredArgumentsRule,
  VariablesInAllowedPositionRule,
  OverlappingFieldsCanBeMergedRule,
];

export interface StoredDocument {
  readonly id: string;
  readonly document: string;
}

const fragmentsOf = ({ definitions }: DocumentNode): string[] =>
  definitions.flatMap((definition) => (definition.kind === Kind.FRAGMENT_DEFINITION ? [definition.name.value] : []));

/** graphql-js validates nothing of an operation whose root type is missing. */
function rootless(schema: GraphQLSchema, { definitions }: DocumentNode): GraphQLError | undefined {
  for (const definition of definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION && !schema.getRootType(definition.operation))
      return new GraphQLError(`The schema has no ${definition.operation} type.`);
}

/**
 * The first fault that a schema finds in each of many documents. They are validated as few large ones: preparing the
 * rules costs ten times what a small document does. Only documents whose fragments have the same name are kept apart.
 * @returns faults by the documents' ids; a valid document has none
 */
export function faultsOf(schema: GraphQLSchema, documents: Iterable<StoredDocument>): Map<string, GraphQLError> {
  const faults = new Map<string, GraphQLError>();
  const idOf = new Map<Source | undefined, string>();
  const merged: DefinitionNode[][] = [];
  const namedSoOften = new Map<string, number>();
  for (const { id, document } of documents) {
    try {
      const parsed = parse(document);
      const fault = rootless(schema, parsed);
      if (fault) {
        faults.set(id, fault);
        continue;
      }
      idOf.set(parsed.loc?.source, id);
      const fragments = fragmentsOf(parsed);
      const place = Math.max(0, ...fragments.map((name) => namedSoOften.get(name) ?? 0));
      for (const name of fragments) namedSoOften.set(name, place + 1);
      const definitions = merged[place] ?? [];
      merged[place] = definitions;
      definitions.push(...parsed.definitions);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      faults.set(id, error);
    }
  }
  for (const definitions of merged) {
    const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
    for (const fault of validate(schema, document, RULES, { maxErrors: Number.POSITIVE_INFINITY })) {
      const id = idOf.get(fault.nodes?.[0]?.loc?.source);
      if (id === undefined) throw new Error(`a fault belongs to no document: ${fault.message}`);
      if (!faults.has(id)) faults.set(id, fault);
    }
  }
  return faults;
}
