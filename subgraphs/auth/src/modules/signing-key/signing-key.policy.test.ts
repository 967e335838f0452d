import { describe, expect, it } from 'vitest';
import { secondsAfter } from '../../clock.ts';
import { nextKeyDue, outlivedKeys, signingNow } from './signing-key.policy.ts';

const DAY = 86_400;
const start = new Date('2026-03-01T00:00:00Z');
const day = (n: number) => secondsAfter(start, n * DAY);
const first = { signsFrom: day(0) };
const second = { signsFrom: day(30) };

describe('the schedule of signing keys', () => {
  it.each([
    ['no key yet: one that signs at once', [], day(0), day(0)],
    ['a young key: none', [first], day(28.9), null],
    ['a day before its time: one that follows it', [first], day(29), day(30)],
    ['the next one is published: none', [first, second], day(29.5), null],
    ['the process was down for long: one that others get to know first', [first], day(100), day(101)],
  ])('%s', (_, keys, now, due) => {
    expect(nextKeyDue(keys, now)).toEqual(due);
  });

  it('lets a key sign when its time has come', () => {
    expect(signingNow([second, first], day(29.9))).toBe(first);
    expect(signingNow([second, first], day(30))).toBe(second);
    expect(signingNow([first], day(400))).toBe(first);
    expect(signingNow([second], day(1))).toBeUndefined();
  });

  it('keeps a key until the last token that it signed has expired', () => {
    expect(outlivedKeys([first, second], secondsAfter(day(30), 600))).toEqual([]);
    expect(outlivedKeys([first, second], secondsAfter(day(30), 900))).toEqual([first]);
    expect(outlivedKeys([first], day(400))).toEqual([]);
  });
});
