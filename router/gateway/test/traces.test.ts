import { traceSuite } from './trace-suite.ts';

traceSuite('our gateway', ['community-gateway'], async (run) => {
  const { port, stop } = await run(
    'router/gateway/src/main.ts',
    async (at) => (await fetch(`http://127.0.0.1:${at}/ready`)).ok,
  );
  return { url: `http://127.0.0.1:${port}/graphql`, stop };
});
