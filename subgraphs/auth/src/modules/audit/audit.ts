import type { Role } from '@community/kit/member';

export const AUDIT_ACTS = ['ROLE_GRANTED', 'ROLE_REVOKED', 'SUSPENDED', 'REINSTATED'] as const;
export type AuditAct = (typeof AUDIT_ACTS)[number];

/** What somebody did to an account by her office. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly act: AuditAct;
  /** Null: the platform itself, an operator's command, or a time that was over. */
  readonly actorId: string | null;
  readonly accountId: string;
  readonly role: Role | null;
  readonly until: Date | null;
  readonly reason: string | null;
}
