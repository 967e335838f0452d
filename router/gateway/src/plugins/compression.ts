import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { useContentEncoding } from '@whatwg-node/server';

/** A smaller answer travels in one packet either way, and compressing it costs more than making it. */
const SMALLEST_BYTES = 1_024;

/** Compresses answers that are worth it, for clients that understand it, and reads requests that are compressed. */
export function useCompression(): GatewayPlugin {
  const { onRequest, onResponse } = useContentEncoding<object>();
  return {
    onRequest: (payload) => onRequest?.(payload as never),
    onResponse(payload) {
      const length = payload.response.headers.get('content-length');
      if (length === null || Number(length) >= SMALLEST_BYTES) return onResponse?.(payload as never);
    },
  };
}
