import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { coordinatesOfInputType, usageOf } from './coordinates.ts';
import { schema } from './fixture.ts';

const varied = (declaration: string, variables: Record<string, unknown>) =>
  usageOf(schema, parse(`query (${declaration}) { foo }`)).ofVariables(variables);

describe('what the values of variables add', () => {
  it('is nothing for operations without input variables', () => {
    const usage = usageOf(schema, parse('query ($n: Int, $d: Date) { posts(first: $n, date: $d) { id } }'));
    expect(usage.variesByVariables).toBe(false);
    expect(usage.ofVariables({ n: 1, d: { order: 'NEW' } })).toEqual([]);
  });

  it('names given fields and enum values by the declared type, never other values', () => {
    const usage = usageOf(schema, parse('query ($f: Filter!) { posts(filter: $f) { id } }'));
    expect(usage.variesByVariables).toBe(true);
    const added = usage.ofVariables({
      f: { text: 'secret', since: { order: 'secret' }, order: 'NEW', flags: ['ON', 'secret'], secret: 'secret' },
      other: { text: 'secret' },
    });
    expect(added).toEqual([
      'Filter.flags',
      'Filter.order',
      'Filter.since',
      'Filter.text',
      'Flag',
      'Flag.ON',
      'Order',
      'Order.NEW',
    ]);
    expect(JSON.stringify(added)).not.toContain('secret');
  });

  it('never takes a string for an enum value unless the type is that enum', () => {
    expect(varied('$f: Filter', { f: { text: 'NEW' } })).toEqual(['Filter.text']);
    expect(varied('$o: Order', { o: 'constructor' })).toEqual([]);
    expect(varied('$o: Order', { o: 'ON' })).toEqual([]);
  });

  it('counts null and missing differently, and leaves out what the text says already', () => {
    expect(varied('$f: Filter = { text: "x" }', { f: { text: 'y', not: null, range: undefined } })).toEqual([
      'Filter.not',
    ]);
    expect(varied('$f: Filter', { f: null })).toEqual([]);
    expect(varied('$f: Filter', {})).toEqual([]);
    const usage = usageOf(schema, parse('query ($f: Filter) { foo }'));
    expect([usage.ofVariables(null), usage.ofVariables(undefined)]).toEqual([[], []]);
  });

  it('walks nested lists, and a single value for a list', () => {
    expect(varied('$g: [[Filter]]', { g: [[{ text: '' }], { since: '' }, null] })).toEqual([
      'Filter.since',
      'Filter.text',
    ]);
    expect(varied('$o: [Order!]!', { o: 'NEW' })).toEqual(['Order.NEW']);
    expect(varied('$f: Filter', { f: { and: { not: { range: { to: 1 } } } } })).toEqual([
      'Filter.and',
      'Filter.not',
      'Filter.range',
      'Range',
      'Range.to',
    ]);
  });

  it('ignores values of the wrong shape', () => {
    expect(varied('$f: Filter, $o: Order', { f: [{ text: '' }], o: { a: 1 } })).toEqual([]);
    expect(varied('$f: Filter, $o: Order', { f: 'text', o: 7 })).toEqual([]);
    expect(varied('$f: Filter', Object.create({ f: { text: '' } }))).toEqual([]);
  });

  it('ends on cyclic and very deep values', () => {
    const cyclic: Record<string, unknown> = { order: 'OLD' };
    cyclic.not = cyclic;
    cyclic.and = [cyclic, cyclic, { ...cyclic }];
    expect(varied('$f: Filter', { f: cyclic })).toEqual([
      'Filter.and',
      'Filter.not',
      'Filter.order',
      'Order',
      'Order.OLD',
    ]);
    let deep: Record<string, unknown> = { text: 'too deep to matter' };
    for (let i = 0; i < 100_000; i++) deep = { not: deep };
    expect(varied('$f: Filter', { f: deep })).toEqual(['Filter.not']);
    const list: unknown[] = [];
    list.push(list);
    expect(varied('$g: [[Filter]]', { g: list })).toEqual([]);
  });
});

describe('what an input type reaches', () => {
  it('is every field and enum value, cyclic types included', () => {
    expect(coordinatesOfInputType(schema, 'Filter')).toEqual([
      'Filter',
      'Filter.and',
      'Filter.flags',
      'Filter.not',
      'Filter.order',
      'Filter.range',
      'Filter.since',
      'Filter.text',
      'Flag',
      'Flag.OFF',
      'Flag.ON',
      'Order',
      'Order.NEW',
      'Order.OLD',
      'Range',
      'Range.from',
      'Range.to',
    ]);
    expect(coordinatesOfInputType(schema, 'Order')).toEqual(['Order', 'Order.NEW', 'Order.OLD']);
  });

  it('is nothing for other types', () => {
    for (const name of ['Post', 'Date', 'String', 'Nope']) expect(coordinatesOfInputType(schema, name)).toEqual([]);
  });
});
