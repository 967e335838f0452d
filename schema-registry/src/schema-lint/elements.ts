import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NameNode,
  print,
  type StringValueNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

export type ElementKind =
  | 'object'
  | 'interface'
  | 'union'
  | 'enum'
  | 'input'
  | 'scalar'
  | 'field'
  | 'argument'
  | 'inputField'
  | 'enumValue'
  | 'directive';

/** A part of a schema that has a name: what rules look at. */
export interface Element {
  readonly kind: ElementKind;
  readonly coordinate: string;
  readonly name: NameNode;
  readonly description: StringValueNode | undefined;
  readonly directives: readonly ConstDirectiveNode[];
  /** The type that a field belongs to. */
  readonly parent: string | null;
  /** A definition is described; an extension of it need not be. */
  readonly isExtension: boolean;
  /** Its text without that of its parts: what has to differ for it to count as changed. */
  readonly text: string;
}

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

const KINDS: Partial<Record<Kind, ElementKind>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
};

/** What federation brings along is not the team's to name. */
const FOREIGN = /^_|__/;

function argumentOf(owner: string, node: InputValueDefinitionNode, kind: 'argument' | 'inputField'): Element {
  return {
    kind,
    coordinate: kind === 'argument' ? `${owner}(${node.name.value}:)` : `${owner}.${node.name.value}`,
    name: node.name,
    description: node.description,
    directives: node.directives ?? [],
    parent: owner,
    isExtension: false,
    text: print(node),
  };
}

function fieldElements(type: string, node: FieldDefinitionNode): Element[] {
  const coordinate = `${type}.${node.name.value}`;
  const field: Element = {
    kind: 'field',
    coordinate,
    name: node.name,
    description: node.description,
    directives: node.directives ?? [],
    parent: type,
    isExtension: false,
    text: print({ ...node, arguments: [] }),
  };
  return [field, ...(node.arguments ?? []).map((argument) => argumentOf(coordinate, argument, 'argument'))];
}

function typeElements(node: TypeNode, kind: ElementKind): Element[] {
  const type = node.name.value;
  const isExtension = node.kind.endsWith('Extension');
  const own: Element = {
    kind,
    coordinate: type,
    name: node.name,
    description: 'description' in node ? node.description : undefined,
    directives: node.directives ?? [],
    parent: null,
    isExtension,
    text: print({ ...node, fields: [], values: [] } as unknown as TypeNode),
  };
  const fields = 'fields' in node ? (node.fields ?? []) : [];
  const values = 'values' in node ? (node.values ?? []) : [];
  return [
    own,
    ...fields.flatMap((field) =>
      field.kind === Kind.FIELD_DEFINITION ? fieldElements(type, field) : [argumentOf(type, field, 'inputField')],
    ),
    ...values.map(
      (value): Element => ({
        kind: 'enumValue',
        coordinate: `${type}.${value.name.value}`,
        name: value.name,
        description: value.description,
        directives: value.directives ?? [],
        parent: type,
        isExtension: false,
        text: print(value),
      }),
    ),
  ];
}

/** The named parts of a schema, in order of appearance, without those of federation itself. */
export function elementsOf(document: DocumentNode): Element[] {
  const all = document.definitions.flatMap((node): Element[] => {
    if (node.kind === Kind.DIRECTIVE_DEFINITION) {
      const coordinate = `@${node.name.value}`;
      const directive: Element = {
        kind: 'directive',
        coordinate,
        name: node.name,
        description: node.description,
        directives: [],
        parent: null,
        isExtension: false,
        text: print(node),
      };
      return [directive];
    }
    const kind = KINDS[node.kind];
    return kind ? typeElements(node as TypeNode, kind) : [];
  });
  const foreignTypes = new Set(
    all.filter(({ parent, name }) => parent === null && FOREIGN.test(name.value)).map(({ coordinate }) => coordinate),
  );
  return all.filter(
    ({ name, coordinate }) => !FOREIGN.test(name.value) && !foreignTypes.has(coordinate.split(/[.(]/)[0] ?? ''),
  );
}
