import { ConfigError } from './config.ts';
import { stopTelemetry } from './telemetry.ts';

/** A start that cannot succeed; the message is one line for the operator. */
export function describeStartFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error) {
    const code = 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return `${error.message}: another process uses this port; choose another by PORT`;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') return `cannot reach the database: ${error.message}`;
    return error.stack ?? error.message;
  }
  return String(error);
}

/**
 * Runs a process: starts it, says so to the parent, and stops it in order on SIGTERM, SIGINT or when the parent is gone.
 * @param start resolves with what stops it again
 */
export async function runProcess(start: () => Promise<{ port: number; stop(): Promise<void> }>): Promise<void> {
  let running: { port: number; stop(): Promise<void> };
  try {
    running = await start();
  } catch (error) {
    console.error(describeStartFailure(error));
    process.exit(1);
  }
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void running
      .stop()
      .finally(stopTelemetry)
      .finally(() => {
        if (process.connected) process.disconnect();
        // Whatever a library left open must not keep a process alive that has stopped.
        setTimeout(() => process.exit(), 500).unref();
      });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
  process.send?.({ type: 'ready', port: running.port });
}
