import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartError } from '@community/database/start-error';

export interface StartOptions {
  readonly command: 'start' | 'dev';
  /** The subgraphs to run, all when undefined. */
  readonly only: readonly string[] | undefined;
  readonly port: number;
  readonly dataDir: string;
  readonly sampleData: boolean;
  readonly production: boolean;
  /** The engine that plans and joins: `gateway`, or the name of one that runs behind it. */
  readonly router: string;
  /** Runs the one subgraph of `only` in place of the same one of a running graph. */
  readonly join: boolean;
}

export interface ResetOptions {
  readonly command: 'reset';
  readonly dataDir: string;
  readonly yes: boolean;
}

export type Options = StartOptions | ResetOptions | { readonly command: 'help'; readonly text: string };

const flags = {
  only: { type: 'string' },
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  'no-sample-data': { type: 'boolean' },
  production: { type: 'boolean' },
  router: { type: 'string' },
  join: { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flag = keyof typeof flags;

const meanings: Record<Flag, [form: string, meaning: string]> = {
  only: ['--only user,content', 'run these subgraphs and the graph that they make'],
  port: ['--port 4000', "the graph's port; also by the variable PORT"],
  'data-dir': ['--data-dir .data', 'where databases, secrets and logs are kept'],
  'no-sample-data': ['--no-sample-data', 'start with an empty community'],
  production: ['--production', 'no sample data, no GraphiQL, logs as JSON on stdout; HOST says where to listen'],
  router: [
    '--router NAME',
    'apollo: the Apollo Router of APOLLO_ROUTER_BIN plans and joins, behind the gateway; hive-router: Hive Router of HIVE_ROUTER_BIN answers, behind the front door',
  ],
  join: ['--join', 'with --only: take over one subgraph of the graph that runs with this data folder'],
  yes: ['--yes', 'do not ask'],
  help: ['--help', 'this text'],
};

const commands: Record<'start' | 'dev' | 'reset', { usage: string; says: string; takes: Flag[] }> = {
  start: {
    usage: 'npm start',
    says: 'Starts everything: databases, subgraphs and the gateway.',
    takes: ['only', 'port', 'data-dir', 'no-sample-data', 'production', 'router', 'help'],
  },
  dev: {
    usage: 'npm run dev',
    says: 'Starts everything, and again what you edit.',
    takes: ['only', 'join', 'port', 'data-dir', 'no-sample-data', 'help'],
  },
  reset: {
    usage: 'npm run reset',
    says: 'Deletes the databases, secrets and logs of the data folder.',
    takes: ['data-dir', 'yes', 'help'],
  },
};

function helpOf(command: keyof typeof commands): string {
  const { usage, says, takes } = commands[command];
  const rows = takes.map((flag) => `  ${meanings[flag][0].padEnd(22)}${meanings[flag][1]}`);
  return `${says}\n\n  ${usage} -- [options]\n\n${rows.join('\n')}\n`;
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new StartError(`${text} is not a port: give a number from 1 to 65535, such as --port 4000.`);
}

/**
 * Reads the command line.
 * @param root the repository's folder; the data folder is `.data` in it unless told
 * @throws StartError in one line for an unknown command or option, or a value that cannot be used
 */
export function readOptions(root: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Options {
  const [first = 'start', ...rest] = args;
  if (first === '--help' || first === '-h')
    return { command: 'help', text: (['start', 'dev', 'reset'] as const).map(helpOf).join('\n') };
  const command = first.startsWith('-') ? 'start' : first;
  if (!(command in commands))
    throw new StartError(`There is no command "${command}": use start, dev or reset, or --help.`);
  const known = command as keyof typeof commands;
  const { usage, takes } = commands[known];
  const help = `See \`${usage} -- --help\`.`;

  const { values, tokens } = parseArgs({
    args: first.startsWith('-') ? [...args] : rest,
    options: flags,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') throw new StartError(`"${token.value}" is not understood here. ${help}`);
    if (token.kind !== 'option') continue;
    if (!takes.includes(token.name as Flag)) throw new StartError(`Unknown option ${token.rawName}. ${help}`);
    const wantsValue = flags[token.name as Flag].type === 'string';
    if (wantsValue && !token.value)
      throw new StartError(`${token.rawName} needs a value, such as ${meanings[token.name as Flag][0]}. ${help}`);
    if (!wantsValue && token.value !== undefined) throw new StartError(`${token.rawName} takes no value. ${help}`);
  }

  if (values.help) return { command: 'help', text: helpOf(known) };
  const given = values['data-dir'];
  // npm runs scripts in the repository's folder; INIT_CWD is where the user typed.
  const dataDir = typeof given === 'string' ? resolve(env.INIT_CWD ?? process.cwd(), given) : join(root, '.data');
  if (known === 'reset') return { command: known, dataDir, yes: values.yes === true };

  const only =
    typeof values.only === 'string'
      ? values.only
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean)
      : undefined;
  const joining = values.join === true;
  if (joining && only?.length !== 1)
    throw new StartError('--join takes over one subgraph: name it, for instance --only content --join.');
  return {
    command: known,
    only,
    port: portOf(typeof values.port === 'string' ? values.port : env.PORT || '4000'),
    dataDir,
    sampleData: values['no-sample-data'] !== true && values.production !== true,
    production: values.production === true,
    router: typeof values.router === 'string' ? values.router : 'gateway',
    join: joining,
  };
}
