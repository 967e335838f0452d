import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  getOperationAST,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

const SCHEMA_FIELDS = new Set(['__schema', '__type']);

/** An operation's document in two: what it asks of the schema itself, and what it asks of the graph. */
export interface Halves {
  readonly schema: DocumentNode;
  readonly graph: DocumentNode;
}

type Variables = Readonly<Record<string, unknown>>;

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variables);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variables);
  return skip?.if !== true && include?.if !== false;
}

const fragmentsOf = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])));

/** The fields of the root, those of its fragments among them, and without those that a directive leaves out. */
function* rootFields(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
): Generator<FieldNode> {
  for (const selection of selections) {
    if (!isIncluded(selection, variables)) continue;
    if (selection.kind === Kind.FIELD) yield { ...selection, directives: [] };
    else {
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner) yield* rootFields(inner.selectionSet, fragments, variables);
    }
  }
}

/** Whether a query asks for nothing but the schema itself. */
export function asksOnlyOfSchema(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables = {},
): boolean {
  const operation = getOperationAST(document, operationName);
  return (
    operation?.operation === OperationTypeNode.QUERY &&
    [...rootFields(operation.selectionSet, fragmentsOf(document), variables)].every(({ name }) =>
      SCHEMA_FIELDS.has(name.value),
    )
  );
}

/**
 * Takes a query apart that asks for `__schema` or `__type` beside data: the planner answers such fields when they stand
 * alone, and fails on them in a plan.
 * @returns null for every other operation
 */
export function splitIntrospection(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables = {},
): Halves | null {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.QUERY) return null;
  const fields = [...rootFields(operation.selectionSet, fragmentsOf(document), variables)];
  const ofSchema = fields.filter(({ name }) => SCHEMA_FIELDS.has(name.value));
  const ofGraph = fields.filter(({ name }) => !SCHEMA_FIELDS.has(name.value));
  if (ofSchema.length === 0 || ofGraph.length === 0) return null;
  const only = (selections: readonly FieldNode[]): DocumentNode => ({
    ...document,
    definitions: document.definitions.map((node) =>
      node === operation ? { ...operation, selectionSet: { ...operation.selectionSet, selections } } : node,
    ),
  });
  return { schema: only(ofSchema), graph: only(ofGraph) };
}
