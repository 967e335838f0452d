import { expect, it } from 'vitest';
import { createStatementNames } from './statement-names.ts';

const times = (count: number, nameOf: () => string) => Array.from({ length: count }, nameOf).at(-1);

it('gives what is sent often a name of its own, and nothing else', () => {
  const nameOf = createStatementNames();
  expect(times(3, () => nameOf('SELECT 1'))).toBe('');
  const one = times(50, () => nameOf('SELECT 1'));
  const two = times(50, () => nameOf('SELECT 2'));
  expect([one, two]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
  expect(one).not.toBe(two);
  expect(nameOf('SELECT 1')).toBe(one);
});

it('has a bound, whatever is sent', () => {
  const nameOf = createStatementNames();
  const names = new Set<string>();
  for (let text = 0; text < 5_000; text += 1)
    for (let time = 0; time < 20; time += 1) names.add(nameOf(`SELECT ${text}`));
  expect(names.size).toBeLessThanOrEqual(101);
});
