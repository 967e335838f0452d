import type { Member } from './member.ts';

/** What every resolver gets to know of a request; a domain adds its services. */
export interface RequestContext {
  /** The member who asks, verified; null for an anonymous client. */
  readonly member: Member | null;
  readonly requestId: string;
  readonly traceId: string;
  /** The client's IP address as the front door found it; empty when the caller is not the router. */
  readonly clientAddress: string;
  readonly client: { readonly name: string; readonly version: string };
}
