const FIRST_MS = 250;
/** For a process that never got ready: something is wrong with it, and starting it costs the others CPU. */
const LONGEST_MS = 10_000;
/** For one that did: what ended it came from outside, and its members wait for it. */
const LONGEST_AFTER_READY_MS = 1_000;
const HEALTHY_MS = 10_000;

/**
 * Pauses before restarts: they double from 250 ms to 10 s, or to 1 s for a process that had been ready, and start over
 * after ten healthy seconds.
 */
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
    return Math.min(readyForMs > 0 ? LONGEST_AFTER_READY_MS : LONGEST_MS, FIRST_MS * 2 ** (this.#failures - 1));
  }
}
