import { z } from 'zod';
import { hourOf, ReportError } from '../../usage-reports/reported-operation.ts';
import type { UsageRecord } from './usage.ts';

const count = z.number().int().min(0);
const report = z.object({
  graphRef: z.string().min(1).max(130),
  operations: z
    .array(
      z.object({
        document: z.string(),
        operationName: z.string().nullish(),
        coordinates: z.array(z.string()).max(10_000),
        inputs: z.record(z.string(), count).optional(),
        persistedId: z.string().max(255).nullish(),
        client: z.object({ name: z.string(), version: z.string() }),
        hour: z.iso.datetime(),
        requests: count,
        errors: count,
        durationMs: z.number().min(0),
      }),
    )
    .max(10_000),
});

export type OwnReport = z.input<typeof report>;

/** Reads a report of this platform's gateway. @throws ReportError */
export function readOwnReport(body: unknown): { graphRef: string; operations: UsageRecord[] } {
  const parsed = report.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ReportError(`The usage report cannot be read: ${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  return {
    graphRef: parsed.data.graphRef,
    operations: parsed.data.operations.map(({ operationName, persistedId, hour, ...operation }) => ({
      ...operation,
      operationName: operationName ?? null,
      ...(persistedId ? { persistedId } : {}),
      precision: 'exact' as const,
      hour: hourOf(Date.parse(hour)),
    })),
  };
}
