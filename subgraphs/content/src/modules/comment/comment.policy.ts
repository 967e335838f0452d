import { type Invalid, invalid } from '@community/kit/problem';

const MAX_BODY = 10_000;
/** How deep answers may be nested; deeper ones would not be read. */
export const MAX_DEPTH = 8;

/** The first rule that a (trimmed) comment breaks, or null. @param parentDepth null for one at the top */
export function checkComment(comment: { body: string }, parentDepth: number | null): Invalid | null {
  if (comment.body.length < 1 || comment.body.length > MAX_BODY) {
    return invalid(`A comment has 1 to ${MAX_BODY} characters.`, ['input', 'body']);
  }
  if (parentDepth !== null && parentDepth >= MAX_DEPTH) {
    return invalid(
      `Answers are nested at most ${MAX_DEPTH} deep. Answer the comment above.`,
      ['input', 'parentId'],
      'TOO_DEEP',
    );
  }
  return null;
}
