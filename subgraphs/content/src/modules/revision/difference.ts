import { diffLines, diffWordsWithSpace } from 'diff';

export type ChangeKind = 'SAME' | 'ADDED' | 'REMOVED';
/** A part of a text and what became of it. Parts that are not REMOVED are the new text, those not ADDED the old one. */
export type Change = readonly [kind: ChangeKind, text: string];

/** More edits than a reader could follow are not looked for: the work grows with their square. */
const MOST_EDITS = 1_000;
/** Words of Korean and English alike, as ICU knows them. */
const intlSegmenter = new Intl.Segmenter('ko', { granularity: 'word' });

/** What was changed from one text to another: by words, by lines where that is too much, or else the whole. */
export function differenceOf(before: string, after: string): Change[] {
  const parts =
    diffWordsWithSpace(before, after, { intlSegmenter, maxEditLength: MOST_EDITS }) ??
    diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (!parts)
    return [
      ['REMOVED', before],
      ['ADDED', after],
    ];
  return parts.map(({ added, removed, value }) => [added ? 'ADDED' : removed ? 'REMOVED' : 'SAME', value]);
}

/** The text to which the changes lead. */
export function textOf(changes: readonly Change[]): string {
  return changes.map(([kind, text]) => (kind === 'REMOVED' ? '' : text)).join('');
}
