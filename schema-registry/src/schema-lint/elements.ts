import {
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NameNode,
  print,
  type StringValueNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql';
import { type Uses, usesOf } from './uses.ts';

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
  /** The type that a field or a value belongs to, the field that an argument belongs to; null of what stands alone. */
  readonly parent: string | null;
  /** A type that is only extended here: another subgraph defines it, and describes it. */
  readonly isExtension: boolean;
  /** The enum of this document that a field, an argument or an input field is of. */
  readonly ofEnum: string | undefined;
  /** Whether something else refers to it; asked of types only. */
  readonly isUsed: boolean;
  /** Its text without that of its parts: what has to differ for it to count as changed. */
  readonly text: string;
}

type TypeLike = TypeDefinitionNode | TypeExtensionNode;

const KINDS: Readonly<Record<TypeLike['kind'], ElementKind>> = {
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

/** What federation brings along is not the team's to name; its own directives break no rule, so they are not listed. */
const FOREIGN_TYPES = new Set(['_Any', '_Entity', '_Service', '_FieldSet', 'FieldSet']);
const FOREIGN_FIELDS = new Set(['_entities', '_service']);
const isForeignDefinition = (name: string): boolean => name.includes('__') || FOREIGN_TYPES.has(name);
const isForeignPart = (name: string): boolean => name.startsWith('__') || FOREIGN_FIELDS.has(name);

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

type PartNode = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;
type PartKind = 'field' | 'argument' | 'inputField' | 'enumValue';

function part(kind: PartKind, coordinate: string, parent: string, node: PartNode, uses: Uses): Element {
  const type = node.kind === Kind.ENUM_VALUE_DEFINITION ? undefined : namedType(node.type);
  return {
    kind,
    coordinate,
    name: node.name,
    description: node.description,
    directives: node.directives ?? [],
    parent,
    isExtension: false,
    ofEnum: type !== undefined && uses.isEnum(type) ? type : undefined,
    isUsed: true,
    text: print(node.kind === Kind.FIELD_DEFINITION ? { ...node, arguments: [] } : node),
  };
}

function partsOf(node: TypeLike, uses: Uses): Element[] {
  const type = node.name.value;
  const fields = 'fields' in node ? (node.fields ?? []) : [];
  const values = 'values' in node ? (node.values ?? []) : [];
  return [...fields, ...values].flatMap((child): Element[] => {
    const coordinate = `${type}.${child.name.value}`;
    if (isForeignPart(child.name.value)) return [];
    if (child.kind === Kind.ENUM_VALUE_DEFINITION) return [part('enumValue', coordinate, type, child, uses)];
    if (child.kind === Kind.INPUT_VALUE_DEFINITION) return [part('inputField', coordinate, type, child, uses)];
    const own = (child.arguments ?? []).filter(({ name }) => !isForeignPart(name.value));
    return [
      part('field', coordinate, type, child, uses),
      ...own.map((argument) => part('argument', `${coordinate}(${argument.name.value}:)`, coordinate, argument, uses)),
    ];
  });
}

/** A type as one element, however its definition and extensions divide it, so that moving a part between them is no change. */
function typeElement(nodes: readonly TypeLike[], first: TypeLike, uses: Uses): Element {
  const definition = nodes.find((node) => !node.kind.endsWith('Extension'));
  const node = definition ?? first;
  const kind = KINDS[node.kind];
  const description = nodes.map((each) => ('description' in each ? each.description : undefined)).find(Boolean);
  const directives = nodes.flatMap((each) => each.directives ?? []);
  const interfaces = nodes.flatMap((each) => ('interfaces' in each ? (each.interfaces ?? []) : []));
  return {
    kind,
    coordinate: node.name.value,
    name: node.name,
    description,
    directives,
    parent: null,
    isExtension: definition === undefined,
    ofEnum: undefined,
    isUsed: uses.isUsed(node.name.value),
    text: [kind, description ? print(description) : '', ...[...directives, ...interfaces].map(print).sort()].join('\n'),
  };
}

/** The named parts of a schema, in order of appearance, without those of federation itself. */
export function elementsOf(document: DocumentNode): Element[] {
  const uses = usesOf(document);
  const directives: Element[] = [];
  const types = new Map<string, TypeLike[]>();
  for (const node of document.definitions) {
    if (!('name' in node) || !node.name || isForeignDefinition(node.name.value)) continue;
    if (node.kind === Kind.DIRECTIVE_DEFINITION) {
      directives.push({
        kind: 'directive',
        coordinate: `@${node.name.value}`,
        name: node.name,
        description: node.description,
        directives: [],
        parent: null,
        isExtension: false,
        ofEnum: undefined,
        isUsed: true,
        text: print(node),
      });
    } else if (node.kind in KINDS) {
      const type = node as TypeLike;
      const known = types.get(type.name.value);
      if (known) known.push(type);
      else types.set(type.name.value, [type]);
    }
  }
  const ofTypes = [...types.values()].flatMap((nodes) => [
    ...nodes.slice(0, 1).map((first) => typeElement(nodes, first, uses)),
    ...nodes.flatMap((node) => partsOf(node, uses)),
  ]);
  return [...directives, ...ofTypes].sort((a, b) => (a.name.loc?.start ?? 0) - (b.name.loc?.start ?? 0));
}
