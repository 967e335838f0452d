import type { CompositionFault } from '@community/rover/fault';
import type { SchemaChange } from '../../schema-diff/change.ts';
import type { LintDiagnostic } from '../../schema-lint/lint.ts';
import type { GitContext } from '../launch/launch.ts';

/** A document that a change may break, with who sends it. */
export interface AffectedOperation {
  readonly id: string;
  readonly name: string;
  readonly requests: number;
  readonly clients: readonly { readonly name: string; readonly version: string; readonly requests: number }[];
  /** Reports of this traffic do not tell inputs, so its document was judged: it may be affected. */
  readonly conservative: boolean;
}

/** A change with what it means for those who use the graph. */
export interface JudgedChange extends Omit<SchemaChange, 'code' | 'impact'> {
  readonly code: string;
  readonly severity: 'FAILURE' | 'NOTICE';
  readonly affected: readonly AffectedOperation[];
  /** Who allowed it although it breaks somebody. */
  readonly approvedBy: string | null;
}

export type TaskStatus = 'PASSED' | 'FAILED' | 'BLOCKED';

export interface CompositionTask {
  readonly status: TaskStatus;
  readonly errors: readonly CompositionFault[];
  readonly coreSchemaModified: boolean;
}

export interface OperationsTask {
  readonly status: TaskStatus;
  readonly changes: readonly JudgedChange[];
  readonly checkedOperations: number;
  readonly requests: number;
  /** RFC 3339 */
  readonly from: string;
  readonly to: string;
  /** What should be known about how it was judged. */
  readonly notes: readonly string[];
}

export interface LintTask {
  readonly status: TaskStatus;
  readonly diagnostics: readonly LintDiagnostic[];
}

/** What a policy of the team's own finds. */
export interface Violation {
  readonly rule: string;
  readonly level: 'ERROR' | 'WARNING' | 'INFO';
  readonly message: string;
  readonly coordinate: string | null;
  readonly sourceLocations: LintDiagnostic['sourceLocations'];
}

export interface CustomTask {
  readonly status: TaskStatus;
  readonly violations: readonly Violation[];
}

export interface DownstreamTask {
  readonly status: TaskStatus;
  readonly results: readonly { readonly variant: string; readonly errors: readonly CompositionFault[] }[];
}

/** What a check looked at; a task that had nothing to look at is null. */
export interface CheckTasks {
  readonly composition: CompositionTask | null;
  readonly operations: OperationsTask | null;
  readonly lint: LintTask | null;
  readonly custom: CustomTask | null;
  readonly downstream: DownstreamTask | null;
}

export interface Check {
  readonly id: string;
  readonly variantId: string;
  readonly createdAt: Date;
  readonly actor: string;
  readonly git: GitContext;
  /** Null: a whole graph was checked. */
  readonly subgraph: string | null;
  readonly proposedHash: string;
  readonly baseLaunchId: string | null;
  readonly passed: boolean;
  readonly tasks: CheckTasks;
}

/** Tells a change from others, over checks and launches. */
export const changeKey = ({ code, coordinate }: Pick<JudgedChange, 'code' | 'coordinate'>): string =>
  `${code} ${coordinate}`.slice(0, 500);

/** Whether none of the tasks failed. */
export const passes = (tasks: CheckTasks): boolean =>
  Object.values(tasks).every((task) => task === null || task.status === 'PASSED');
