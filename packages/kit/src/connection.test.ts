import { describe, expect, it } from 'vitest';
import { encodeCursor, readPage, readWindow, toConnection, toWindow } from './connection.ts';

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

describe('a window of a list that is read both ways', () => {
  const rows = (...ids: number[]) => ids.map((id) => ({ id }));
  const ids = (window: ReturnType<typeof readWindow>, ...found: number[]) =>
    toWindow(rows(...found), window, (row) => [row.id]);

  it('keeps the first rows or the last ones, and says what lies on either side', () => {
    const start = ids(readWindow({ first: 2 }, 1), 1, 2, 3);
    expect(start.edges.map(({ node }) => node.id)).toEqual([1, 2]);
    expect(start.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const end = ids(readWindow({ last: 2 }, 1), 7, 8, 9);
    expect(end.edges.map(({ node }) => node.id)).toEqual([8, 9]);
    expect(end.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = readWindow({ last: 2, before: end.pageInfo.startCursor }, 1);
    expect(before).toMatchObject({ from: 'end', before: [8] });
    expect(ids(before, 6, 7).pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  it.each([
    [{ first: 1, last: 1 }, 'not both'],
    [{ last: 0 }, '`last` must be from 1 to 100'],
    [{ last: 1, before: 'x' }, '`before` is not a cursor'],
  ])('refuses %j', (args, message) => expect(() => readWindow(args, 1)).toThrow(message));
});
