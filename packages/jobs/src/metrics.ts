import { Counter, Gauge, Histogram } from 'prom-client';

export const jobsFinished = new Counter({
  name: 'jobs_finished_total',
  help: 'Tries of jobs: done, failed (to be tried again) or dead (given up)',
  labelNames: ['task', 'outcome'],
});

export const jobDuration = new Histogram({
  name: 'job_duration_seconds',
  help: 'Duration of one try of a job in seconds',
  labelNames: ['task'],
  buckets: [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30],
});

export const jobsPresent = new Gauge({
  name: 'jobs_present',
  help: 'Jobs in the queue, as last seen: due (and not begun), dead (given up, to be retried by hand)',
  labelNames: ['state'],
});
