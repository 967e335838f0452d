/** A script with more keys or arguments would make others wait, and Lua unpacks no more than some thousands. */
const BATCH = 500;

/** Cuts what one script is to work on into pieces. */
export function batches<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH));
}
