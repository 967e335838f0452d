import type { Role } from '@community/kit/member';

/** Who may sign in. What others see of her is a `User`, with the same id. */
export interface Account {
  readonly id: string;
  /** Normalised; never shown to others. */
  readonly email: string;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
}
