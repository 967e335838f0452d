import { expect, it } from 'vitest';
import { holdsNul, mayHoldNul } from './nul.ts';

it('a NUL is found wherever it hides in variables, and nothing else is taken for one', () => {
  expect(holdsNul({ a: [{ b: 'x\u0000' }] })).toBe(true);
  expect(holdsNul({ a: [{ b: 'x\\u0000' }], c: null, d: 0 })).toBe(false);
  expect(holdsNul(undefined)).toBe(false);
});

it('a NUL is found in a document, in both ways to write it', () => {
  expect(mayHoldNul('{ a(b: "\\u0000") }')).toBe(true);
  expect(mayHoldNul('{ a(b: "\\u{0}") }')).toBe(true);
  expect(mayHoldNul('{ a(b: "\\u0001") }')).toBe(false);
});
