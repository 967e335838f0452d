import { expect, it } from 'vitest';
import { z } from 'zod';
import { inTurns } from './consumer.ts';
import { type EventHandler, handler } from './handler.ts';
import { toEnvelope } from './outbox.ts';
import { testEvents } from './testing.ts';

const create = (): EventHandler<unknown> =>
  handler({ schema: z.object({}), version: 1, mode: 'each', handle: async () => {} });
const [like, unlike] = [create(), create()];

/** Tasks from words such as `A+` (somebody likes A) and `A-` (or no longer does), and the turns as such words again. */
function turnsOf(words: string): string[] {
  const tasks = words.split(' ').map((word, at) => ({
    topic: 'things',
    event: toEnvelope(testEvents, {
      type: 'thing.changed',
      aggregateId: word.slice(0, -1),
      aggregateVersion: at,
      payload: { value: at },
    }),
    handler: word.endsWith('+') ? like : unlike,
  }));
  return inTurns(tasks).map((turn) =>
    turn.events.map(({ subject }) => `${subject}${turn.handler === like ? '+' : '-'}`).join(' '),
  );
}

it.each([
  ['A+ B+ C+', ['A+ B+ C+']],
  ['A+ A+ A+', ['A+ A+ A+']],
  ['A+ B- C+ D-', ['A+ C+', 'B- D-']],
  ['A+ A- B+ B-', ['A+ B+', 'A- B-']],
  ['A+ A- A+ B+', ['A+ B+', 'A-', 'A+']],
  ['A- A+ B+ B- C-', ['A- C-', 'A+ B+', 'B-']],
])('puts events of one handler together without passing one of the same aggregate: %s', (words, turns) => {
  expect(turnsOf(words)).toEqual(turns);
});
