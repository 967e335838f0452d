import { secondsAfter } from '../../clock.ts';
import type { FoundToken } from './session.ts';

const DAY = 86_400;
/** How long a session lives without being refreshed, and how long in any case. */
export const IDLE_SECONDS = 30 * DAY;
export const ABSOLUTE_SECONDS = 90 * DAY;
/** How long after a rotation the token before is still good: for an answer that was lost, or two tabs at once. */
export const LEEWAY_SECONDS = 10;

/** When a session ends unless it is refreshed again: also when its newest refresh token expires. */
export function idleEnd(now: Date, sessionExpiresAt: Date): Date {
  const idle = secondsAfter(now, IDLE_SECONDS);
  return idle < sessionExpiresAt ? idle : sessionExpiresAt;
}

/**
 * What becomes of a refresh token that is presented (rotation with reuse detection, RFC 9700, section 4.14.2):
 * - `ROTATE`: it is of the current generation; the next one begins.
 * - `REPEAT`: it is of the generation before, whose successor came moments ago and was not used; a further token of the
 *   current generation is given out.
 * - `REUSED`: it is older, or its successor is in use: somebody has a copy. The session ends.
 * - `INVALID`: it has expired, or the session has ended.
 */
export function judgeRefresh(found: FoundToken, now: Date): 'ROTATE' | 'REPEAT' | 'REUSED' | 'INVALID' {
  if (found.ended || found.tokenExpiresAt <= now || found.sessionExpiresAt <= now) return 'INVALID';
  if (found.generation === found.currentGeneration) return 'ROTATE';
  const moments = now <= secondsAfter(found.rotatedAt, LEEWAY_SECONDS);
  return moments && found.generation === found.currentGeneration - 1 ? 'REPEAT' : 'REUSED';
}
