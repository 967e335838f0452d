import { describe, expect, it } from 'vitest';
import { decodeHiveReport } from './hive.ts';
import { ReportError } from './reported-operation.ts';

const hour = new Date('2026-05-01T10:00:00.000Z');
const at = (minute: number) => hour.getTime() + minute * 60_000;
const posts = {
  operationName: 'Posts',
  operation: 'query Posts($f: Filter) { posts(first: 0, filter: $f) { id } }',
  fields: [
    'Query.posts',
    'Query.posts.first',
    'Query.posts.first!',
    'Query.posts.filter',
    'Post.id',
    'Post.__typename',
    'Filter',
    'Filter.text',
    'Filter.text!',
    'Order',
    'Order.NEW',
    'Int',
    'ID',
  ],
};
const run = (timestamp: number, more: Record<string, unknown> = {}) => ({
  operationMapKey: 'k1',
  timestamp,
  execution: { ok: true, duration: 1_500_000, errorsTotal: 0 },
  metadata: { client: { name: 'web', version: '1' } },
  ...more,
});
const report = (operations: unknown, more: Record<string, unknown> = {}) => ({
  size: 1,
  map: { k1: posts },
  operations,
  ...more,
});

describe('a Hive report', () => {
  it('has one operation per key, client and hour, in our notation', () => {
    const failed = { ok: false, duration: 2_000_000, errorsTotal: 0 };
    const partly = { ok: true, duration: 0, errorsTotal: 3 };
    const { operations } = decodeHiveReport(
      report([
        run(at(0)),
        run(at(59), { execution: failed, persistedDocumentHash: 'app~1~abc' }),
        run(at(30), { execution: partly }),
        run(at(60)),
        run(at(1), { metadata: { client: null } }),
        run(at(2), { metadata: undefined }),
      ]),
    );
    const shared = {
      document: posts.operation,
      operationName: 'Posts',
      precision: 'mixed',
      coordinates: [
        'Filter',
        'Filter.text',
        'Order',
        'Order.NEW',
        'Post.id',
        'Query.posts',
        'Query.posts(filter:)',
        'Query.posts(first:)',
      ],
    };
    const client = { name: 'web', version: '1' };
    expect(operations).toEqual([
      { ...shared, client, hour, requests: 3, errors: 2, durationMs: 3.5, persistedId: 'app~1~abc' },
      { ...shared, client, hour: new Date(at(60)), requests: 1, errors: 0, durationMs: 1.5 },
      { ...shared, client: { name: '', version: '' }, hour, requests: 2, errors: 0, durationMs: 3 },
    ]);
  });

  it('counts subscriptions as requests', () => {
    const { execution: _, ...started } = run(at(0));
    const { operations } = decodeHiveReport(report([run(at(0))], { subscriptionOperations: [started] }));
    expect(operations).toMatchObject([{ requests: 2, errors: 0, durationMs: 1.5 }]);
  });

  it('may be empty, and its operations anonymous', () => {
    expect(decodeHiveReport({ size: 0, map: {} })).toEqual({ operations: [] });
    const anonymous = { k1: { operation: '{ foo }', fields: ['Query.foo'] } };
    expect(decodeHiveReport(report([run(at(0))], { map: anonymous })).operations[0]?.operationName).toBeNull();
  });
});

describe('a body that is no Hive report', () => {
  const refusal = (body: unknown) => {
    try {
      return decodeHiveReport(body);
    } catch (error) {
      expect(error).toBeInstanceOf(ReportError);
      return String(error);
    }
  };

  it('is refused with the place of what is wrong', () => {
    for (const body of [undefined, null, 7, 'text', [], {}]) expect(refusal(body)).toMatch(/not a Hive usage report/);
    expect(refusal(report({}))).toMatch(/\.operations: /);
    expect(refusal(report([run(at(0)), run(at(0), { timestamp: 'now' })]))).toMatch(/\.operations\[1\]\.timestamp: /);
    expect(refusal(report([run(8.64e15 + 1)]))).toMatch(/timestamp/);
    expect(refusal(report([run(-1)]))).toMatch(/timestamp/);
    expect(refusal(report([run(at(0), { execution: undefined })]))).toMatch(/\.execution: /);
    expect(refusal(report([], { map: { k1: { operation: '{ a }' } } }))).toMatch(/\.map\.k1\.fields: /);
  });

  it('is refused when a key has no entry, naming it', () => {
    for (const key of ['gone', '__proto__', 'constructor']) {
      const message = refusal(report([run(at(0)), run(at(0), { operationMapKey: key })]));
      expect(message).toContain(`operations[1].operationMapKey: "${key}" has no entry in map`);
    }
  });

  it('is refused when a field is no coordinate, naming it', () => {
    for (const field of ['', 'Query.', 'Query.a.b.c', 'Query.a b', 'Query!.a', 'Query.a(b:)']) {
      const map = { k1: { operation: '{ a }', fields: ['Query.a', field] } };
      expect(refusal(report([], { map }))).toContain(`map["k1"].fields[1]: "${field}" is not a schema coordinate`);
    }
  });

  it('is refused with more than 10,000 operations', () => {
    const many = Array.from({ length: 10_000 }, () => run(at(0)));
    expect(decodeHiveReport(report(many)).operations).toMatchObject([{ requests: 10_000 }]);
    expect(refusal(report([...many, run(at(0))]))).toMatch(/10001 operations; at most 10000/);
    expect(refusal(report(many, { subscriptionOperations: [{}] }))).toMatch(/10001 operations/);
    const map = Object.fromEntries(many.concat(many[0] ?? []).map((_, index) => [`k${index}`, posts]));
    expect(refusal(report([], { map }))).toMatch(/10001 operations/);
  });

  it('is refused with an operation of more than 10,000 fields, or a duration of more than 64 bits', () => {
    const fields = Array.from({ length: 10_001 }, (_, index) => `Query.f${index}`);
    expect(refusal(report([], { map: { k1: { operation: '{ a }', fields } } }))).toMatch(/\.map\.k1\.fields: /);
    const execution = { ok: true, duration: 2e19, errorsTotal: 0 };
    expect(refusal(report([run(at(0), { execution })]))).toMatch(/operations\[0\]\.execution\.duration: /);
  });
});
