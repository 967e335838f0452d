import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { walkLiteral, walkValue } from './input-values.ts';

export { coordinatesOfInputType } from './input-values.ts';

/** What an operation uses by its text alone, and how to see what its variables add. */
export interface OperationUsage {
  /** sorted exact coordinates that every execution uses */
  readonly coordinates: readonly string[];
  /**
   * What the values of variables use beyond `coordinates`, at one execution: sorted, distinct. Never contains a value
   * other than names of input fields and enum values of the schema.
   */
  ofVariables(variables: Readonly<Record<string, unknown>> | null | undefined): string[];
  /** whether ofVariables can ever return something (false: skip it) */
  readonly variesByVariables: boolean;
}

/**
 * What an operation of the document uses: `Type.field`, `Type.field(arg:)`, `Input.field`, `Enum.VALUE`, and the bare
 * name of each type condition, variable type and literal's type. Never throws on a document that is not valid for the
 * schema: what the schema does not know is left out. Without a name, the document's only operation is meant.
 */
export function usageOf(schema: GraphQLSchema, document: DocumentNode, operationName?: string | null): OperationUsage {
  const collector = new Collector(schema, document);
  const operation = findOperation(document, operationName);
  if (operation) collector.operation(operation);
  const { found, variables } = collector;
  return {
    coordinates: [...found].sort(),
    variesByVariables: variables.size > 0,
    ofVariables(values) {
      if (!values || variables.size === 0) return [];
      const added = new Set<string>();
      const add = (coordinate: string) => {
        if (!found.has(coordinate)) added.add(coordinate);
      };
      for (const [name, type] of variables) if (Object.hasOwn(values, name)) walkValue(type, values[name], add);
      return [...added].sort();
    },
  };
}

/** As in execution: several operations without a name are ambiguous, and nothing would be executed. */
function findOperation(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (name) return operations.find((operation) => operation.name?.value === name);
  return operations.length === 1 ? operations[0] : undefined;
}

class Collector {
  readonly found = new Set<string>();
  /** the declared variables whose values can use something of the schema */
  readonly variables = new Map<string, GraphQLInputType>();
  private readonly schema: GraphQLSchema;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  /** Grows while it is iterated: long chains of fragments must not overflow the stack. */
  private readonly spread = new Set<FragmentDefinitionNode>();

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.schema = schema;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  operation(operation: OperationDefinitionNode): void {
    this.directives(operation.directives);
    for (const definition of operation.variableDefinitions ?? []) this.variable(definition);
    const root = this.schema.getRootType(operation.operation);
    if (root) this.selections(root, operation.selectionSet);
    for (const fragment of this.spread) {
      this.directives(fragment.directives);
      this.conditioned(fragment.typeCondition.name.value, fragment.selectionSet);
    }
  }

  private readonly add = (coordinate: string): void => {
    this.found.add(coordinate);
  };

  private variable(definition: VariableDefinitionNode): void {
    this.directives(definition.directives);
    const type = typeFromAST(this.schema, definition.type);
    if (!isInputType(type)) return;
    const named = getNamedType(type);
    if (!isInputObjectType(named) && !isEnumType(named)) return;
    this.add(named.name);
    this.variables.set(definition.variable.name.value, type);
    if (definition.defaultValue) walkLiteral(type, definition.defaultValue, this.add);
  }

  private selections(parent: GraphQLNamedType, set: SelectionSetNode): void {
    for (const selection of set.selections) {
      this.directives(selection.directives);
      if (selection.kind === Kind.FIELD) this.field(parent, selection);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = this.fragments.get(selection.name.value);
        if (fragment) this.spread.add(fragment);
      } else if (selection.typeCondition) this.conditioned(selection.typeCondition.name.value, selection.selectionSet);
      else this.selections(parent, selection.selectionSet);
    }
  }

  private conditioned(typeName: string, set: SelectionSetNode): void {
    const type = this.schema.getType(typeName);
    if (!type || typeName.startsWith('__')) return;
    this.add(typeName);
    this.selections(type, set);
  }

  private field(parent: GraphQLNamedType, node: FieldNode): void {
    // Introspection is no use of the schema's own fields; `__` is reserved for it.
    if (node.name.value.startsWith('__') || !(isObjectType(parent) || isInterfaceType(parent))) return;
    const field = parent.getFields()[node.name.value];
    if (!field) return;
    const coordinate = `${parent.name}.${field.name}`;
    this.add(coordinate);
    this.arguments(field.args, node.arguments, coordinate);
    if (node.selectionSet) this.selections(getNamedType(field.type), node.selectionSet);
  }

  private directives(nodes: readonly DirectiveNode[] | undefined): void {
    for (const node of nodes ?? []) {
      const directive = this.schema.getDirective(node.name.value);
      if (directive) this.arguments(directive.args, node.arguments);
    }
  }

  /** Without an owner (a directive) only what the values use is counted. */
  private arguments(
    args: readonly GraphQLArgument[],
    given: readonly ArgumentNode[] | undefined,
    owner?: string,
  ): void {
    for (const node of given ?? []) {
      const arg = args.find(({ name }) => name === node.name.value);
      if (!arg) continue;
      if (owner) this.add(`${owner}(${arg.name}:)`);
      walkLiteral(arg.type, node.value, this.add);
    }
  }
}
