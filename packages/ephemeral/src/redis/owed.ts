const RETRY_MS = 250;
const MOST_OWED = 100_000;

/** What Redis must be told and could not be; it is told when it answers again. */
export interface Owed {
  add(items: readonly string[]): void;
  has(item: string): boolean;
  stop(): void;
}

/** @param tell tells Redis of them, harmless when it had been told already; throws when it does not answer */
export function createOwed(tell: (items: readonly string[]) => Promise<void>): Owed {
  /** By what is owed, with the number of its last addition: it may be owed again while it is told. */
  const owed = new Map<string, number>();
  let additions = 0;
  let timer: NodeJS.Timeout | undefined;

  async function pay(): Promise<void> {
    const items = [...owed].slice(0, 1_000);
    try {
      await tell(items.map(([item]) => item));
      for (const [item, addition] of items) if (owed.get(item) === addition) owed.delete(item);
    } catch {
      // It is still away.
    }
    timer = undefined;
    schedule();
  }

  function schedule(): void {
    if (timer || owed.size === 0) return;
    timer = setTimeout(() => void pay(), RETRY_MS);
    timer.unref();
  }

  return {
    add(items) {
      additions += 1;
      for (const item of items) {
        owed.set(item, additions);
        // Cached values end by themselves, so what is forgotten here is wrong for minutes, not for good.
        if (owed.size > MOST_OWED) owed.delete(owed.keys().next().value as string);
      }
      schedule();
    },
    has: (item) => owed.has(item),
    stop() {
      owed.clear();
      clearTimeout(timer);
    },
  };
}
