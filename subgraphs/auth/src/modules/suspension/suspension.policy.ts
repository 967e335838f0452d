import type { Role } from '@community/kit/member';
import { type Forbidden, forbidden, type Invalid, invalid } from '@community/kit/problem';

const MAX_REASON = 500;
/** A longer one is one that somebody has to end. */
const MAX_YEARS = 10;

/** Who suspends whom. Roles are those of the database now; a token may be minutes old. */
export interface Acting {
  readonly actorId: string;
  readonly actorRoles: readonly Role[];
  readonly targetId: string;
  readonly targetRoles: readonly Role[];
}

const isModerator = (roles: readonly Role[]) => roles.includes('MODERATOR') || roles.includes('ADMINISTRATOR');

/** Why somebody may not suspend an account or end its suspension, or null. */
export function refuseSuspending({ actorId, actorRoles, targetId, targetRoles }: Acting): Forbidden | null {
  if (!isModerator(actorRoles)) return forbidden('Only moderators and administrators suspend accounts.');
  if (actorId === targetId) return forbidden('Nobody suspends her own account.', 'OWN_ACCOUNT');
  if (targetRoles.includes('ADMINISTRATOR'))
    return forbidden('An administrator is not suspended. Revoke the role first.', 'TARGET_IS_ADMINISTRATOR');
  if (targetRoles.includes('MODERATOR') && !actorRoles.includes('ADMINISTRATOR'))
    return forbidden('Only administrators suspend moderators.', 'TARGET_IS_MODERATOR');
  return null;
}

/** The first rule that the words or the end of a suspension break, or null. */
export function checkSuspension(input: { reason: string; until: Date | null }, now: Date): Invalid | null {
  const length = [...input.reason.trim()].length;
  if (length === 0 || length > MAX_REASON)
    return invalid(`A reason has 1 to ${MAX_REASON} characters: the member reads it.`, ['input', 'reason'], 'REASON');
  if (!input.until) return null;
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + MAX_YEARS);
  if (input.until <= now || input.until > latest)
    return invalid(
      `A suspension ends in the future, within ${MAX_YEARS} years. Leave it out for one that somebody has to end.`,
      ['input', 'until'],
      'UNTIL',
    );
  return null;
}
