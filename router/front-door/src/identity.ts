import type { IncomingMessage } from 'node:http';
import { newId } from '@community/kit/ids';
import { traceIdOf, traceparentOf } from '@community/kit/trace';
import { PLACE_HEADER } from './override-labels.ts';
import type { CallerHeaders } from './subgraph-mutations.ts';

const REQUEST_ID = /^[\w-]{8,64}$/;
/** What only the platform may say of a request. */
const OURS = [
  'x-router-secret',
  'x-service-secret',
  'x-client-address',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  PLACE_HEADER,
];

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Replaces what a client says of itself by what the front door knows: address, request id and trace. */
export function setIdentity(request: IncomingMessage, address: string): CallerHeaders {
  const requestId = one(request.headers['x-request-id']);
  const caller = {
    address,
    requestId: requestId && REQUEST_ID.test(requestId) ? requestId : newId(),
    traceId: traceIdOf(one(request.headers.traceparent)),
  };
  for (const name of OURS) delete request.headers[name];
  request.headers['x-client-address'] = caller.address;
  request.headers['x-request-id'] = caller.requestId;
  request.headers.traceparent = traceparentOf(caller.traceId);
  return caller;
}
