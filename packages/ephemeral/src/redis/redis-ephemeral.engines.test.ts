import { startRedis } from '@community/engines/redis';
import { engineOrReason } from '@community/engines/testing';
import { it } from 'vitest';
import { type EphemeralHarness, ephemeralContract } from '../ephemeral-contract.ts';
import { rememberingLog, unique } from '../testing.ts';
import { openRedisEphemeral } from './redis-ephemeral.ts';

/** What is asked here is not whether a loaded machine is fast. */
const PATIENT_MS = 10_000;

const redis = await engineOrReason(startRedis);
if (typeof redis === 'string') it.skip(redis);
else
  ephemeralContract('Redis', async (): Promise<EphemeralHarness> => {
    const prefix = unique('test');
    return {
      open: () => openRedisEphemeral({ url: redis.url, prefix, log: rememberingLog(), timeoutMs: PATIENT_MS }),
      close: () => redis.stop(),
    };
  });
