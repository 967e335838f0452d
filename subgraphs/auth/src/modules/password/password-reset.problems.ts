import { type Problem, problem } from '@community/kit/problem';

export type InvalidPasswordResetToken = Problem<'InvalidPasswordResetTokenError'>;

/** One answer for a token that is unknown, was used or has expired. */
export const invalidPasswordResetToken = (): InvalidPasswordResetToken =>
  problem(
    'InvalidPasswordResetTokenError',
    'INVALID_PASSWORD_RESET_TOKEN',
    'This link was used or has expired. Ask for another mail.',
    ['input', 'token'],
  );
