import { describe, expect, it } from 'vitest';
import { encodeCursor, readPage, toConnection } from './connection.ts';

describe('the arguments of a list', () => {
  it('are twenty rows from the start when nothing is said', () => {
    expect(readPage({})).toEqual({ first: 20, after: null });
  });

  it.each([0, -1, 101, 99_999_999])('refuse a page of %d', (first) => {
    expect(() => readPage({ first })).toThrow(/`first` must be from 1 to 100/);
  });

  it.each([
    'x',
    encodeCursor(['one']),
    encodeCursor([1, 2, 3]),
    Buffer.from('{"a":1}').toString('base64url'),
    Buffer.from('[null,{}]').toString('base64url'),
  ])('refuse the cursor %s of something else', (after) => {
    expect(() => readPage({ after })).toThrow(/not a cursor of this list/);
  });
});

describe('a page', () => {
  it('has at most what was asked for, and says that there is more', () => {
    const connection = toConnection([1, 2, 3], { first: 2, after: null }, (row) => [row, String(row)]);
    expect(connection.edges.map((edge) => edge.node)).toEqual([1, 2]);
    expect(connection.pageInfo.hasNextPage).toBe(true);
    expect(readPage({ after: connection.pageInfo.endCursor }).after).toEqual([2, '2']);
  });

  it('of nothing has no cursors', () => {
    expect(toConnection([], { first: 2, after: null }, () => []).pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: null,
      endCursor: null,
    });
  });
});
