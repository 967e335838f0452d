import './production.ts';

import { parseArgs } from 'node:util';
import { runProcess } from '@community/kit/run';
import { type Api, CliError, connect } from '../src/cli/api.ts';
import { approve, settings } from '../src/cli/checks.ts';
import { createKey, listKeys, revokeKey, rotateKey } from '../src/cli/keys.ts';
import { diff, launches, rollback } from '../src/cli/launches.ts';
import { publish } from '../src/cli/publish.ts';
import { listQueries, removeQueries } from '../src/cli/queries.ts';

const HELP = `A schema registry for federated graphs that Rover and routers speak to.

Start one (an embedded database in a folder, or the one that DATABASE_URL_REGISTRY names):
  npm run registry -- --port P --data-dir D --graph NAME [--graph NAME …]
      --host H         where to listen (127.0.0.1)
      --public-url U   where people and routers reach it (http://H:P)
      --policies F     a folder of policies of your own, which checks ask
  The first key comes from REGISTRY_KEY, or is made and printed once.

Ask a running one (--url U, default http://127.0.0.1:4800; APOLLO_KEY holds a key):
  npm run registry -- launches <graph@variant> [--first N] [--before #]
  npm run registry -- diff <graph@variant> <from #> <to #>
  npm run registry -- rollback <graph@variant> [--to #]
  npm run registry -- publish <graph@variant> --config supergraph.yaml     several subgraphs, one launch
  npm run registry -- approve <graph> <check> [--change KEY …] [--for-good]
  npm run registry -- settings <graph@variant> ['{"windowDays":7}']        how checks judge
  npm run registry -- queries list <graph@variant>
  npm run registry -- queries remove <graph@variant> <id …> [--client NAME] [--grace DAYS]
  npm run registry -- keys list <graph>
  npm run registry -- keys create <graph> --name NAME --scopes read,check,publish,router [--expires TIME]
  npm run registry -- keys rotate <graph> <id>
  npm run registry -- keys revoke <graph> <id>`;

const OPTIONS = {
  help: { type: 'boolean', default: false },
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: '4800' },
  'data-dir': { type: 'string', default: '.data/registry' },
  graph: { type: 'string', multiple: true },
  'public-url': { type: 'string' },
  policies: { type: 'string' },
  url: { type: 'string', default: process.env.REGISTRY_URL || 'http://127.0.0.1:4800' },
  first: { type: 'string', default: '20' },
  before: { type: 'string' },
  to: { type: 'string' },
  config: { type: 'string' },
  change: { type: 'string', multiple: true },
  'for-good': { type: 'boolean', default: false },
  client: { type: 'string' },
  grace: { type: 'string', default: '30' },
  name: { type: 'string' },
  scopes: { type: 'string' },
  expires: { type: 'string' },
} as const;

function whole(text: string | undefined, what: string): number {
  const value = Number(text);
  if (text === undefined || !Number.isInteger(value) || value < 0) throw new CliError(`${what} is a whole number.`);
  return value;
}

function given<T>(value: T | undefined, what: string): T {
  if (value === undefined || value === '') throw new CliError(`${what} is missing; see --help.`);
  return value;
}

type Values = ReturnType<typeof read>['values'];
const read = () => parseArgs({ allowPositionals: true, options: OPTIONS });

async function keys(api: Api, [what, graph, id]: string[], values: Values): Promise<string> {
  const graphId = given(graph, 'The graph');
  if (what === 'list') return listKeys(api, graphId);
  if (what === 'create')
    return createKey(
      api,
      graphId,
      given(values.name, '--name'),
      given(values.scopes, '--scopes').split(','),
      values.expires ?? null,
    );
  if (what === 'rotate') return rotateKey(api, graphId, given(id, 'The id of the key'));
  if (what === 'revoke') return revokeKey(api, graphId, given(id, 'The id of the key'));
  throw new CliError(`keys has list, create, rotate and revoke; see --help.`);
}

async function queries(api: Api, [what, ref, ...ids]: string[], values: Values): Promise<string> {
  const graphRef = given(ref, 'The graph ref');
  if (what === 'list') return listQueries(api, graphRef);
  if (what === 'remove') {
    given(ids[0], 'The id of an operation');
    return removeQueries(api, graphRef, ids, values.client ?? null, whole(values.grace, '--grace'));
  }
  throw new CliError('queries has list and remove; see --help.');
}

/** @returns what is to be printed */
async function ask(command: string, args: string[], values: Values): Promise<string> {
  const api = connect(values.url.replace(/\/+$/, ''), process.env.APOLLO_KEY);
  const [first, second, third] = args;
  switch (command) {
    case 'launches':
      return launches(api, given(first, 'The graph ref'), {
        first: whole(values.first, '--first'),
        ...(values.before ? { before: whole(values.before, '--before') } : {}),
      });
    case 'diff':
      return diff(
        api,
        given(first, 'The graph ref'),
        whole(second, 'The first launch'),
        whole(third, 'The second launch'),
      );
    case 'rollback':
      return rollback(api, given(first, 'The graph ref'), values.to === undefined ? null : whole(values.to, '--to'));
    case 'publish':
      return publish(api, given(first, 'The graph ref'), given(values.config, '--config'));
    case 'approve':
      return approve(
        api,
        given(first, 'The graph'),
        given(second, 'The check'),
        values.change ?? null,
        values['for-good'],
      );
    case 'settings': {
      const text = second ?? '{}';
      try {
        return await settings(api, given(first, 'The graph ref'), JSON.parse(text) as object);
      } catch (error) {
        if (error instanceof SyntaxError) throw new CliError(`The settings are not JSON: ${text}`);
        throw error;
      }
    }
    case 'keys':
      return keys(api, args, values);
    case 'queries':
      return queries(api, args, values);
    default:
      throw new CliError(`There is no command "${command}"; see --help.`);
  }
}

async function main(): Promise<void> {
  const { values, positionals } = read();
  if (values.help) return void console.log(HELP);
  const [command, ...args] = positionals;
  if (command !== undefined) return void console.log(await ask(command, args, values));
  await runProcess(async () => {
    // The whole server: a command that asks a running one need not wait for it to be loaded.
    const { serve } = await import('../src/cli/serve.ts');
    return serve({
      host: values.host,
      port: whole(values.port, '--port'),
      dataDir: values['data-dir'],
      graphs: values.graph ?? ['community'],
      publicUrl: values['public-url'],
      policies: values.policies,
    });
  });
}

try {
  await main();
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof CliError) && !code.startsWith('ERR_PARSE_ARGS')) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
