import { SMALLEST_BYTES } from '@community/front-door/compression';
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { useContentEncoding } from '@whatwg-node/server';

/**
 * Compresses answers that are worth it, for clients that understand it. Requests are taken as they are alone: a few
 * kilobytes that unfold to gigabytes would pass every limit on the size of a body.
 */
export function useCompression(): GatewayPlugin {
  const { onResponse } = useContentEncoding<object>();
  return {
    onRequest({ request, endResponse, fetchAPI }) {
      const encoding = request.headers.get('content-encoding');
      if (encoding === null || encoding === 'identity') return;
      const message = `The body is encoded as ${encoding.slice(0, 40)}: send it without content-encoding.`;
      endResponse(
        fetchAPI.Response.json(
          { errors: [{ message, extensions: { code: 'UNSUPPORTED_CONTENT_ENCODING' } }] },
          { status: 415 },
        ),
      );
    },
    onResponse(payload) {
      const length = payload.response.headers.get('content-length');
      if (length !== null && Number(length) < SMALLEST_BYTES) return;
      payload.response.headers.append('vary', 'Accept-Encoding');
      return onResponse?.(payload as never);
    },
  };
}
