/** Transactions of one consumer at once: while the database is at one, the next is put together. */
const LANES = 2;
const MOST = 200;
/** What takes longer is done in smaller parts, so that no row is locked for long. */
const LONG_MS = 250;

interface Call<Item, Result> {
  readonly items: readonly Item[];
  resolve(results: Result[]): void;
  reject(error: unknown): void;
}

/**
 * Does work in few large parts: what several callers bring while others are at work is done together. So the more there
 * is to do, the less each item costs, and nothing waits when there is little.
 */
export class Gatherer<Item, Result> {
  readonly #work: (items: readonly Item[]) => Promise<Result[]>;
  readonly #waiting: Call<Item, Result>[] = [];
  #atWork = 0;
  #most = MOST;

  /** @param work answers with a result for each item */
  constructor(work: (items: readonly Item[]) => Promise<Result[]>) {
    this.#work = work;
  }

  /** How many items should be brought at once, at most. */
  get most(): number {
    return this.#most;
  }

  /** Has items done, together with those of others. @throws what the work threw, whoever's item was the reason */
  do(items: readonly Item[]): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      // Callers that come in the same turn, as the partitions of one fetch do, are served together.
      setImmediate(() => this.#next());
    });
  }

  #next(): void {
    while (this.#atWork < LANES) {
      const calls: Call<Item, Result>[] = [];
      let size = 0;
      for (let call = this.#waiting[0]; call && (size === 0 || size + call.items.length <= this.#most); ) {
        calls.push(call);
        size += call.items.length;
        this.#waiting.shift();
        call = this.#waiting[0];
      }
      if (calls.length === 0) return;
      this.#atWork += 1;
      void this.#run(calls).finally(() => {
        this.#atWork -= 1;
        this.#next();
      });
    }
  }

  async #run(calls: readonly Call<Item, Result>[]): Promise<void> {
    const items = calls.flatMap((call) => call.items);
    const begin = performance.now();
    try {
      const results = await this.#work(items);
      for (const call of calls) call.resolve(results.splice(0, call.items.length));
    } catch (error) {
      for (const call of calls) call.reject(error);
    }
    if (performance.now() - begin < LONG_MS) this.#most = Math.min(this.#most * 2, MOST);
    else this.#most = Math.max(1, Math.floor(items.length / 2));
  }
}
