import { isDeepStrictEqual } from 'node:util';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  isNonNullType,
  print,
} from 'graphql';
import { breaksInput, dangerous, type SchemaChange, safe } from './change.ts';
import { deprecationChange, descriptionChange, narrows, pairByName, typeChange } from './pairs.ts';

/** What can be given: an argument of a field or a directive, or a field of an input object. */
export type InputValue = GraphQLArgument | GraphQLInputField;

/** Whether it must be given. */
export const isRequired = ({ type, defaultValue }: InputValue): boolean =>
  isNonNullType(type) && defaultValue === undefined;

/**
 * What a change of an input's type means for who gives it.
 * - `required`: it may no longer be left out, so that it concerns those, too, who do not give it.
 * - `narrowed`: some of what was accepted, a literal or a variable, no longer is.
 */
export function inputTypeChange(before: InputValue, after: InputValue): 'same' | 'widened' | 'narrowed' | 'required' {
  if (isRequired(after) && !isRequired(before)) return 'required';
  if (String(before.type) === String(after.type)) return 'same';
  return narrows(after.type, before.type) ? 'widened' : 'narrowed';
}

/** Says what `inputTypeChange` found: an input can become required without another type, by losing its default. */
export function describeInputChange(coordinate: string, before: InputValue, after: InputValue): string {
  if (String(before.type) === String(after.type)) return `\`${coordinate}\` lost its default value and became required`;
  return typeChange(coordinate, before.type, after.type);
}

function defaultOf({ astNode, defaultValue }: InputValue): string {
  if (defaultValue === undefined) return 'none';
  // As it was written: an object that stands for a custom scalar cannot be made a literal again.
  return `\`${astNode?.defaultValue ? print(astNode.defaultValue) : JSON.stringify(defaultValue)}\``;
}

/** The change of a default value, if it changed. It surprises who leaves the input out. */
export function defaultChange(coordinate: string, before: InputValue, after: InputValue): SchemaChange[] {
  if (isDeepStrictEqual(before.defaultValue, after.defaultValue)) return [];
  const description = `default value of \`${coordinate}\` changed from ${defaultOf(before)} to ${defaultOf(after)}`;
  return [dangerous('ARG_DEFAULT_VALUE_CHANGE', coordinate, description)];
}

/** The changes of an input object's fields. */
export function diffInputObject(before: GraphQLInputObjectType, after: GraphQLInputObjectType): SchemaChange[] {
  const input = before.name;
  const { added, removed, kept } = pairByName(Object.values(before.getFields()), Object.values(after.getFields()));
  return [
    ...added.map((field) => addedField(input, field)),
    ...removed.map(({ name }) => {
      const coordinate = `${input}.${name}`;
      const description = `input field \`${coordinate}\` was removed`;
      return breaksInput('FIELD_REMOVED_FROM_INPUT_OBJECT', coordinate, description, [coordinate]);
    }),
    ...kept.flatMap(([old, now]) => keptField(input, old, now)),
  ];
}

function addedField(input: string, field: GraphQLInputField): SchemaChange {
  const coordinate = `${input}.${field.name}`;
  if (!isRequired(field))
    return safe('NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT', coordinate, `optional input field \`${coordinate}\` was added`);
  const description = `required input field \`${coordinate}\` was added`;
  return breaksInput('NON_NULLABLE_FIELD_ADDED_TO_INPUT_OBJECT', coordinate, description, [input]);
}

function keptField(input: string, before: GraphQLInputField, after: GraphQLInputField): SchemaChange[] {
  const coordinate = `${input}.${before.name}`;
  return [
    ...fieldType(input, coordinate, before, after),
    ...defaultChange(coordinate, before, after),
    ...descriptionChange('FIELD_DESCRIPTION_CHANGE', coordinate, before, after),
    ...deprecationChange('FIELD', coordinate, before, after),
  ];
}

function fieldType(
  input: string,
  coordinate: string,
  before: GraphQLInputField,
  after: GraphQLInputField,
): SchemaChange[] {
  const change = inputTypeChange(before, after);
  if (change === 'same') return [];
  const code = 'FIELD_ON_INPUT_OBJECT_CHANGED_TYPE';
  const description = describeInputChange(coordinate, before, after);
  if (change === 'widened') return [safe(code, coordinate, description)];
  return [breaksInput(code, coordinate, description, [change === 'required' ? input : coordinate])];
}
