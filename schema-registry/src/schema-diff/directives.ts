import {
  DirectiveLocation,
  type GraphQLArgument,
  type GraphQLDirective,
  type GraphQLSchema,
  isSpecifiedDirective,
} from 'graphql';
import { type ChangeCode, dangerous, type SchemaChange, safe } from './change.ts';
import { defaultChange, describeInputChange, inputTypeChange, isRequired } from './inputs.ts';
import { pairByName, quoted } from './pairs.ts';

const EXECUTABLE: ReadonlySet<string> = new Set([
  DirectiveLocation.QUERY,
  DirectiveLocation.MUTATION,
  DirectiveLocation.SUBSCRIPTION,
  DirectiveLocation.FIELD,
  DirectiveLocation.FRAGMENT_DEFINITION,
  DirectiveLocation.FRAGMENT_SPREAD,
  DirectiveLocation.INLINE_FRAGMENT,
  DirectiveLocation.VARIABLE_DEFINITION,
]);

const isExecutable = (locations: readonly string[]) => locations.some((location) => EXECUTABLE.has(location));

type Say = (code: ChangeCode, coordinate: string, description: string) => SchemaChange;

/**
 * The changes of directives. Usage records no directives, so nobody can be asked for: what may break a document is
 * dangerous, and all is safe about directives that documents cannot hold.
 */
export function diffDirectives(before: GraphQLSchema, after: GraphQLSchema): SchemaChange[] {
  const own = (schema: GraphQLSchema) => schema.getDirectives().filter((directive) => !isSpecifiedDirective(directive));
  const { added, removed, kept } = pairByName<GraphQLDirective>(own(before), own(after));
  return [
    ...added.map(({ name }) => safe('DIRECTIVE_ADDED', `@${name}`, `directive \`@${name}\` was added`)),
    ...removed.map(({ name, locations }) => {
      const say = isExecutable(locations) ? dangerous : safe;
      return say('DIRECTIVE_REMOVED', `@${name}`, `directive \`@${name}\` was removed`);
    }),
    ...kept.flatMap(([old, now]) => [...diffLocations(old, now), ...diffArguments(old, now)]),
  ];
}

function diffLocations(before: GraphQLDirective, after: GraphQLDirective): SchemaChange[] {
  const coordinate = `@${before.name}`;
  const added = after.locations.filter((location) => !before.locations.includes(location));
  const removed = before.locations.filter((location) => !after.locations.includes(location));
  const changes: SchemaChange[] = [];
  if (added.length > 0)
    changes.push(
      safe('DIRECTIVE_LOCATION_ADDED', coordinate, `directive \`${coordinate}\` may stand on ${quoted(added)}`),
    );
  if (removed.length > 0) {
    const say = isExecutable(removed) ? dangerous : safe;
    const description = `directive \`${coordinate}\` may no longer stand on ${quoted(removed)}`;
    changes.push(say('DIRECTIVE_LOCATION_REMOVED', coordinate, description));
  }
  return changes;
}

function diffArguments(before: GraphQLDirective, after: GraphQLDirective): SchemaChange[] {
  const at = ({ name }: GraphQLArgument) => `@${before.name}(${name}:)`;
  const risky: Say = isExecutable(before.locations) ? dangerous : safe;
  const { added, removed, kept } = pairByName(before.args, after.args);
  return [
    ...added.map((arg) => {
      const [say, kind] = isRequired(arg) ? [risky, 'required'] : [safe, 'optional'];
      return say('DIRECTIVE_ARG_ADDED', at(arg), `${kind} argument \`${at(arg)}\` was added`);
    }),
    ...removed.map((arg) => risky('DIRECTIVE_ARG_REMOVED', at(arg), `argument \`${at(arg)}\` was removed`)),
    ...kept.flatMap(([old, now]) => keptArgument(at(old), risky, old, now)),
  ];
}

function keptArgument(coordinate: string, risky: Say, before: GraphQLArgument, after: GraphQLArgument): SchemaChange[] {
  const change = inputTypeChange(before, after);
  const description = describeInputChange(coordinate, before, after);
  const say = change === 'widened' ? safe : risky;
  const type = change === 'same' ? [] : [say('DIRECTIVE_ARG_CHANGED_TYPE', coordinate, description)];
  const defaults = defaultChange(coordinate, before, after);
  return [...type, ...defaults.map(({ code, description }) => risky(code, coordinate, description))];
}
