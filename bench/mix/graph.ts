import type { Graph } from '../../tests/conformance/engines.ts';
import type { TestPlatform } from '../../tests/platform.ts';

/** As the launcher runs the gateway. */
export const NODE_FLAGS = ['--max-semi-space-size=64'];

/** The subgraphs of a platform, for another engine in front of them. */
export function graphOf(platform: TestPlatform): Graph {
  const { services } = platform.runtime();
  const subgraphs = ['auth', 'user', 'content', 'chat', 'notification'];
  return {
    subgraphUrls: Object.fromEntries(subgraphs.map((name) => [name, services[name]?.url ?? ''])),
    routerSecret: services.user?.env.ROUTER_SECRET ?? '',
  };
}
