/** Values that end by time. Beyond a number of them the oldest make room, so that no caller can fill the memory. */
export class ExpiringMap<Value> {
  readonly #limit: number;
  readonly #entries = new Map<string, { value: Value; endsAt: number }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns the value and for how many milliseconds it will be there */
  get(key: string): { value: Value; milliseconds: number } | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    const milliseconds = entry.endsAt - performance.now();
    if (milliseconds > 0) return { value: entry.value, milliseconds };
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: Value, milliseconds: number): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#limit) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, { value, endsAt: performance.now() + milliseconds });
  }

  /** @returns whether it was there */
  delete(key: string): boolean {
    return this.get(key) !== undefined && this.#entries.delete(key);
  }
}
