import type { IncomingMessage } from 'node:http';
import { type HttpAnswer, header, json, type Routes } from '@community/kit/http';
import { isId } from '@community/kit/ids';
import type { Logger } from '@community/kit/log';
import { createExecutor } from '../http/executor.ts';
import { readGraphqlRequest } from '../http/request.ts';
import type { Services } from '../services.ts';
import type { Chunks } from './chunks.ts';
import { createEntitlements, type EntitlementSource } from './entitlement.ts';
import { type UplinkContext, uplinkSchema } from './schema.ts';

const YEAR_SECONDS = 31_536_000;

/** Uplink, which routers poll, and the chunks of persisted queries that it points to. */
export function uplinkRoutes({
  services,
  chunks,
  log,
  publicUrl,
  clientOf,
  answered,
  licence,
}: {
  services: Services;
  chunks: Chunks;
  log: Logger;
  publicUrl: () => string;
  clientOf: (request: IncomingMessage) => string;
  answered: (work: () => Promise<unknown>) => Promise<HttpAnswer>;
  licence: EntitlementSource | undefined;
}): Routes {
  const entitlements = createEntitlements(licence, log);
  const execute = createExecutor<UplinkContext>(uplinkSchema, log);
  return {
    '/uplink': (request) =>
      answered(async () =>
        execute(await readGraphqlRequest(request), {
          client: clientOf(request),
          authenticate: services.keys.authenticate,
          deliveryOf: services.delivery.of,
          chunksOf: chunks.of,
          entitlement: entitlements,
          publicUrl: publicUrl(),
          keyInHeader: header(request, 'x-api-key') !== undefined || header(request, 'authorization') !== undefined,
        }),
      ),
    '/uplink/chunks/': async (_, path) => {
      const [listId = '', id = ''] = path.slice('/uplink/chunks/'.length).split('/');
      const body = isId(listId) ? await chunks.body(listId, id) : null;
      if (body === null)
        return json(404, {
          error: { code: 'NOT_FOUND', message: 'There is no such chunk (any more): poll Uplink again.' },
        });
      return {
        status: 200,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'cache-control': `private, max-age=${YEAR_SECONDS}, immutable`,
        },
        body,
      };
    },
  };
}
