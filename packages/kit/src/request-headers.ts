import type { RequestContext } from './context.ts';
import { newId } from './ids.ts';
import type { Member } from './member.ts';
import type { RequestScope } from './request-scope.ts';
import { traceIdOf } from './trace.ts';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** What a client is told whose token is no good. */
export const TOKEN_REFUSED = 'The access token is not valid or has expired. Refresh the session or sign in.';

/** Reads a header by its name in lower case, from wherever a protocol carries it. */
export type ReadHeader = (name: string) => string | undefined;

/** The token of an `Authorization: Bearer` header (RFC 6750, section 2.1). */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
}

/** The scope of a request that the router sent. */
export function requestScope(read: ReadHeader): RequestScope {
  const requestId = read('x-request-id');
  return {
    requestId: requestId && REQUEST_ID.test(requestId) ? requestId : newId(),
    traceId: traceIdOf(read('traceparent')),
    sqlStatements: 0,
    isPersonal: false,
  };
}

/** A context of which copies share that it is personal: Apollo Server gives resolvers a copy, with the same prototype. */
class Context implements RequestContext {
  readonly asker: { readonly member: Member | null; readonly scope: RequestScope };
  readonly viewerId: string | null;
  readonly requestId: string;
  readonly traceId: string;
  readonly clientAddress: string;
  readonly client: { readonly name: string; readonly version: string };

  constructor(read: ReadHeader, member: Member | null, scope: RequestScope) {
    this.asker = { member, scope };
    this.viewerId = member?.id ?? null;
    this.requestId = scope.requestId;
    this.traceId = scope.traceId;
    this.clientAddress = read('x-client-address') ?? '';
    this.client = {
      name: read('apollographql-client-name') ?? '',
      version: read('apollographql-client-version') ?? '',
    };
  }

  get member(): Member | null {
    this.asker.scope.isPersonal = true;
    return this.asker.member;
  }
}

/** What resolvers get to know of a request that the router sent. */
export function requestContext(read: ReadHeader, member: Member | null, scope: RequestScope): RequestContext {
  return new Context(read, member, scope);
}
