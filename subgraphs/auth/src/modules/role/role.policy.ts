import type { Role } from '@community/kit/member';
import { type Forbidden, forbidden, type Invalid, invalid } from '@community/kit/problem';

/** A change of somebody's roles, with all that decides whether it may be made. */
export interface RoleChange {
  /** What the one who changes holds now, by the database; her token may be minutes old. */
  readonly actorRoles: readonly Role[];
  readonly targetRoles: readonly Role[];
  readonly role: Role;
  readonly kind: 'GRANT' | 'REVOKE';
  readonly administratorCount: number;
}

/** Why the change is refused, or null. */
export function refuseRoleChange(change: RoleChange): Forbidden | Invalid | null {
  const { actorRoles, targetRoles, role, kind, administratorCount } = change;
  if (!actorRoles.includes('ADMINISTRATOR')) return forbidden('Only administrators change roles.');
  if (kind === 'GRANT') return null;
  if (role === 'MEMBER') return invalid('Everybody is a member; that role cannot be taken away.', ['input', 'role']);
  if (role === 'ADMINISTRATOR' && targetRoles.includes(role) && administratorCount <= 1) {
    return forbidden('The last administrator keeps this role. Grant it to somebody else first.', 'LAST_ADMINISTRATOR');
  }
  return null;
}

/** The roles after a change, in the order in which they are known. */
export function changedRoles(roles: readonly Role[], role: Role, kind: RoleChange['kind']): Role[] {
  if (kind === 'REVOKE') return roles.filter((held) => held !== role);
  return roles.includes(role) ? [...roles] : [...roles, role];
}
