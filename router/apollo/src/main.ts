import { runProgram } from '@community/kit/program';
import { runProcess } from '@community/kit/run';

/** Runs the real Apollo Router as one of the platform's services. */
await runProcess(async () => {
  const { APOLLO_ROUTER_BIN: program = 'router', SUPERGRAPH_PATH: supergraph = 'router/supergraph.graphql' } =
    process.env;
  const args = ['--config', 'router/apollo/router.yaml', '--supergraph', supergraph, '--hot-reload', '--log', 'warn'];
  const router = runProgram('the Apollo Router', [program, ...args], {
    ...process.env,
    APOLLO_TELEMETRY_DISABLED: 'true',
  });
  return { port: Number(process.env.PORT), stop: router.stop };
});
