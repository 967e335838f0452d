import { randomFrom } from '@community/import/generate/random';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"]) @contact(name: "team", description: "Owns it.")\ndirective @contact(name: String!, url: String, description: String) on SCHEMA\n';
/** Types of a subgraph that are no plain objects: its entity, an enum, an input, an interface and a union. */
const SPECIAL = 5;

export interface GeneratedSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

/** Numbers below a limit, from a seed, so that every run has the same graph. */
function numbers(seed: number): (below: number) => number {
  const random = randomFrom(seed);
  return (below) => (random() * 2 ** 32) % below;
}

function objectType(subgraph: number, index: number, random: (below: number) => number): string {
  const fields = Array.from({ length: 5 + random(6) }, (_, field) => {
    const argument = random(3) === 0 ? `(first: Int = 10, sort: Sort${subgraph})` : '';
    const type =
      index > 0 && random(4) === 0 ? `[T${subgraph}x${random(index)}!]` : ['String', 'Int!', 'Boolean'][random(3)];
    const directive =
      random(12) === 0
        ? ' @deprecated(reason: "Use another; stays until 2027-03-31.")'
        : random(6) === 0
          ? ' @tag(name: "public")'
          : '';
    return `  "Field ${field}."\n  f${field}${argument}: ${type}${directive}`;
  });
  return `"""Type ${index} of subgraph ${subgraph}."""\ntype T${subgraph}x${index} implements Named${subgraph} {\n  name: String\n${fields.join('\n')}\n}\n`;
}

/**
 * A deterministic graph of many subgraphs: each has an entity that two others extend, plain types, an interface, a union,
 * an enum and an input.
 * @param types of all subgraphs together, about
 */
export function generateGraph(subgraphs: number, types: number, seed = 1): GeneratedSubgraph[] {
  const random = numbers(seed);
  const plain = Math.max(2, Math.round(types / subgraphs) - SPECIAL);
  return Array.from({ length: subgraphs }, (_, i) => {
    const objects = Array.from({ length: plain }, (_unused, index) => objectType(i, index, random)).join('');
    const extended = [...new Set([(i + 1) % subgraphs, (i + 7) % subgraphs])]
      .filter((other) => other !== i)
      .map((other) => `type E${other} @key(fields: "id") { id: ID! from${i}: T${i}x0 }\n`)
      .join('');
    const sdl = `${LINK}type Query { entity${i}(id: ID!): E${i} list${i}(filter: Filter${i}, first: Int): [T${i}x${plain - 1}!]! any${i}: Either${i} }
"""The entity of subgraph ${i}."""
type E${i} @key(fields: "id") { id: ID! name: String! latest: T${i}x${plain - 1} }
interface Named${i} { name: String }
union Either${i} = T${i}x0 | T${i}x1
enum Sort${i} { NEWEST OLDEST NAME }
input Filter${i} { text: String sort: Sort${i} limit: Int = 20 }
${extended}${objects}`;
    return { name: `s${i}`, url: `http://s${i}/graphql`, sdl };
  });
}
