import { quiet } from '@community/events/testing';
import pg from 'pg';
import { startJobs } from '../start-jobs.ts';

// A process that begins a job and never ends it: hold-a-job.ts <database URL> <task>
const [url, task = ''] = process.argv.slice(2);
await startJobs({
  pool: new pg.Pool({ connectionString: url, max: 2 }),
  log: quiet,
  tasks: {
    [task]: () =>
      new Promise(() => {
        process.stdout.write('begun\n');
      }),
  },
});
