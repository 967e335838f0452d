import { startGateway } from '../src/gateway.ts';
import { movedFieldSuite } from './moved-field-suite.ts';

movedFieldSuite('our gateway', async (graph, overrideLabels) => {
  const { port, stop } = await startGateway({ ...graph.config, overrideLabels });
  return { url: `http://127.0.0.1:${port}/graphql`, stop };
});
