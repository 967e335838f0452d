import { startRedis } from '@community/engines/redis';
import { engineOrReason } from '@community/engines/testing';
import { createEphemeral } from '@community/ephemeral/create-ephemeral';
import { newId } from '@community/kit/ids';
import { createLog } from '@community/kit/log';
import { until } from '@community/testing/wait';
import { expect, it } from 'vitest';
import { createRateLimits, type RateLimits } from './rate-limits.ts';

const redis = await engineOrReason(startRedis);
if (typeof redis === 'string') it.skip(redis);
else
  it('limits hold over all gateways, in each of them while Redis is away, and over all when it is back', async () => {
    const shared = await Promise.all(
      [1, 2].map(() =>
        createEphemeral({
          redisUrl: redis.url,
          prefix: 'community:gateway',
          log: createLog('gateway', 'silent'),
        }),
      ),
    );
    const gateways = shared.map((ephemeral) => createRateLimits('default', ephemeral));
    const through = async (gates: readonly RateLimits[], requests: number) => {
      const caller = { kind: 'anonymous', address: newId() } as const;
      let allowed = 0;
      // A few at a time, as requests come: a thousand at once would say more of this machine than of the limits.
      for (let i = 0; i < requests; i += 10) {
        const batch = Array.from({ length: 10 }, (_, n) => gates[n % gates.length]?.count(caller));
        allowed += (await Promise.all(batch)).filter((decision) => decision?.allowed).length;
      }
      return allowed;
    };
    try {
      expect(await through(gateways, 150)).toBe(100);
      const caller = { kind: 'member', memberId: newId() } as const;
      expect(await gateways[0]?.count(caller)).toEqual({ allowed: true, limit: 600, remaining: 599, resetSeconds: 60 });
      expect(await gateways[1]?.count(caller)).toMatchObject({ allowed: true, limit: 600, remaining: 598 });

      await redis.kill();
      for (const gateway of gateways) expect(await through([gateway], 150)).toBe(100);
      await redis.restart();
      await until(async () => (await through(gateways, 150)) === 100);
    } finally {
      await Promise.all(shared.map((ephemeral) => ephemeral.close()));
      await redis.stop();
    }
  });
