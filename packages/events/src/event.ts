import { z } from 'zod';

/**
 * An event as it travels: a CloudEvents 1.0 envelope (JSON format) with extensions of ours. Extension names are
 * lower case without separators, as the specification asks.
 */
export const eventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  /** RFC 3339. */
  time: z.string(),
  /** The aggregate's id. */
  subject: z.string(),
  datacontenttype: z.literal('application/json'),
  /** The version of the payload's schema. Within one, fields are only added. */
  schemaversion: z.number().int(),
  /** Grows by one with each event of the aggregate; a consumer of state ignores what is older than it knows. */
  aggregateversion: z.number().int(),
  /** The member who caused it; absent when the platform did. */
  actorid: z.string().optional(),
  traceparent: z.string().optional(),
  /** RFC 3339: it was imported, and this is when it happened elsewhere. Projections follow it; it is news to nobody. */
  importedtime: z.string().optional(),
  data: z.unknown(),
});

export type EventEnvelope = z.infer<typeof eventSchema>;

/** An event whose payload was checked. */
export type ReceivedEvent<Data> = Omit<EventEnvelope, 'data'> & { readonly data: Data };
