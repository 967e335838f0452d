import { type DocumentNode, Kind, visit } from 'graphql';

/** What the types of a document are to each other. */
export interface Uses {
  /** Whether the document itself says that it is an enum. */
  readonly isEnum: (type: string) => boolean;
  /** Whether something comes to it: another definition, the gateway, or an interface that is returned. */
  readonly isUsed: (type: string) => boolean;
}

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** Reads who refers to whom in a document. */
export function usesOf(document: DocumentNode): Uses {
  const enums = new Set<string>();
  const referred = new Set(ROOTS);
  const implemented = new Set<string>();
  const interfaces = new Map<string, string[]>();
  for (const node of document.definitions) {
    const owner = 'name' in node ? node.name?.value : undefined;
    if (owner !== undefined && (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_EXTENSION))
      enums.add(owner);
    // The gateway comes to an entity by its key, whether or not a field of this subgraph returns it.
    if (owner !== undefined && node.directives?.some(({ name }) => /^(federation__)?key$/.test(name.value)))
      referred.add(owner);
    visit(node, {
      NamedType({ name: { value } }, _key, _parent, path) {
        if (path[0] === 'interfaces' && owner !== undefined) {
          implemented.add(value);
          interfaces.set(owner, [...(interfaces.get(owner) ?? []), value]);
        } else if (value !== owner) referred.add(value); // by itself alone, a type is not used
      },
    });
  }
  return {
    isEnum: (type) => enums.has(type),
    // An object need not be referred to by name when an interface of it is: clients come to it through that.
    isUsed: (type) =>
      referred.has(type) ||
      implemented.has(type) ||
      (interfaces.get(type) ?? []).some((implementedType) => referred.has(implementedType)),
  };
}
