// A reference into another domain is nullable, so that one domain that is down costs its own fields only. A type is
// another domain's where this subgraph extends it by its key alone: every field of it is the key or external.
import { Kind } from 'graphql';

const named = (type) => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));
/** Whether the thing itself may not be null; a list of things that may be is not. */
const demanded = (type) =>
  type.kind === Kind.NON_NULL_TYPE
    ? type.type.kind === Kind.NAMED_TYPE || demanded(type.type)
    : type.kind === Kind.LIST_TYPE && demanded(type.type);
const directive = (node, name) => node.directives?.find((each) => each.name.value === name);

function isReference(type) {
  const key = directive(type, 'key')?.arguments?.find(({ name }) => name.value === 'fields')?.value.value;
  if (!key) return false;
  const keys = key.split(/\s+/);
  const unresolvable = directive(type, 'key')?.arguments?.some(
    ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
  );
  return unresolvable || type.fields.every((field) => keys.includes(field.name.value) || directive(field, 'external'));
}

export default {
  name: 'nullable-references',
  check({ document }) {
    const objects = document.definitions.filter(
      ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION,
    );
    const references = new Set(objects.filter(isReference).map(({ name }) => name.value));
    return objects.flatMap((type) =>
      type.fields
        .filter((field) => demanded(field.type) && references.has(named(field.type)))
        .map((field) => ({
          message: `${named(field.type)} is another domain's: make the field nullable, or that domain's failure takes ${type.name.value} with it`,
          coordinate: `${type.name.value}.${field.name.value}`,
          loc: field.loc,
        })),
    );
  },
};
