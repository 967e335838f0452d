import type { Stoppable } from './bus.ts';

/** The readers that a bus has open, so that closing it stops them. */
export class OpenParts {
  readonly #open = new Set<Stoppable>();

  keep(part: Stoppable): Stoppable {
    const kept = {
      stop: async () => {
        this.#open.delete(kept);
        await part.stop();
      },
    };
    this.#open.add(kept);
    return kept;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#open].map((part) => part.stop()));
  }
}
