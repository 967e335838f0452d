import { type Invalid, invalid } from '@community/kit/problem';
import type { NewPoll, Poll } from './poll.ts';

const MAX_OPTIONS = 10;
const MAX_TEXT = 100;
const LONGEST_DAYS = 365;
const DAY = 86_400_000;

/** A poll as it is kept, its options in NFC without blanks around them; or the rule that it breaks. */
export function readPoll(poll: NewPoll, now = new Date()): NewPoll | Invalid {
  const options = poll.options.slice(0, MAX_OPTIONS + 1).map((text) => text.normalize('NFC').trim());
  if (options.length < 2 || options.length > MAX_OPTIONS)
    return invalid(`A poll has 2 to ${MAX_OPTIONS} options.`, ['input', 'poll', 'options']);
  if (options.some((text) => text.length < 1 || text.length > MAX_TEXT))
    return invalid(`An option has 1 to ${MAX_TEXT} characters.`, ['input', 'poll', 'options']);
  if (new Set(options).size < options.length)
    return invalid('The options of a poll differ.', ['input', 'poll', 'options']);
  const left = poll.closesAt && poll.closesAt.getTime() - now.getTime();
  if (left !== null && !(left > 0 && left <= LONGEST_DAYS * DAY))
    return invalid(`A poll closes within ${LONGEST_DAYS} days from now.`, ['input', 'poll', 'closesAt']);
  return { ...poll, options };
}

export const isClosed = ({ closesAt }: Pick<Poll, 'closesAt'>, now = new Date()): boolean =>
  closesAt !== null && closesAt <= now;

/** The first rule that a choice of options breaks, or null; no option takes a vote back. */
export function checkVote(poll: Poll, optionIds: readonly string[], now = new Date()): Invalid | null {
  if (isClosed(poll, now)) return invalid('This poll is closed.', ['input', 'postId'], 'POLL_CLOSED');
  if (!optionIds.every((id) => poll.options.some((option) => option.id === id)))
    return invalid('This is no option of this poll.', ['input', 'optionIds']);
  if (!poll.multiple && new Set(optionIds).size > 1)
    return invalid('This poll takes one option.', ['input', 'optionIds'], 'ONE_OPTION');
  return null;
}
