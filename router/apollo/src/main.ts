import { spawn } from 'node:child_process';

/** Runs the real Apollo Router as one of the platform's services: it stops with this process, and this one with it. */
const { APOLLO_ROUTER_BIN: program = 'router', SUPERGRAPH_PATH: supergraph = 'router/supergraph.graphql' } =
  process.env;
const child = spawn(
  program,
  ['--config', 'router/apollo/router.yaml', '--supergraph', supergraph, '--hot-reload', '--log', 'warn'],
  { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, APOLLO_TELEMETRY_DISABLED: 'true' } },
);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
process.on('exit', () => child.kill('SIGKILL'));
child.once('error', (error) => {
  console.error(`the Apollo Router cannot be run: ${error.message}`);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
