const STOP_WITHIN_MS = 5_000;

/** Resolves when somebody wants this process to end: Ctrl-C, a closed terminal, or a service manager. */
export function whenAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
}

/**
 * Stops in order, but neither for ever nor against a second Ctrl-C: then the process ends at once, and its services
 * with it, as they notice that it is gone.
 */
export async function stopInTime(stop: () => Promise<void>): Promise<void> {
  const giveUp = () => process.exit(1);
  const tooLong = setTimeout(giveUp, STOP_WITHIN_MS);
  process.on('SIGINT', giveUp);
  await stop();
  clearTimeout(tooLong);
  process.off('SIGINT', giveUp);
}
