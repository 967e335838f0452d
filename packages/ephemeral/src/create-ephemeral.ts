import type { Log } from '@community/events/log';
import type { Ephemeral } from './ephemeral.ts';
import { createInProcessEphemeral } from './in-process/in-process-ephemeral.ts';
import { openRedisEphemeral } from './redis/redis-ephemeral.ts';
import { redisUrlFault } from './redis/url.ts';

/**
 * Opens what instances share, as the configuration says: in Redis, or in this process. What is wrong with Redis is
 * logged, never with its password, and stops nobody.
 * @param redisUrl `REDIS_URL`; none for a service of one instance
 * @param prefix of keys and channels; the same for all instances of a service and of no other
 */
export async function createEphemeral(options: {
  redisUrl: string | undefined;
  prefix: string;
  log: Log;
}): Promise<Ephemeral> {
  const { redisUrl, prefix, log } = options;
  if (!redisUrl) return createInProcessEphemeral({ log });
  const fault = redisUrlFault(redisUrl);
  if (fault) {
    log.error({}, `REDIS_URL ${fault}. Caches, limits and messages between instances stay in this process.`);
    return createInProcessEphemeral({ log });
  }
  return openRedisEphemeral({ url: redisUrl, prefix, log });
}
