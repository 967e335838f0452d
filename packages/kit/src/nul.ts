const NUL = '\u0000';
/** As JSON and GraphQL write it in a string. */
const ESCAPED = /\\u(0000|\{0+\})/;

/** Whether a text anywhere in a value holds the character U+0000, which PostgreSQL keeps in no text. */
export function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(NUL);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsNul);
}

/** Whether a GraphQL document may hold that character in a string of its own. */
export const mayHoldNul = (document: string): boolean => ESCAPED.test(document);
