import { createServiceClient, type ServiceClient } from '@community/kit/service-client';
import { z } from 'zod';
import type { DataRequest } from './data-request.ts';

export type ExportDocuments = ReturnType<typeof createExportDocuments>;

const part = z.object({ sections: z.record(z.string(), z.array(z.unknown())) });

/** A part may be large. */
const TIMEOUT_MS = 20_000;

/** Puts an export together from what each domain keeps of it. */
export function createExportDocuments({ env, secret }: { env: NodeJS.ProcessEnv; secret: string }) {
  function clientOf(domain: string): ServiceClient {
    const baseUrl = env[`SUBGRAPH_URL_${domain.toUpperCase()}`];
    if (!baseUrl) throw new Error(`SUBGRAPH_URL_${domain.toUpperCase()} is not set`);
    return createServiceClient({ name: domain, baseUrl, secret, timeoutMs: TIMEOUT_MS });
  }

  /**
   * @returns JSON text: `{ requestId, requestedAt, missing, domains: { <domain>: { <section>: [...] } } }`; null when it is
   *   not complete yet, or has expired
   * @throws ServiceUnavailableError when a domain does not answer
   */
  return async function documentOf(request: DataRequest): Promise<string | null> {
    if (request.kind !== 'EXPORT' || request.state !== 'DONE') return null;
    const parts = await Promise.all(
      request.receipts.map(async ({ domain, items }) => {
        const { status, body } = await clientOf(domain).post('/internal/member-data', { requestId: request.id });
        if (status === 200) return [domain, part.parse(body).sections] as const;
        if (status !== 404) throw new Error(`${domain} answered ${status} when its part of an export was fetched`);
        return items.length === 0 ? ([domain, {}] as const) : null;
      }),
    );
    if (parts.some((found) => found === null)) return null;
    const { id: requestId, requestedAt, missing } = request;
    const domains = Object.fromEntries(parts.filter((found) => found !== null));
    return JSON.stringify({ requestId, requestedAt, missing, domains });
  };
}
