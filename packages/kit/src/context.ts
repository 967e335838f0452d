import type { Member } from './member.ts';

/** What every resolver gets to know of a request; a domain adds its services. */
export interface RequestContext {
  /**
   * The member who asks, verified; null for an anonymous client. Who reads it makes the answer personal: it is not shared
   * with anybody. It is no property of the object itself: domains add to the context
   * (`Object.assign`) and do not spread it.
   */
  readonly member: Member | null;
  /** The id of the member who asks, for conditions on whom she may see, which an audience answers for; null if anonymous. */
  readonly viewerId: string | null;
  readonly requestId: string;
  readonly traceId: string;
  /** The client's IP address as the front door found it; empty when the caller is not the router. */
  readonly clientAddress: string;
  readonly client: { readonly name: string; readonly version: string };
}
