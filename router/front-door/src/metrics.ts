import { Counter } from 'prom-client';

export const frontDoorRefusals = new Counter({
  name: 'front_door_refusals_total',
  help: 'Requests refused before the graph, by code',
  labelNames: ['code'],
});
