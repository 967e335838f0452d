import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvents } from './contract.ts';
import { describeEvents, findBreaches } from './contract-file.ts';

const contract = (version: number, payload: z.ZodType) =>
  describeEvents([defineEvents('thing', { 'thing.changed': { version, aggregate: 'thing', payload } })]);
const before = contract(1, z.object({ thingId: z.uuid(), name: z.string() }));

describe('the contract of events', () => {
  it.each<[string, z.ZodType, number, string[]]>([
    ['may gain a field', z.object({ thingId: z.uuid(), name: z.string(), colour: z.string().optional() }), 1, []],
    [
      'may not lose a field',
      z.object({ thingId: z.uuid() }),
      1,
      ['thing.changed.name is gone', 'thing.changed.name may be missing'],
    ],
    [
      'may not change a type',
      z.object({ thingId: z.uuid(), name: z.number() }),
      1,
      ['thing.changed.name has another type'],
    ],
    [
      'may not make a field optional',
      z.object({ thingId: z.uuid(), name: z.string().optional() }),
      1,
      ['thing.changed.name may be missing'],
    ],
    ['may do all that in a new version', z.object({ thingId: z.uuid() }), 2, []],
  ])('%s', (_, payload, version, expected) => {
    const breaches = findBreaches(before, contract(version, payload));
    expect(breaches).toHaveLength(expected.length);
    for (const [i, start] of expected.entries()) expect(breaches[i]).toContain(start);
  });

  it('may not lose an event', () => {
    expect(findBreaches(before, {})).toEqual([expect.stringContaining('thing.changed is gone')]);
  });
});
