import { type Invalid, invalid } from '@community/kit/problem';
import type { ServiceClient } from '@community/kit/service-client';
import { z } from 'zod';
import { type HandleTaken, handleTaken } from './sign-up.policy.ts';

export type HandleReservation = ReturnType<typeof createHandleReservation>;

const refusal = z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) });

/** Asks user to keep a handle for a member-to-be. */
export function createHandleReservation(user: ServiceClient) {
  /**
   * The same request again has the same answer, so a sign-up can be repeated.
   * @throws ServiceUnavailableError when user does not answer
   */
  return async function reserve(request: {
    memberId: string;
    handle: string;
    displayName: string;
    language: string;
  }): Promise<'RESERVED' | HandleTaken | Invalid> {
    const { status, body } = await user.post('/internal/handles/reserve', request);
    if (status === 200) return 'RESERVED';
    if (status === 409) return handleTaken();
    if (status !== 422) throw new Error(`user answered ${status} to the reservation of a handle`);
    const { code, message, path } = refusal.parse(body);
    return invalid(message, path, code);
  };
}
