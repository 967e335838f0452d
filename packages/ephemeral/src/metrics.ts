import { Counter, Gauge } from 'prom-client';

export const cacheReads = new Counter({
  name: 'cache_reads_total',
  help: 'Cached values asked for: hit, or miss when the source was asked',
  labelNames: ['namespace', 'outcome'],
});

export const redisUp = new Gauge({
  name: 'redis_up',
  help: 'Whether Redis answers (1) or this process goes on without it (0); absent where none is configured',
  // Without a label the gauge would say 0 where no Redis is configured.
  labelNames: ['prefix'],
});
