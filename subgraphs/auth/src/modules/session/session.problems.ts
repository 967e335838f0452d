import { type Problem, problem } from '@community/kit/problem';

export type InvalidRefreshToken = Problem<'InvalidRefreshTokenError'>;

/** One answer for a token that is unknown, has expired, was replaced or belongs to an ended session. */
export const invalidRefreshToken = (): InvalidRefreshToken =>
  problem('InvalidRefreshTokenError', 'INVALID_REFRESH_TOKEN', 'This session has ended. Sign in again.', [
    'input',
    'refreshToken',
  ]);
