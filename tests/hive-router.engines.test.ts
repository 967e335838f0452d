import { describe, it } from 'vitest';
import { graphSuite } from './graph/graph-suite.ts';
import { liveSuite } from './live/live-suite.ts';
import { startPlatform } from './platform.ts';
import { securitySuite } from './security/security-suite.ts';

const name = 'Hive Router';
const args = ['--router', 'hive-router'];

if (process.env.HIVE_ROUTER_BIN) {
  graphSuite({ name, start: () => startPlatform({ args }), unavailable: 'SUBREQUEST_HTTP_ERROR' });
  liveSuite({ name, start: () => startPlatform({ args }), router: ['front-door', 'hive-router'] });
  securitySuite({ name, start: () => startPlatform({ args: [...args, '--production'] }) });
} else {
  describe.skip('HIVE_ROUTER_BIN is not set', () => {
    it('runs the suites of the graph, of streams and of attacks', () => {});
  });
}
