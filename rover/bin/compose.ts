import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { composeSupergraph, type SubgraphSource } from '../src/compose.ts';
import { readContracts } from '../src/contracts.ts';
import { readSubgraphs } from '../src/supergraph-config.ts';

const HELP = `Composes the subgraphs of rover/supergraph.yaml into router/supergraph.graphql, and tries the contracts of
rover/contracts.json.

  npm run compose                       write
  npm run compose -- --check            exit 1 when the committed file differs
  npm run compose -- --only auth,user   only these subgraphs
  npm run compose -- --output FILE      write elsewhere`;

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What keeps the contracts of the graph from being composed: a registry would refuse to launch them. */
function faultsOfContracts(subgraphs: readonly SubgraphSource[], file: string): string[] {
  return Object.entries(readContracts(readFileSync(file, 'utf8'))).flatMap(([name, filter]) => {
    const composed = composeSupergraph(subgraphs, filter);
    return 'errors' in composed ? composed.errors.map(({ message }) => `the contract "${name}": ${message}`) : [];
  });
}

/** @returns the exit code */
function main(): number {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      only: { type: 'string' },
      output: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const rover = path.resolve(import.meta.dirname, '..');
  const output = path.resolve(values.output ?? path.join(rover, '../router/supergraph.graphql'));
  const shown = path.relative(process.cwd(), output);
  const read = readSubgraphs(
    path.join(rover, 'supergraph.yaml'),
    values.only?.split(',').map((name) => name.trim()),
  );
  const composed = 'errors' in read ? read : composeSupergraph(read.subgraphs);
  if ('errors' in composed) {
    for (const error of composed.errors) console.error(typeof error === 'string' ? error : error.message);
    return 1;
  }
  // Some subgraphs alone do not make a whole contract.
  const faults =
    'errors' in read || values.only ? [] : faultsOfContracts(read.subgraphs, path.join(rover, 'contracts.json'));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) return 1;
  if (readOrEmpty(output) === composed.supergraph) return 0;
  if (values.check) {
    console.error(`${shown} differs from the subgraphs: run npm run compose and commit the file`);
    return 1;
  }
  // A gateway may be watching the file: it must never see half of it.
  const temporary = `${output}.${process.pid}.tmp`;
  writeFileSync(temporary, composed.supergraph);
  renameSync(temporary, output);
  console.log(`wrote ${shown}`);
  return 0;
}

process.exitCode = main();
