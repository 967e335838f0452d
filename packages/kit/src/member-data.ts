import { defineEvents, type EventContract } from '@community/events/contract';
import { z } from 'zod';

/** A page of what a domain holds of a member: JSON-able things of one section, such as `posts`. */
export interface ExportedPage {
  readonly section: string;
  readonly items: readonly unknown[];
}

/** How many of each kind of thing were exported or erased. */
export type ItemCounts = Readonly<Record<string, number>>;

/** A domain's part in what a member may ask for: all that is held of her, and that it is erased. */
export interface MemberData<Tx> {
  /** `memberDataReceipts(<domain>)`, exported by a `*.events.ts` file, so that it stands in the domain's contract. */
  readonly receipts: MemberDataReceipts;
  /** All that the domain holds of a member, in pages that fit into memory. */
  export(memberId: string): AsyncIterable<ExportedPage>;
  /**
   * Erases a member in one transaction: what is hers alone goes, what others answered loses author and words.
   * Harmless to repeat. @returns how many of each were erased
   */
  erase(tx: Tx, memberId: string): Promise<ItemCounts>;
}

export type MemberDataReceipts = ReturnType<typeof memberDataReceipts>;

/** What a domain answers to a request about a member's data. */
export function memberDataReceipts(domain: string) {
  return defineEvents(domain, {
    'member_data.receipt': {
      version: 1,
      aggregate: 'member_data_request',
      payload: z.object({
        requestId: z.uuid(),
        domain: z.string(),
        kind: z.enum(['EXPORT', 'ERASURE']),
        items: z.record(z.string(), z.number()),
        at: z.iso.datetime(),
      }),
    },
  });
}

/** What auth asks all domains for, and each domain reads of it. */
export const memberDataRequest = z.object({
  requestId: z.uuid(),
  memberId: z.uuid(),
  /** Which domains are asked; the others have answered, or are asked later. */
  domains: z.array(z.string()),
});

/** The events of auth that ask. */
export const memberDataRequests: EventContract<{
  readonly 'member_data.export_requested': RequestDefinition;
  readonly 'member_data.erasure_requested': RequestDefinition;
}> = defineEvents('auth', {
  'member_data.export_requested': { version: 1, aggregate: 'member_data_request', payload: memberDataRequest },
  'member_data.erasure_requested': { version: 1, aggregate: 'member_data_request', payload: memberDataRequest },
});

interface RequestDefinition {
  readonly version: 1;
  readonly aggregate: 'member_data_request';
  readonly payload: typeof memberDataRequest;
}
