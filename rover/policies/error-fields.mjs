// Clients select a success and `... on Error { message code path }` of a result side by side. A success with a field of one
// of these names and another type cannot be selected so: the two conflict (GraphQL, "Field Selection Merging").
import { Kind } from 'graphql';

const named = (type) => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));
const isObject = ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION || kind === Kind.OBJECT_TYPE_EXTENSION;
const isError = (type) => type.interfaces?.some(({ name }) => name.value === 'Error');

export default {
  name: 'error-fields',
  check({ document }) {
    const types = new Map(document.definitions.filter(isObject).map((type) => [type.name.value, type]));
    const results = document.definitions.filter(({ kind }) => kind === Kind.UNION_TYPE_DEFINITION);
    return results.flatMap((union) => {
      const members = union.types.flatMap(({ name }) => types.get(name.value) ?? []);
      const [error] = members.filter(isError);
      if (!error) return [];
      const kept = new Map(error.fields.map((field) => [field.name.value, named(field.type)]));
      return members
        .filter((type) => !isError(type))
        .flatMap((type) =>
          type.fields
            .filter((field) => ['message', 'code', 'path'].includes(field.name.value))
            .filter((field) => named(field.type) !== kept.get(field.name.value))
            .map((field) => ({
              message: `clients select it beside \`... on Error { ${field.name.value} }\`, and the two conflict: give it another name`,
              coordinate: `${type.name.value}.${field.name.value}`,
              loc: field.loc,
            })),
        );
    });
  },
};
