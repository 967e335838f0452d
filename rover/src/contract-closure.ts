import {
  type ConstDirectiveNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  type TypeNode,
  visit,
} from 'graphql';

interface Tagged {
  readonly directives?: readonly ConstDirectiveNode[];
}

const TAG = 'tag';

const tagsOf = ({ directives }: Tagged): string[] =>
  (directives ?? []).flatMap(({ name, arguments: args }) => {
    const value = name.value === TAG ? args?.find((argument) => argument.name.value === 'name')?.value : undefined;
    return value?.kind === Kind.STRING ? [value.value] : [];
  });

function named(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : named(type.type);
}

const tag = (name: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: TAG },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'name' },
      value: { kind: Kind.STRING, value: name },
    },
  ],
});

/**
 * What an included field needs is included with it, unless it has tags of its own: its arguments, the inputs, enums and
 * scalars that these take, and the enum, scalar or union that it returns. Otherwise every enum and argument of a graph
 * would have to repeat the tags of the fields that use it.
 * @param include tags of a contract; none: everything is included anyway
 */
export function withNeededParts(document: DocumentNode, include: readonly string[]): DocumentNode {
  const [mark] = include;
  if (mark === undefined) return document;
  const isIncluded = (node: Tagged) => tagsOf(node).some((name) => include.includes(name));
  const inputs = new Map<string, readonly InputValueDefinitionNode[]>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || definition.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION)
      inputs.set(definition.name.value, [...(inputs.get(definition.name.value) ?? []), ...(definition.fields ?? [])]);

  const needed = new Set<string>();
  function need(type: string): void {
    if (needed.has(type)) return;
    needed.add(type);
    for (const field of inputs.get(type) ?? []) need(named(field.type).name.value);
  }
  for (const definition of document.definitions) {
    if (!('fields' in definition) || inputs.has(definition.name.value)) continue;
    for (const field of definition.fields ?? []) {
      if (field.kind !== Kind.FIELD_DEFINITION || !(isIncluded(field) || isIncluded(definition))) continue;
      need(named(field.type).name.value);
      for (const argument of field.arguments ?? []) need(named(argument.type).name.value);
    }
  }

  const marked = <Node extends Tagged>(node: Node): Node =>
    tagsOf(node).length > 0 ? node : { ...node, directives: [...(node.directives ?? []), tag(mark)] };
  const markedType = <Node extends Tagged & { readonly name: { readonly value: string } }>(node: Node) =>
    needed.has(node.name.value) ? marked(node) : undefined;
  return visit(document, {
    EnumTypeDefinition: (node) =>
      needed.has(node.name.value) ? { ...marked(node), values: node.values?.map(marked) } : undefined,
    InputObjectTypeDefinition: (node) =>
      needed.has(node.name.value) ? { ...marked(node), fields: node.fields?.map(marked) } : undefined,
    ScalarTypeDefinition: markedType,
    UnionTypeDefinition: markedType,
    ObjectTypeDefinition: { leave: (node) => withArguments(node) },
    ObjectTypeExtension: { leave: (node) => withArguments(node) },
    InterfaceTypeDefinition: { leave: (node) => withArguments(node) },
    InterfaceTypeExtension: { leave: (node) => withArguments(node) },
  }) as DocumentNode;

  function withArguments<Node extends Extract<DocumentNode['definitions'][number], { readonly interfaces?: unknown }>>(
    node: Node,
  ): Node {
    return {
      ...node,
      fields: node.fields?.map((field) =>
        isIncluded(field) || isIncluded(node) ? { ...field, arguments: field.arguments?.map(marked) } : field,
      ),
    };
  }
}
