import { hiveRouterProgram } from '@community/testing/hive-router';
import { describe, it } from 'vitest';
import { startDoor } from './door.ts';
import { traceSuite } from './trace-suite.ts';

if (hiveRouterProgram())
  traceSuite('Hive Router', async (run, config) => {
    const router = await run(
      'router/hive-router/src/main.ts',
      async (at) => (await fetch(`http://127.0.0.1:${at}/readiness`)).ok,
    );
    const door = await startDoor(`http://127.0.0.1:${router.port}`, config);
    return {
      url: door.url,
      async stop() {
        await door.stop();
        await router.stop();
      },
    };
  });
else describe.skip('HIVE_ROUTER_BIN is not set', () => it('tells a collector of traces of each request', () => {}));
