import { Counter } from 'prom-client';

export const frontDoorRefusals = new Counter({
  name: 'front_door_refusals_total',
  help: 'Requests refused before the graph, by code',
  labelNames: ['code'],
});

export const publicReads = new Counter({
  name: 'front_door_public_reads_total',
  help: 'Operations by what became of them: answered with what was made for another, made to be shared, or personal',
  labelNames: ['outcome'],
});
