/** Takes work one piece at a time and does it in batches. */
export interface Lane<Request, Result> {
  /** @returns what the work answers to this request @throws what the work throws for it alone */
  submit(request: Request): Promise<Result>;
}

interface Waiting<Request, Result> {
  readonly request: Request;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

const MAX_BATCH = 200;
/** From the beginning of a batch to that of the next: what a batch costs here, and all that follows it, is paid less often. */
const BETWEEN_BATCHES_MS = 40;

/**
 * Does what has been submitted since a batch began as the next batch: at rest a request is done at once and alone, and
 * the busier it gets the less each one costs. When a batch fails each of its requests is tried alone, so that a bad one
 * hurts no other.
 * @param work does all or nothing, and answers in the order of the requests
 * @param keyOf requests of one key are not put into one batch
 */
export function createLane<Request, Result>(
  work: (requests: readonly Request[]) => Promise<readonly Result[]>,
  keyOf: (request: Request) => string | null,
): Lane<Request, Result> {
  let waiting: Waiting<Request, Result>[] = [];
  let busy = false;
  /** When the next batch may begin. */
  let next = 0;

  function take(): Waiting<Request, Result>[] {
    const keys = new Set<string>();
    const batch: Waiting<Request, Result>[] = [];
    const rest: Waiting<Request, Result>[] = [];
    for (const one of waiting) {
      const key = keyOf(one.request);
      const fits = batch.length < MAX_BATCH && (key === null || !keys.has(key));
      if (key !== null) keys.add(key);
      (fits ? batch : rest).push(one);
    }
    waiting = rest;
    return batch;
  }

  async function perform(batch: readonly Waiting<Request, Result>[]): Promise<void> {
    try {
      const results = await work(batch.map(({ request }) => request));
      batch.forEach(({ resolve }, index) => void resolve(results[index] as Result));
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else await Promise.all(batch.map((one) => perform([one])));
    }
  }

  async function run(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const pause = next - performance.now();
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      next = performance.now() + BETWEEN_BATCHES_MS;
      await perform(take());
    }
    busy = false;
  }

  return {
    submit: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        if (!busy) void run();
      }),
  };
}
