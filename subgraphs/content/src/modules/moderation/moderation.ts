export type ThingKind = 'POST' | 'COMMENT';
export type ReportReason = 'SPAM' | 'HARASSMENT' | 'HATE' | 'VIOLENCE' | 'SEXUAL' | 'PRIVACY' | 'OTHER';
export type CaseStatus = 'OPEN' | 'RESOLVED' | 'DISMISSED';
export type CaseOrigin = 'REPORTED' | 'HELD';

/** A post or a comment that somebody named. */
export interface Thing {
  readonly kind: ThingKind;
  readonly id: string;
}

/** What moderators are to decide, or have decided. */
export interface ModerationCase {
  readonly id: string;
  readonly kind: ThingKind;
  readonly thingId: string;
  readonly authorId: string;
  readonly origin: CaseOrigin;
  /** Why it is held; null of what was reported. */
  readonly heldFor: string | null;
  readonly status: CaseStatus;
  readonly reportCount: number;
  readonly openedAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
}

/** What a member said is wrong with it. */
export interface Report {
  readonly reporterId: string;
  readonly reason: ReportReason;
  readonly note: string;
  readonly createdAt: Date;
}
