const FIRST_MS = 250;
const LONGEST_MS = 10_000;
const HEALTHY_MS = 10_000;

/** Pauses before restarts: they double from 250 ms to 10 s, and start over after ten healthy seconds. */
export class Backoff {
  #failures = 0;

  /** How often the process died without having been healthy for a while in between. */
  get failures(): number {
    return this.#failures;
  }

  /** @param readyForMs how long the process that just died had been ready @returns the pause in milliseconds */
  next(readyForMs: number): number {
    if (readyForMs >= HEALTHY_MS) this.#failures = 0;
    this.#failures += 1;
    return Math.min(LONGEST_MS, FIRST_MS * 2 ** (this.#failures - 1));
  }
}
