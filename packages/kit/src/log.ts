import { type Logger, pino } from 'pino';
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

/**
 * A structured logger: one JSON object a line on stdout, with `service`, `level` in words, `time` in RFC 3339, and
 * `requestId` and `traceId` where the work belongs to a request. Credentials and e-mail addresses are removed by name.
 */
export function createLog(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, remove: true },
    mixin() {
      const scope = currentRequestScope();
      return scope ? { requestId: scope.requestId, traceId: scope.traceId } : {};
    },
  });
}
