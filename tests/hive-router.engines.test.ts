import { describe, it } from 'vitest';
import { liveSuite } from './live/live-suite.ts';
import { startPlatform } from './platform.ts';

if (process.env.HIVE_ROUTER_BIN) {
  liveSuite({
    name: 'Hive Router',
    start: () => startPlatform({ args: ['--router', 'hive-router'] }),
    router: ['front-door', 'hive-router'],
  });
} else {
  describe.skip('HIVE_ROUTER_BIN is not set', () => {
    it('runs the live suite', () => {});
  });
}
