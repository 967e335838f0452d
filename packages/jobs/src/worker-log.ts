import type { Log } from '@community/events/log';
import { Logger } from 'graphile-worker';

/** graphile-worker's words in our log: warnings and errors. Failed jobs are told by whoever runs them, without contents. */
export function workerLogger(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    if (meta?.failure) return;
    if (level === 'error') log.error({ err: meta?.error }, message);
    else if (level === 'warning') log.warn({}, message);
  });
}
