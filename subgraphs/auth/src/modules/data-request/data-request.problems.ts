import { type Conflict, type NotFound, notFound, problem } from '@community/kit/problem';

/** A request of the same kind that stands in the way. */
export const requestedAlready = (): Conflict =>
  problem('ConflictError', 'REQUESTED_ALREADY', 'You asked for this already. See your requests for how far it is.');

export const lastAdministrator = (): Conflict =>
  problem(
    'ConflictError',
    'LAST_ADMINISTRATOR',
    'You are the last administrator. Make somebody else one before your account is erased.',
  );

export const nothingToCancel = (): NotFound => notFound('erasure that could still be cancelled', []);
