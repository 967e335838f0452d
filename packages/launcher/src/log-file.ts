import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_BYTES = 10 * 1024 * 1024;

export interface LogFile {
  readonly path: string;
  write(chunk: Uint8Array | string): void;
  close(): void;
}

/** A log of bounded size: when it is full it becomes `<path>.1`, in place of the one before. */
export function openLogFile(path: string, maxBytes: number = MAX_BYTES): LogFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const open = () => openSync(path, 'a', 0o600);
  let descriptor = open();
  let size = fstatSync(descriptor).size;
  let closed = false;
  return {
    path,
    write(chunk) {
      if (closed) return;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      if (size > 0 && size + bytes.length > maxBytes) {
        closeSync(descriptor);
        renameSync(path, `${path}.1`);
        descriptor = open();
        size = 0;
      }
      writeSync(descriptor, bytes);
      size += bytes.length;
    },
    close() {
      if (!closed) closeSync(descriptor);
      closed = true;
    },
  };
}
