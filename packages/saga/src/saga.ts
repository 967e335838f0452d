/** Where a saga stands. COMPENSATED: a step was refused for good, and what others had done was undone. */
export type SagaState = 'RUNNING' | 'DONE' | 'COMPENSATED' | 'CANCELLED';

/**
 * Where a step stands. BLOCKED: other steps come first. PENDING: it was asked for, and is asked for again until it is
 * answered. DROPPED: it was not done when the saga ended.
 */
export type StepState = 'BLOCKED' | 'PENDING' | 'DONE' | 'REFUSED' | 'COMPENSATED' | 'DROPPED';

export interface Step {
  readonly name: string;
  readonly state: StepState;
  /** How often it was asked for. */
  readonly attempts: number;
  /** Why it was refused, or is not done yet; a code. */
  readonly reason: string | null;
  /** What the one who did it said of it. */
  readonly result: Readonly<Record<string, unknown>> | null;
  /** When it is asked for again, or comes by itself. */
  readonly dueAt: Date | null;
  readonly updatedAt: Date;
}

export interface Saga {
  readonly id: string;
  readonly kind: string;
  /** Whom it is about. */
  readonly subject: string;
  readonly state: SagaState;
  readonly reason: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** In the order in which they were declared. */
  readonly steps: readonly Step[];
}

/** The answer to a step: for good, either way. What may pass is no answer; the step is asked for again. */
export type Answer =
  | { readonly done: true; readonly result?: Readonly<Record<string, unknown>> }
  | { readonly refused: string };

/** One step of a saga. */
export interface StepDefinition<Tx> {
  readonly name: string;
  /** Steps that must be done (or refused, where they are optional) before this one is asked for. */
  readonly after?: readonly string[];
  /**
   * Asks for the step, usually by an event in the same transaction. It is called again with growing pauses until an answer
   * comes, so whoever does the step must be able to hear twice. None: the step is answered by something that happens
   * anyway, or by time.
   * @param attempt 1 at first
   */
  ask?(tx: Tx, saga: Saga, attempt: number): Promise<void>;
  /** The step is done by waiting until then. */
  dueAt?(saga: Saga): Date;
  /** Undoes the step when another one is refused; in the transaction of that answer. @param reason of the refusal */
  compensate?(tx: Tx, saga: Saga, reason: string): Promise<void>;
  /** A refusal leaves the rest of the saga as it is. */
  readonly optional?: boolean;
  /** Silence for so long counts as a refusal, `NO_ANSWER`; for ever without it. */
  readonly givenUpAfterMs?: number;
}

/** A kind of saga. The steps may depend on what it is started with. */
export interface SagaDefinition<Tx> {
  readonly kind: string;
  steps(saga: Pick<Saga, 'data'>): readonly StepDefinition<Tx>[];
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** How long an answer is awaited before the step is asked for again: 5 s, 10 s, 20 s, up to an hour. */
export function pauseAfter(attempt: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), LONGEST_PAUSE_MS);
}
