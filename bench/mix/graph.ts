import type { Graph } from '../../tests/conformance/engines.ts';
import type { TestPlatform } from '../../tests/platform.ts';

/** The subgraphs of a platform, for another engine in front of them. */
export function graphOf(platform: TestPlatform): Graph {
  const { services } = platform.runtime();
  const subgraphs = ['auth', 'user', 'content', 'chat', 'notification'];
  return {
    subgraphUrls: Object.fromEntries(subgraphs.map((name) => [name, services[name]?.url ?? ''])),
    routerSecret: services.user?.env.ROUTER_SECRET ?? '',
  };
}
