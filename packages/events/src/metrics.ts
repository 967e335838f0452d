import { Counter, Gauge, Histogram } from 'prom-client';

export const eventsPublished = new Counter({
  name: 'events_published_total',
  help: 'Events appended to the log',
  labelNames: ['topic'],
});

export const eventsConsumed = new Counter({
  name: 'events_consumed_total',
  help: 'Events a consumer group is done with: handled, duplicate, stale, ignored or dead',
  labelNames: ['group', 'type', 'outcome'],
});

export const eventDelivery = new Histogram({
  name: 'event_delivery_seconds',
  help: 'From the event to the commit of its effect, in seconds',
  labelNames: ['group'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
});

export const outboxPending = new Gauge({
  name: 'outbox_pending',
  help: 'Events committed and not in the log yet, as last seen by the relay',
  labelNames: ['domain'],
});

export const eventsLag = new Gauge({
  name: 'events_lag',
  help: 'Records of a topic that a consumer group has not handled yet, over all its members',
  labelNames: ['group', 'topic'],
});
