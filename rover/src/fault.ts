import { type DefinitionNode, type DocumentNode, type GraphQLError, Kind, type Location } from 'graphql';

/** A fault of a composition: one line that names subgraph, type and field, and its code in the field's usual terms. */
export interface CompositionFault {
  readonly message: string;
  readonly code: string;
  readonly subgraph: string | null;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
}

const contains = (loc: Location | undefined, position: number) =>
  loc !== undefined && loc.start <= position && position <= loc.end;

const definitionName = (definition: DefinitionNode) =>
  'name' in definition && definition.name ? definition.name.value : undefined;

/** The type, or the field of it, that stands at a position of an SDL, such as `Post.author`. */
function coordinateAt(document: DocumentNode, line: number, column: number): string | undefined {
  const body = document.loc?.source.body;
  if (body === undefined) return undefined;
  const before = body.split('\n', line - 1);
  const position = before.reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  const definition = document.definitions.find(({ loc }) => contains(loc, position));
  const type = definition && definitionName(definition);
  if (!type || definition.kind === Kind.OPERATION_DEFINITION) return type;
  const fields = 'fields' in definition ? definition.fields : undefined;
  const field = fields?.find(({ loc }) => contains(loc, position));
  return field ? `${type}.${field.name.value}` : type;
}

/** What cannot be reached by any way from one subgraph to another. */
function describeUnreachable(message: string): string {
  const [asked = '', reasons = ''] = message.split('cannot be satisfied by the subgraphs because:');
  const query = asked.replace('The following supergraph API query:', '');
  const fields = [...new Set([...reasons.matchAll(/cannot find field "([^"]+)"/g)].map((match) => match[1]))];
  const ways = reasons
    .split('\n')
    .map((line) => line.replace(/^\s*-\s*/, '').replace(/\.$/, ''))
    .filter(Boolean);
  return `${fields.join(', ') || 'a field'} cannot be reached: ${ways.join('; ').replaceAll(':;', ':')}; asked as ${query}`;
}

/**
 * A fault of composition in one line: the subgraphs, the type and the field it is about, what is wrong, and its code.
 * @param documents the subgraphs' SDL, by name, to find the field at a location
 */
export function describeFault(fault: GraphQLError, documents: ReadonlyMap<string, DocumentNode>): CompositionFault {
  const code = String(fault.extensions.code ?? 'COMPOSITION_ERROR');
  const subgraph = typeof fault.extensions.subgraphName === 'string' ? fault.extensions.subgraphName : undefined;
  const text = code === 'SATISFIABILITY_ERROR' ? describeUnreachable(fault.message) : fault.message;
  const message = (subgraph ? text.replace(`[${subgraph}] `, '') : text).replace(/\s+/g, ' ').trim();
  const [at] = fault.locations ?? [];
  const document = subgraph === undefined ? undefined : documents.get(subgraph);
  const coordinate = at && document ? coordinateAt(document, at.line, at.column) : undefined;
  const place = at && subgraph ? `line ${at.line}` : undefined;
  return {
    message: `${[subgraph, coordinate, place, message].filter(Boolean).join(': ')} (${code})`,
    code,
    subgraph: subgraph ?? null,
    locations: (fault.locations ?? []).map(({ line, column }) => ({ line, column })),
  };
}
