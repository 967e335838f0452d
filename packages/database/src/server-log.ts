import { copyFileSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';

const MAX_BYTES = 8 * 1024 * 1024;
const CHECK_EVERY_MS = 30_000;

/**
 * The file a server writes its messages to, kept below about 16 MB: when it is full it becomes `<path>.1`, replacing
 * the one before. The server appends to an open file, so its content is moved and not the file.
 */
export class ServerLog {
  readonly path: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** A descriptor to give to the server; the caller closes its own copy. Sizes are watched until `close`. */
  open(): number {
    this.#trim();
    this.#timer ??= setInterval(() => this.#trim(), CHECK_EVERY_MS).unref();
    return openSync(this.path, 'a', 0o600);
  }

  /** What the server has written since it was at `offset` bytes. */
  since(offset: number): string {
    return readFileSync(this.path).subarray(offset).toString('utf8');
  }

  get size(): number {
    return statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #trim(): void {
    if (this.size < MAX_BYTES) return;
    copyFileSync(this.path, `${this.path}.1`);
    truncateSync(this.path);
  }
}
