import { Refusal } from './refusal.ts';

/** Apollo's own rule for graph ids and variants: they stand in graph refs, which people type. */
const NAME = /^[A-Za-z][\w-]{0,62}$/;
const SUBGRAPH = /^[A-Za-z_][\w-]{0,62}$/;

function checked(what: string, name: string, form: RegExp): string {
  if (form.test(name)) return name;
  const shown = name.length > 70 ? `${name.slice(0, 70)}… (${name.length} characters)` : name;
  throw new Refusal(
    'BAD_INPUT',
    `The ${what} "${shown}" is not usable: a letter, then up to 62 letters, digits, "-" or "_".`,
  );
}

/** @throws Refusal */
export const checkedVariantName = (name: string): string => checked('variant name', name, NAME);
/** @throws Refusal */
export const checkedGraphId = (id: string): string => checked('graph id', id, NAME);
/** @throws Refusal */
export const checkedSubgraphName = (name: string): string => checked('subgraph name', name, SUBGRAPH);

export interface GraphRef {
  readonly graphId: string;
  readonly variant: string;
}

/** Reads `graph@variant`; without a variant it is `current`, as Rover has it. */
export function parseGraphRef(ref: string): GraphRef {
  const [graphId = '', variant = 'current'] = ref.split('@', 2);
  return { graphId, variant };
}

export const printGraphRef = ({ graphId, variant }: GraphRef): string => `${graphId}@${variant}`;
