const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Deletes what was recorded before a time. @returns rows deleted */
type Forget = (before: Date) => Promise<number>;

/** Keeps what grows without end within so many days: at the start and every hour. */
export function startRetention(forget: readonly Forget[], days: number, onError: (error: unknown) => void) {
  async function run(now = new Date()): Promise<number> {
    let deleted = 0;
    for (const each of forget) deleted += await each(new Date(now.getTime() - days * DAY_MS));
    return deleted;
  }
  const timer = setInterval(() => void run().catch(onError), HOUR_MS);
  timer.unref();
  void run().catch(onError);
  return { run, stop: () => clearInterval(timer) };
}
