import { type Conflict, type NotFound, notFound, type Problem, problem } from '@community/kit/problem';

export type InvalidCode = Problem<'InvalidCodeError'>;

/** One answer for a code that is wrong, too old, too early or was used. */
export const invalidCode = (): InvalidCode =>
  problem(
    'InvalidCodeError',
    'INVALID_CODE',
    'The code is not right, has expired or was used. Wait for the next one.',
    ['input', 'code'],
  );

export const isOnAlready = (): Conflict =>
  problem('ConflictError', 'TOTP_IS_ON', 'The second factor is on already. Turn it off before you set up another app.');

export const noTotp = (): NotFound => notFound('second factor', []);
