import { describe, expect, it } from 'vitest';
import { checkVote, readPoll } from './poll.policy.ts';

const now = new Date('2026-11-26T12:00:00Z');
const at = (time: string) => new Date(time);
const asked = { options: ['a', 'b'], multiple: false, closesAt: null };

describe('a new poll', () => {
  it.each([
    [{}, null],
    [{ options: [' 예 ', '아니요'], closesAt: at('2026-11-26T12:00:01Z') }, null],
    [{ options: ['a'] }, 'options'],
    [{ options: Array.from({ length: 11 }, (_, i) => `${i}`) }, 'options'],
    [{ options: ['a', ' a '] }, 'options'],
    [{ options: ['a', ' '] }, 'options'],
    [{ options: ['a', 'x'.repeat(101)] }, 'options'],
    [{ closesAt: now }, 'closesAt'],
    [{ closesAt: at('2027-11-27T12:00:00Z') }, 'closesAt'],
  ])('%#', (poll, fault) => {
    const read = readPoll({ ...asked, ...poll }, now);
    expect('path' in read ? read.path.at(-1) : null).toBe(fault);
  });
});

describe('a vote', () => {
  const poll = {
    postId: 'p',
    multiple: false,
    closesAt: at('2026-11-27T00:00:00Z'),
    voterCount: 0,
    options: [
      { id: 'a', text: 'a', voteCount: 0 },
      { id: 'b', text: 'b', voteCount: 0 },
    ],
  };
  it.each([
    [poll, ['a'], null],
    [poll, [], null],
    [poll, ['a', 'a'], null],
    [poll, ['a', 'b'], 'ONE_OPTION'],
    [{ ...poll, multiple: true }, ['a', 'b'], null],
    [poll, ['c'], 'INVALID'],
    [{ ...poll, closesAt: now }, ['a'], 'POLL_CLOSED'],
  ])('%#', (asking, options, code) => {
    expect(checkVote(asking, options, now)?.code ?? null).toBe(code);
  });
});
