/** That nobody signs in to an account, for a time. */
export interface Suspension {
  readonly since: Date;
  /** Null: until somebody ends it. */
  readonly until: Date | null;
  /** In the words of who suspended her. */
  readonly reason: string;
}

/** The suspension that holds now, or null. */
export function holding(suspension: Suspension | null, now: Date): Suspension | null {
  return suspension && (suspension.until === null || suspension.until > now) ? suspension : null;
}
