import type { IncomingMessage } from 'node:http';
import { BadRequestError, type HttpAnswer, header, json, type Routes, readBody, readJson } from '@community/kit/http';
import { parseGraphRef, printGraphRef } from '../../names.ts';
import { Refusal } from '../../refusal.ts';
import { decodeApolloReport } from '../../usage-reports/apollo.ts';
import { jsonOf } from '../../usage-reports/body.ts';
import { decodeHiveReport } from '../../usage-reports/hive.ts';
import { quoted, ReportError } from '../../usage-reports/reported-operation.ts';
import { authorise, type KeyService } from '../key/key.service.ts';
import { readOwnReport } from './own-report.ts';
import type { UsageService } from './usage.service.ts';
import type { UsageRecord } from './usage.ts';
import { BusyError } from './usage-batches.ts';

const REPORT_LIMIT = 20 * 1024 * 1024;
const HIVE_VERSION = '2';

const refused = (status: number, code: string, message: string): HttpAnswer =>
  json(status, { error: { code, message } });

const STATUS: Record<string, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404 };

/** Reporters drop a report that is answered by 4xx and send it again after 5xx; so only what is ours to mend is a 5xx. */
async function answered(work: () => Promise<void>): Promise<HttpAnswer> {
  try {
    await work();
    return json(200, { tracesIgnored: false });
  } catch (error) {
    if (error instanceof ReportError) return refused(400, 'BAD_REPORT', error.message);
    if (error instanceof BadRequestError) return refused(error.status, 'BAD_REPORT', error.message);
    if (error instanceof BusyError) return refused(503, 'BUSY', error.message);
    if (error instanceof Refusal) {
      const code = String(error.extensions.code);
      return refused(STATUS[code] ?? 400, code, error.message);
    }
    throw error;
  }
}

/** Hive's clients send a token of their own form; ours stands behind that prefix. */
function bearer(request: IncomingMessage): string | undefined {
  const value = header(request, 'authorization');
  return value?.startsWith('Bearer ') ? value.slice(7).replace(/^hvo1\//, '') : undefined;
}

/**
 * The graph ref of Hive's target: the whole of it, or the last two names of `organization/graph/variant`, which is the one
 * form that Hive's clients take. Without a target the endpoint itself ends with the graph ref.
 * @throws ReportError
 */
function graphRefOf(target: string): string {
  try {
    const [first = '', graphId, variant, ...more] = decodeURIComponent(target).split('/');
    if (graphId === undefined) return first;
    if (variant !== undefined && more.length === 0) return printGraphRef({ graphId, variant });
  } catch {}
  throw new ReportError(`The target ${quoted(target)} is neither "graph@variant" nor "organization/graph/variant".`);
}

/** @throws ReportError */
function checkVersion(version: string | undefined): void {
  if (version !== undefined && version !== HIVE_VERSION)
    throw new ReportError(
      `Reports of version ${quoted(version)} (x-usage-api-version) are not understood; send version ${HIVE_VERSION}.`,
    );
}

/** Where gateways and servers report what clients use: our gateway, Apollo's clients, Hive's clients. */
export function usageRoutes({ keys, usage }: { keys: KeyService; usage: UsageService }): Routes {
  async function take(token: string | undefined, graphRef: string, operations: readonly UsageRecord[]): Promise<void> {
    const ref = parseGraphRef(graphRef);
    authorise(keys.authenticate(token), ref.graphId, 'router');
    await usage.ingest(ref, operations);
  }

  return {
    '/usage': (request) =>
      answered(async () => {
        const { graphRef, operations } = readOwnReport(await readJson(request, REPORT_LIMIT));
        await take(header(request, 'x-api-key'), graphRef, operations);
      }),
    '/usage/': (request, path) =>
      answered(async () => {
        checkVersion(header(request, 'x-usage-api-version'));
        const graphRef = graphRefOf(path.slice('/usage/'.length));
        const body = await readBody(request, REPORT_LIMIT);
        const { operations } = decodeHiveReport(jsonOf(body, header(request, 'content-encoding')));
        await take(bearer(request), graphRef, operations);
      }),
    '/api/ingress/traces': (request) =>
      answered(async () => {
        const body = await readBody(request, REPORT_LIMIT);
        const { graphRef, operations } = decodeApolloReport(body, header(request, 'content-encoding'));
        await take(header(request, 'x-api-key'), graphRef, operations);
      }),
    // The Apollo Router must be told of a place for traces, or it sends them to Apollo; traces are no usage.
    '/api/ingress/otlp': async (request) => {
      await readBody(request, REPORT_LIMIT);
      return json(200, {});
    },
  };
}
