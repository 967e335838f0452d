import type { GraphQLEnumType, GraphQLEnumValue } from 'graphql';
import { breaksInput, dangerous, type SchemaChange, safe } from './change.ts';
import { deprecationChange, descriptionChange, pairByName } from './pairs.ts';

/**
 * The changes of an enum's values.
 * @param returned whether a field returns the enum, so that clients meet values that they do not know
 */
export function diffEnum(before: GraphQLEnumType, after: GraphQLEnumType, returned: boolean): SchemaChange[] {
  const { added, removed, kept } = pairByName<GraphQLEnumValue>(before.getValues(), after.getValues());
  const at = ({ name }: GraphQLEnumValue) => `${before.name}.${name}`;
  const add = returned ? dangerous : safe;
  return [
    ...added.map((value) => add('VALUE_ADDED_TO_ENUM', at(value), `enum value \`${at(value)}\` was added`)),
    // Only who gives the value breaks: that fields no longer return it makes no document invalid.
    ...removed.map((value) =>
      breaksInput('VALUE_REMOVED_FROM_ENUM', at(value), `enum value \`${at(value)}\` was removed`, [at(value)]),
    ),
    ...kept.flatMap(([old, now]) => [
      ...descriptionChange('ENUM_VALUE_DESCRIPTION_CHANGE', at(old), old, now),
      ...deprecationChange('ENUM', at(old), old, now),
    ]),
  ];
}
