import type { GraphQLArgument, GraphQLField, GraphQLInterfaceType, GraphQLObjectType } from 'graphql';
import { breaksInput, breaksOutput, type SchemaChange, safe } from './change.ts';
import { defaultChange, describeInputChange, inputTypeChange, isRequired } from './inputs.ts';
import { deprecationChange, descriptionChange, narrows, pairByName, typeChange } from './pairs.ts';

type OutputField = GraphQLField<unknown, unknown>;
type FieldsType = GraphQLObjectType | GraphQLInterfaceType;

/**
 * The changes of an object's or an interface's fields. Who selects a field by an interface uses the interface's field
 * alone, which stays whatever becomes of an implementation; so each type asks for its own fields only.
 */
export function diffFields(before: FieldsType, after: FieldsType): SchemaChange[] {
  const owner = before.name;
  const { added, removed, kept } = pairByName<OutputField>(
    Object.values(before.getFields()),
    Object.values(after.getFields()),
  );
  return [
    ...added.map(({ name }) => safe('FIELD_ADDED', `${owner}.${name}`, `field \`${owner}.${name}\` was added`)),
    ...removed.map(({ name }) => {
      const coordinate = `${owner}.${name}`;
      return breaksOutput('FIELD_REMOVED', coordinate, `field \`${coordinate}\` was removed`, [coordinate]);
    }),
    ...kept.flatMap(([old, now]) => keptField(`${owner}.${old.name}`, old, now)),
  ];
}

function keptField(coordinate: string, before: OutputField, after: OutputField): SchemaChange[] {
  const { added, removed, kept } = pairByName(before.args, after.args);
  return [
    ...fieldType(coordinate, before, after),
    ...descriptionChange('FIELD_DESCRIPTION_CHANGE', coordinate, before, after),
    ...deprecationChange('FIELD', coordinate, before, after),
    ...added.map((arg) => addedArgument(coordinate, arg)),
    ...removed.map((arg) => removedArgument(coordinate, arg)),
    ...kept.flatMap(([old, now]) => keptArgument(coordinate, old, now)),
  ];
}

function fieldType(coordinate: string, before: OutputField, after: OutputField): SchemaChange[] {
  if (String(before.type) === String(after.type)) return [];
  const description = typeChange(coordinate, before.type, after.type);
  if (narrows(before.type, after.type)) return [safe('FIELD_CHANGED_TYPE', coordinate, description)];
  return [breaksOutput('FIELD_CHANGED_TYPE', coordinate, description, [coordinate])];
}

function addedArgument(field: string, arg: GraphQLArgument): SchemaChange {
  const coordinate = `${field}(${arg.name}:)`;
  if (!isRequired(arg)) return safe('OPTIONAL_ARG_ADDED', coordinate, `optional argument \`${coordinate}\` was added`);
  return breaksOutput('REQUIRED_ARG_ADDED', coordinate, `required argument \`${coordinate}\` was added`, [field]);
}

function removedArgument(field: string, { name }: GraphQLArgument): SchemaChange {
  const coordinate = `${field}(${name}:)`;
  return breaksInput('ARG_REMOVED', coordinate, `argument \`${coordinate}\` was removed`, [coordinate]);
}

function keptArgument(field: string, before: GraphQLArgument, after: GraphQLArgument): SchemaChange[] {
  const coordinate = `${field}(${before.name}:)`;
  return [
    ...argumentType(field, coordinate, before, after),
    ...defaultChange(coordinate, before, after),
    ...descriptionChange('ARG_DESCRIPTION_CHANGE', coordinate, before, after),
  ];
}

function argumentType(
  field: string,
  coordinate: string,
  before: GraphQLArgument,
  after: GraphQLArgument,
): SchemaChange[] {
  const change = inputTypeChange(before, after);
  if (change === 'same') return [];
  const description = describeInputChange(coordinate, before, after);
  if (change === 'widened') return [safe('ARG_CHANGED_TYPE', coordinate, description)];
  if (change === 'narrowed') return [breaksInput('ARG_CHANGED_TYPE', coordinate, description, [coordinate])];
  // Who leaves the argument out breaks as well, and selects the field: an output that all reports tell.
  return [breaksOutput('ARG_CHANGED_TYPE_OPTIONAL_TO_REQUIRED', coordinate, description, [field])];
}
