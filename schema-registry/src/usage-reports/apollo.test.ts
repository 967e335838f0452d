import { gzipSync } from 'node:zlib';
import { type IReport, Report, Trace } from '@apollo/usage-reporting-protobuf';
import { describe, expect, it } from 'vitest';
import { decodeApolloReport } from './apollo.ts';
import { ReportError } from './reported-operation.ts';

const endTime = { seconds: Date.UTC(2026, 4, 1, 10, 59, 59) / 1000, nanos: 999_999_999 };
const hour = new Date('2026-05-01T10:00:00.000Z');
const fields = { Query: { fieldNames: ['posts', '__typename'], isInterface: false }, Post: { fieldNames: ['id'] } };

function encode(report: IReport): Uint8Array {
  const whole = { header: { graphRef: 'community@current' }, endTime, ...report };
  expect(Report.verify(whole)).toBeNull();
  return Report.encode(whole).finish();
}

const operationsOf = (report: IReport) => decodeApolloReport(encode(report), undefined).operations;

describe('an Apollo report', () => {
  it('has one operation per signature and client, adding traces to statistics', () => {
    const stats = (clientName: string, clientVersion: string, requestCount: number, latencyCount: number[]) => ({
      context: { clientName, clientVersion },
      queryLatencyStats: { requestCount, requestsWithErrorsCount: 1, latencyCount },
    });
    const body = encode({
      tracesPerQuery: {
        '# Posts\nquery Posts{posts{id}}': {
          referencedFieldsByType: fields,
          // Bucket 73 ends at 1.1^73 microseconds: about 1.05 ms.
          statsWithContext: [stats('web', '1', 3, [-73, 2, 1]), stats('web', '2', 1, [5])],
          trace: [
            { clientName: 'web', clientVersion: '1', durationNs: 2_500_000, root: { child: [{ error: [{}] }] } },
            Trace.encode({ clientName: 'app', durationNs: 1_000_000, root: {} }).finish(),
          ],
        },
        '# -\n{posts{id}}': { referencedFieldsByType: fields, statsWithContext: [stats('', '', 1, [])] },
        'pq# 4f1a': { referencedFieldsByType: fields, statsWithContext: [stats('web', '1', 1, [])] },
        '## GraphQLParseFailure\n': { trace: [{ durationNs: 1 }] },
        '# Never\n{foo}': { referencedFieldsByType: fields },
      },
    });
    const decoded = decodeApolloReport(gzipSync(body), 'gzip');
    expect(decoded).toEqual(decodeApolloReport(body, undefined));
    const posts = { document: 'query Posts{posts{id}}', operationName: 'Posts' };
    const shared = { precision: 'fields', coordinates: ['Post.id', 'Query.posts'], hour };
    expect(decoded).toEqual({
      graphRef: 'community@current',
      operations: expect.arrayContaining([
        {
          ...posts,
          ...shared,
          client: { name: 'web', version: '1' },
          requests: 4,
          errors: 2,
          durationMs: expect.closeTo(5.62, 1),
        },
        { ...posts, ...shared, client: { name: 'web', version: '2' }, requests: 1, errors: 1, durationMs: 0 },
        { ...posts, ...shared, client: { name: 'app', version: '' }, requests: 1, errors: 0, durationMs: 1 },
        expect.objectContaining({ ...shared, document: '{posts{id}}', operationName: null, requests: 1 }),
        expect.objectContaining({ ...shared, document: '', operationName: null, persistedId: '4f1a' }),
      ]),
    });
    expect(decoded.operations).toHaveLength(5);
  });

  it('finds errors of subgraphs in the query plan of a gateway', () => {
    const fetch = (root: Trace.INode) => ({ fetch: { serviceName: 'posts', trace: { root } } });
    const broken = fetch({ child: [{ child: [{ error: [{ message: 'no' }] }] }] });
    const plans: Trace.IQueryPlanNode[] = [
      { sequence: { nodes: [fetch({}), { parallel: { nodes: [{ flatten: { node: broken } }] } }] } },
      { condition: { condition: 'a', ifClause: null, elseClause: broken } },
      { defer: { primary: { node: fetch({}) }, deferred: [{ node: broken }] } },
      fetch({ child: [{}] }),
    ];
    const trace = plans.map((queryPlan) => ({ durationNs: 1, root: {}, queryPlan }));
    expect(operationsOf({ tracesPerQuery: { '# A\n{a}': { trace } } })).toMatchObject([{ requests: 4, errors: 3 }]);
  });

  it('does not count traces that its statistics contain', () => {
    const entry = { trace: [{ durationNs: 5 }], statsWithContext: [{ queryLatencyStats: { requestCount: 7 } }] };
    const operations = operationsOf({ tracesPreAggregated: true, tracesPerQuery: { '# A\n{a}': entry } });
    expect(operations).toMatchObject([{ requests: 7 }]);
  });

  it('takes the time of the latest trace when it has none itself', () => {
    const trace = [{ endTime: { seconds: 3_600 } }, { endTime: { seconds: 7_201 } }, {}];
    const tracesPerQuery = { '# A\n{a}': { trace } };
    expect(operationsOf({ endTime: null, tracesPerQuery })[0]?.hour).toEqual(new Date(7_200_000));
    const timeless = { endTime: null, tracesPerQuery: { '# A\n{a}': { trace: [{}] } } };
    expect(() => operationsOf(timeless)).toThrow(/end_time/);
  });

  it('may have no operations', () => {
    expect(operationsOf({ operationCount: 3 })).toEqual([]);
  });
});

describe('a body that is no Apollo report', () => {
  const good = encode({ tracesPerQuery: { '# A\n{a}': { trace: [{}] } } });
  const refusal = (body: Uint8Array, encoding?: string) => {
    try {
      return decodeApolloReport(body, encoding);
    } catch (error) {
      expect(error).toBeInstanceOf(ReportError);
      return String(error);
    }
  };

  it('is refused with the reason', () => {
    expect(refusal(new Uint8Array())).toMatch(/empty/);
    expect(refusal(new Uint8Array(), 'gzip')).toMatch(/empty/);
    expect(refusal(gzipSync(''), 'gzip')).toMatch(/graph_ref/);
    expect(refusal(Buffer.from('{"size": 1}'))).toMatch(/not an Apollo usage report/);
    expect(refusal(gzipSync(good))).toMatch(/not an Apollo usage report/);
    expect(refusal(good.subarray(0, good.length - 2))).toMatch(/not an Apollo usage report/);
    expect(refusal(good, 'gzip')).toMatch(/not complete gzip/);
    expect(refusal(gzipSync(good).subarray(0, 30), 'gzip')).toMatch(/not complete gzip/);
    expect(refusal(good, 'br')).toMatch(/"br" is not supported/);
    expect(refusal(encode({ header: {} }))).toMatch(/graph_ref/);
  });

  it('is refused when it is too large, before it fills the memory', () => {
    expect(refusal(gzipSync(Buffer.alloc(21 * 1024 * 1024)), 'gzip')).toMatch(/larger than 20 MB/);
    expect(refusal(Buffer.alloc(21 * 1024 * 1024))).toMatch(/larger than 20 MB/);
  });

  it('is refused when nested absurdly', () => {
    // Each level is a child node (field 12) with its length; built by hand, as the encoder would overflow as well.
    const parts: Buffer[] = [];
    let length = 0;
    const prepend = (tag: number) => {
      const head = [tag];
      for (let rest = length; ; rest >>>= 7) {
        head.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
      parts.unshift(Buffer.from(head));
      length += head.length;
    };
    for (let depth = 0; depth < 20_000; depth++) prepend((12 << 3) | 2);
    prepend((14 << 3) | 2);
    const trace = Buffer.concat(parts);
    expect(trace.length).toBe(length);
    // Trace.root is field 14, whose tag fits one byte; the trace is TracesAndStats.trace (1), the map's value (2).
    parts.splice(0, parts.length, trace);
    prepend((1 << 3) | 2);
    prepend((2 << 3) | 2);
    const key = Buffer.from([10, 5, ...Buffer.from('# A\n{')]);
    parts.unshift(key);
    length += key.length;
    prepend((5 << 3) | 2);
    expect(refusal(Buffer.concat(parts))).toMatch(/not an Apollo usage report.*call stack/);
  });

  it('is refused when a key or field cannot be understood, naming it', () => {
    const withKey = (key: string) => refusal(encode({ tracesPerQuery: { [key]: { trace: [{}] } } }));
    for (const key of ['', 'Posts', '# Posts', '# two names\n{a}', 'pq# ']) expect(withKey(key)).toMatch(/the key/);
    expect(withKey('y'.repeat(5000))).not.toContain('y'.repeat(100));
    const odd = { referencedFieldsByType: { Query: { fieldNames: ['a b'] } } };
    expect(refusal(encode({ tracesPerQuery: { '# A\n{a}': odd } }))).toMatch(/"Query.a b" is no field/);
  });
});
