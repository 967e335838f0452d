import { type Logger, type LoggerOptions, pino } from 'pino';
import { currentRequestScope } from './request-scope.ts';

export type { Logger };

const SECRET_PATHS = [
  'password',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'email',
  '*.password',
  '*.accessToken',
  '*.refreshToken',
  '*.authorization',
  '*.cookie',
  '*.email',
];

/** Lines are written together: each write of its own would wake whoever reads them, for every request. */
const TOGETHER = { dest: 1, sync: false, minLength: 4_096, periodicFlush: 200 } as const;

/**
 * A structured logger: one JSON object a line on stdout, a moment later and at the latest when the process ends, with
 * `service`, `level` in words, `time` in RFC 3339, and `requestId` and `traceId` where the work belongs to a request.
 * Credentials and e-mail addresses are removed by name.
 */
export function createLog(service: string, level: string): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, remove: true },
    mixin() {
      const scope = currentRequestScope();
      return scope ? { requestId: scope.requestId, traceId: scope.traceId } : {};
    },
  };
  return pino(options, pino.destination(TOGETHER));
}
