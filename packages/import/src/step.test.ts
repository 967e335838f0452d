import { expect, it } from 'vitest';
import { z } from 'zod';
import { sourceId, text, time } from './fields.ts';
import { importStep } from './step.ts';

const step = importStep<null, { id: string; title: string; at: Date }>({
  name: 'things',
  file: 'things.jsonl',
  form: z.object({ id: sourceId, title: text, at: time }),
  apply: async (_, items) =>
    items.filter(({ item }) => item.title === 'no').map(({ line }) => ({ line, reason: 'no' })),
});

it('tells of each line that it does not take which it is and why, in the order of the file', async () => {
  const at = '2024-01-01T09:00:00+09:00';
  const lines = [
    { id: 'a', title: ' 카페\u0301 ', at },
    { id: 'b', title: 'no', at },
    { id: 'c', title: 'of tomorrow', at: new Date(Date.now() + 86_400_000).toISOString() },
    { id: 'd', title: 'of no zone', at: '2024-01-01T09:00:00' },
    { id: 'e', title: 'a \0 in it', at },
    { id: 6, title: 'a number for an id', at },
    ['a list'],
  ].map((value) => JSON.stringify(value));
  const rejected = await step.take(
    null,
    [...lines, '', '{"id": "torn', null].map((line, index) => ({ number: index + 1, text: line, end: 0 })),
  );
  expect(rejected.map(({ line, sourceId: id, reason }) => `${line} ${id}: ${reason}`)).toEqual([
    '2 b: no',
    '3 c: at: is in the future',
    expect.stringMatching(/^4 d: at: /),
    '5 e: title: holds the character 0',
    expect.stringMatching(/^6 null: id: /),
    expect.stringMatching(/^7 null: /),
    expect.stringMatching(/^9 null: no JSON: /),
    '10 null: the line is longer than 1 MiB',
  ]);
});
