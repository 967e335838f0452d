import { type Invalid, invalid } from '@community/kit/problem';

const MAX_TAGS = 5;
const MAX_NAME = 30;
/** Words of letters and digits of any script, with single hyphens or underscores between them. */
const NAME = /^[\p{L}\p{N}\p{M}]+(?:[-_][\p{L}\p{N}\p{M}]+)*$/u;

/** A tag as it is kept and compared: NFKC, lower case, without `#`; null for what cannot be one. */
export function readTag(text: string): string | null {
  const name = text.normalize('NFKC').trim().replace(/^#/, '').toLowerCase().normalize('NFKC');
  return [...name].length <= MAX_NAME && NAME.test(name) ? name : null;
}

/** The tags of a post, each once, in the order in which they were named; or the rule that they break. */
export function readTags(texts: readonly string[]): string[] | Invalid {
  const names = new Set<string>();
  for (const text of texts.slice(0, 10 * MAX_TAGS)) {
    const name = readTag(text);
    if (name === null) {
      return invalid(
        `A tag has 1 to ${MAX_NAME} letters and digits, and single hyphens or underscores between them.`,
        ['input', 'tags'],
        'BAD_TAG',
      );
    }
    names.add(name);
  }
  if (names.size > MAX_TAGS) return invalid(`A post has at most ${MAX_TAGS} tags.`, ['input', 'tags'], 'TOO_MANY_TAGS');
  return [...names];
}
