import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { LIMITS } from './engine-settings.ts';

/** What of an operation is about the schema. Its lists are held to a depth by validation, and the standard question of
 * tools is deeper than an operation may be. */
const OF_THE_SCHEMA = new Set(['__schema', '__type']);

/** Rows of a list when an operation does not say how many. */
const DEFAULT_PAGE = 20;

interface Totals {
  depth: number;
  aliases: number;
  directives: number;
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}

function tooMany(what: string, count: number, limit: number, advice: string): GraphQLError {
  return refusal('LIMIT_EXCEEDED', `The operation has ${what} ${count}, and ${limit} is the most: ${advice}.`);
}

function numberOf(
  value: ValueNode,
  variables: Readonly<Record<string, unknown>>,
  defaults: ReadonlyMap<string, ValueNode>,
): number | undefined {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return undefined;
  const given = variables[value.name.value];
  if (typeof given === 'number') return given;
  const preset = defaults.get(value.name.value);
  return given === undefined && preset?.kind === Kind.INT ? Number(preset.value) : undefined;
}

/**
 * Refuses an operation that asks too much. Fragments in a circle are walked once: validation refuses them.
 * @throws GraphQLError LIMIT_EXCEEDED saying what, how much is allowed and what to do; BAD_USER_INPUT for a page size
 */
export function checkLimits(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const defaults = new Map(
    (operation.variableDefinitions ?? []).flatMap((node) =>
      node.defaultValue ? [[node.variable.name.value, node.defaultValue] as const] : [],
    ),
  );
  const totals: Totals = { depth: 0, aliases: 0, directives: 0 };
  /** Those that are walked through at the moment. */
  const open = new Set<FragmentDefinitionNode>();

  /** @returns how many objects a selection returns at most */
  function walk(selectionSet: SelectionSetNode, depth: number): number {
    totals.depth = Math.max(totals.depth, depth);
    // Checked on the way, so that a bomb of nested fragments is not walked to its end.
    if (totals.depth > LIMITS.depth)
      throw tooMany('a depth of', totals.depth, LIMITS.depth, 'ask for the inner parts in an operation of their own');
    let cost = 0;
    for (const selection of selectionSet.selections) {
      totals.directives += selection.directives?.length ?? 0;
      if (totals.directives > LIMITS.directives)
        throw tooMany('directives:', totals.directives, LIMITS.directives, 'leave some out');
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (!fragment || open.has(fragment)) continue;
        open.add(fragment);
        cost += walk(fragment.selectionSet, depth);
        open.delete(fragment);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) cost += walk(selection.selectionSet, depth);
      else {
        if (selection.alias) totals.aliases += 1;
        if (totals.aliases > LIMITS.aliases)
          throw tooMany('aliases:', totals.aliases, LIMITS.aliases, 'send several operations');
        if (!selection.selectionSet || OF_THE_SCHEMA.has(selection.name.value)) continue;
        const isConnection = selection.selectionSet.selections.some(
          (inner) => inner.kind === Kind.FIELD && (inner.name.value === 'edges' || inner.name.value === 'pageInfo'),
        );
        const paging = selection.arguments?.find(
          (argument) => argument.name.value === 'first' || argument.name.value === 'last',
        );
        const asked = paging ? numberOf(paging.value, variables, defaults) : undefined;
        if (asked !== undefined && (asked < 1 || asked > LIMITS.pageSize)) {
          throw refusal(
            'BAD_USER_INPUT',
            `\`${paging?.name.value}\` of ${selection.name.value} must be from 1 to ${LIMITS.pageSize}, not ${asked}.`,
          );
        }
        const rows = asked ?? (paging || isConnection ? DEFAULT_PAGE : 1);
        cost += 1 + rows * walk(selection.selectionSet, depth + 1);
      }
      if (cost > LIMITS.cost)
        throw tooMany('a cost of at least', cost, LIMITS.cost, 'ask for smaller pages or fewer nested lists');
    }
    return Math.max(cost, 1);
  }

  walk(operation.selectionSet, 1);
}
