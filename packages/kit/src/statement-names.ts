/** A statement that was sent so often is worth being kept by the server. */
const OFTEN = 10;
/** What each connection keeps of plans must have a bound; lists in a text's `IN (…)` make many texts of one statement. */
const MOST_NAMES = 100;
const MOST_COUNTED = 1_000;

/**
 * Gives names to the statements that are sent often. PostgreSQL parses and plans a named statement once for each
 * connection, and every other one each time, which for small statements is most of what they cost.
 * @returns the name to send a text with; empty for one that is sent without
 */
export function createStatementNames(): (text: string) => string {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= MOST_NAMES) return known ?? '';
    const count = (counts.get(text) ?? 0) + 1;
    if (count < OFTEN) {
      if (counts.size >= MOST_COUNTED) counts.clear();
      counts.set(text, count);
      return '';
    }
    counts.delete(text);
    const name = `often_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
