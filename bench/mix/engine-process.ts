import { type Graph, startApolloGateway, startOurs } from '../../tests/conformance/engines.ts';

/** An engine that runs in Node, as a process of its own: `ENGINE` says which, `GRAPH` over which subgraphs. */
const graph = JSON.parse(process.env.GRAPH ?? '') as Graph;
const engine = await (process.env.ENGINE === 'ours'
  ? startOurs(graph, { production: true })
  : startApolloGateway(graph));
process.send?.(engine.url);
// Whoever started it may be killed.
process.once('disconnect', () => process.exit());
