import { hiveRouterProgram } from '@community/testing/hive-router';
import { describe, it } from 'vitest';
import { traceSuite } from './trace-suite.ts';

if (hiveRouterProgram())
  traceSuite('Hive Router', ['community-front-door', 'community-hive-router'], async (run) => {
    const router = await run(
      'router/hive-router/src/main.ts',
      async (at) => (await fetch(`http://127.0.0.1:${at}/readiness`)).ok,
    );
    const base = `http://127.0.0.1:${router.port}`;
    const door = await run(
      'router/front-door/src/main.ts',
      async (at) => (await fetch(`http://127.0.0.1:${at}/ready`)).ok,
      { ENGINE_URL: `${base}/graphql`, ENGINE_READY_URL: `${base}/readiness` },
    );
    return {
      url: `http://127.0.0.1:${door.port}/graphql`,
      async stop() {
        await door.stop();
        await router.stop();
      },
    };
  });
else describe.skip('HIVE_ROUTER_BIN is not set', () => it('tells a collector of traces of each request', () => {}));
