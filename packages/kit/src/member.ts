/** What a member may be, beyond what everybody may do. */
export const ROLES = ['MEMBER', 'MODERATOR', 'ADMINISTRATOR'] as const;
export type Role = (typeof ROLES)[number];

/** A member whose token was verified. */
export interface Member {
  readonly id: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  /** What an API token may do; absent for a session, which may do everything. */
  readonly scopes?: readonly string[];
}

/** Whether the member holds `role`; an administrator holds every role. */
export function hasRole(member: Member | null, role: Role): boolean {
  return member !== null && (member.roles.includes(role) || member.roles.includes('ADMINISTRATOR'));
}
