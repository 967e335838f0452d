import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { composeSupergraph } from '../src/compose.ts';

// Rover calls this as its plugin: `supergraph compose <file.yaml>`, and reads one line of JSON.
const config = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.string().nullish(), schema: z.object({ sdl: z.string() }) }),
  ),
});

const fault = (message: string, code: string | null) => ({
  message,
  code,
  type: 'composition',
  nodes: [],
  omittedNodesCount: 0,
});

function compose(file: string | undefined): { Ok: object } | { Err: object } {
  try {
    const { subgraphs } = config.parse(parse(readFileSync(String(file), 'utf8')));
    const composed = composeSupergraph(
      Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => ({
        name,
        url: url ?? '',
        sdl: schema.sdl,
      })),
    );
    if (!('errors' in composed)) return { Ok: { supergraphSdl: composed.supergraph, hints: [] } };
    return { Err: { build_errors: composed.errors.map(({ message, code }) => fault(message, code)) } };
  } catch (error) {
    return { Err: { build_errors: [fault(error instanceof Error ? error.message : String(error), null)] } };
  }
}

const [command, file] = process.argv.slice(2);
if (command !== 'compose') {
  console.error('Rover calls this with: compose <file.yaml>');
  process.exitCode = 2;
} else {
  const result = compose(file);
  console.log(JSON.stringify(result));
  process.exitCode = 'Ok' in result ? 0 : 1;
}
