/**
 * Waits until a condition holds.
 * @param condition asked again and again; what it returns or throws last is in the error
 * @throws when it does not hold within the time
 */
export async function until<T>(
  condition: () => Promise<T> | T,
  what = 'the condition',
  withinMs = 15_000,
): Promise<NonNullable<T>> {
  const end = Date.now() + withinMs;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const value = await condition();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(
    `${what} did not come to hold within ${withinMs} ms; last: ${last instanceof Error ? last.stack : JSON.stringify(last)}`,
  );
}
