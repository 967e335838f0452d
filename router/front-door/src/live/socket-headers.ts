import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { placeHeaders } from '../override-labels.ts';

/** Headers that a client may give with `connection_init`, because a browser's WebSocket carries none. */
const GIVEN = ['authorization', 'apollographql-client-name', 'apollographql-client-version', 'x-safelist-exemption'];
const payloadSchema = z.record(z.string(), z.unknown());

/** Headers of an upgrade that stand once. */
export const singleHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/**
 * The headers that operations of a WebSocket come with.
 * @param upgrade the upgrade's, to which the front door has seen
 * @param payload of `connection_init`: what of it a client may say counts instead
 */
export function headersOfSocket(upgrade: Readonly<Record<string, string>>, payload: unknown): Record<string, string> {
  const given = payloadSchema.safeParse(payload).data ?? {};
  const said = GIVEN.flatMap((name): [string, string][] => {
    const value = given[name] ?? (name === 'authorization' ? given.Authorization : undefined);
    return typeof value === 'string' ? [[name, value]] : [];
  });
  const headers: Record<string, string> = { ...upgrade, ...Object.fromEntries(said) };
  return { ...headers, ...placeHeaders(headers.authorization) };
}
