import type { CompositionFault } from '@community/rover/fault';
import { builder } from '../../builder.ts';
import type { LintDiagnostic } from '../../schema-lint/lint.ts';
import type {
  AffectedOperation,
  Check,
  CompositionTask,
  CustomTask,
  DownstreamTask,
  JudgedChange,
  LintTask,
  OperationsTask,
  TaskStatus,
  Violation,
} from './check.ts';
import { changeKey } from './check.ts';

const TYPES = {
  composition: 'CompositionCheckTask',
  operations: 'OperationsCheckTask',
  lint: 'LintCheckTask',
  custom: 'CustomCheckTask',
  downstream: 'DownstreamCheckTask',
} as const;

/** A task with what all of them have. */
interface Node<Kind extends string, Task> {
  readonly kind: Kind;
  readonly task: Task;
  readonly check: Check;
  readonly targetURL: string;
}
export type TaskNode =
  | Node<'composition', CompositionTask>
  | Node<'operations', OperationsTask | null>
  | Node<'lint', LintTask>
  | Node<'custom', CustomTask>
  | Node<'downstream', DownstreamTask | null>;
type NodeOf<Kind extends TaskNode['kind']> = Extract<TaskNode, { kind: Kind }>;

/** The tasks of a check, composition first. */
export function tasksOf(check: Check, targetURL: string): TaskNode[] {
  const { composition, operations, lint, custom, downstream } = check.tasks;
  const base = { check, targetURL };
  const blocked = composition?.status === 'FAILED';
  return [
    ...(composition ? [{ kind: 'composition' as const, task: composition, ...base }] : []),
    ...(operations || blocked ? [{ kind: 'operations' as const, task: operations, ...base }] : []),
    ...(lint ? [{ kind: 'lint' as const, task: lint, ...base }] : []),
    ...(custom ? [{ kind: 'custom' as const, task: custom, ...base }] : []),
    ...(downstream ? [{ kind: 'downstream' as const, task: downstream, ...base }] : []),
  ];
}

const Status = builder.enumType('CheckWorkflowTaskStatus', {
  values: ['PASSED', 'FAILED', 'PENDING', 'BLOCKED'] as const,
});

const statusOf = ({ task }: TaskNode): TaskStatus => task?.status ?? 'BLOCKED';

export const TaskRef = builder.interfaceRef<TaskNode>('CheckWorkflowTask').implement({
  resolveType: ({ kind }) => TYPES[kind],
  fields: (t) => ({
    id: t.id({ resolve: ({ check, kind }) => `${check.id}/${kind}` }),
    status: t.field({ type: Status, resolve: statusOf }),
    targetURL: t.string({ nullable: true, resolve: ({ targetURL }) => targetURL }),
    createdAt: t.field({ type: 'Timestamp', resolve: ({ check }) => check.createdAt }),
    completedAt: t.field({ type: 'Timestamp', nullable: true, resolve: ({ check }) => check.createdAt }),
  }),
});

const Location = builder.objectRef<{ line: number; column: number }>('SourceLocation').implement({
  fields: (t) => ({ line: t.exposeInt('line'), column: t.exposeInt('column') }),
});

const CheckedError = builder.objectRef<CompositionFault>('CompositionCheckError').implement({
  fields: (t) => ({
    message: t.exposeString('message'),
    code: t.exposeString('code'),
    locations: t.field({ type: [Location], resolve: ({ locations }) => [...locations] }),
  }),
});

const CompositionResult = builder.objectRef<CompositionTask>('CompositionCheckResult').implement({
  fields: (t) => ({ errors: t.field({ type: [CheckedError], resolve: ({ errors }) => [...errors] }) }),
});

builder.objectRef<NodeOf<'composition'>>('CompositionCheckTask').implement({
  interfaces: [TaskRef],
  fields: (t) => ({
    coreSchemaModified: t.boolean({ resolve: ({ task }) => task.coreSchemaModified }),
    result: t.field({ type: CompositionResult, nullable: true, resolve: ({ task }) => task }),
  }),
});

const Severity = builder.enumType('ChangeSeverity', { values: ['FAILURE', 'NOTICE'] as const });

const ClientUse = builder.objectRef<AffectedOperation['clients'][number]>('AffectedClient').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    version: t.exposeString('version'),
    requests: t.exposeFloat('requests'),
  }),
});

const Affected = builder.objectRef<AffectedOperation>('AffectedQuery').implement({
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    requests: t.exposeFloat('requests'),
    conservative: t.exposeBoolean('conservative', {
      description: 'Judged by its document, since the report of its use does not tell inputs.',
    }),
    clients: t.field({ type: [ClientUse], resolve: ({ clients }) => [...clients] }),
  }),
});

const Change = builder.objectRef<JudgedChange>('Change').implement({
  fields: (t) => ({
    key: t.string({ description: 'What an approval of it names.', resolve: (change) => changeKey(change) }),
    severity: t.expose('severity', { type: Severity }),
    code: t.exposeString('code'),
    coordinate: t.exposeString('coordinate'),
    description: t.exposeString('description'),
    approvedBy: t.exposeString('approvedBy', { nullable: true }),
    affectedQueries: t.field({ type: [Affected], resolve: ({ affected }) => [...affected] }),
  }),
});

const OperationsResult = builder.objectRef<OperationsTask>('OperationsCheckResult').implement({
  fields: (t) => ({
    checkSeverity: t.field({ type: Severity, resolve: ({ status }) => (status === 'FAILED' ? 'FAILURE' : 'NOTICE') }),
    numberOfCheckedOperations: t.exposeInt('checkedOperations'),
    requests: t.exposeFloat('requests'),
    from: t.exposeString('from'),
    to: t.exposeString('to'),
    notes: t.exposeStringList('notes'),
    changes: t.field({ type: [Change], resolve: ({ changes }) => [...changes] }),
  }),
});

builder.objectRef<NodeOf<'operations'>>('OperationsCheckTask').implement({
  interfaces: [TaskRef],
  fields: (t) => ({ result: t.field({ type: OperationsResult, nullable: true, resolve: ({ task }) => task }) }),
});

type Range = LintDiagnostic['sourceLocations'][number];

const Coordinate = builder.objectRef<Range['start']>('Coordinate').implement({
  fields: (t) => ({
    byteOffset: t.exposeInt('byteOffset'),
    line: t.exposeInt('line'),
    column: t.exposeInt('column'),
  }),
});

const RangeRef = builder.objectRef<Range & { subgraphName?: string | null }>('Location').implement({
  fields: (t) => ({
    start: t.expose('start', { type: Coordinate, nullable: true }),
    end: t.expose('end', { type: Coordinate, nullable: true }),
    subgraphName: t.string({ nullable: true, resolve: ({ subgraphName }) => subgraphName }),
  }),
});

const LintLevel = builder.enumType('LintDiagnosticLevel', { values: ['ERROR', 'WARNING', 'IGNORED'] as const });

const Diagnostic = builder.objectRef<LintDiagnostic>('LintDiagnostic').implement({
  fields: (t) => ({
    level: t.expose('level', { type: LintLevel }),
    rule: t.string({ resolve: ({ rule }) => rule }),
    message: t.exposeString('message'),
    coordinate: t.exposeString('coordinate'),
    sourceLocations: t.field({ type: [RangeRef], resolve: ({ sourceLocations }) => [...sourceLocations] }),
  }),
});

const LintStats = builder.objectRef<readonly LintDiagnostic[]>('LintStats').implement({
  fields: (t) => ({
    errorsCount: t.int({ resolve: (all) => all.filter(({ level }) => level === 'ERROR').length }),
    warningsCount: t.int({ resolve: (all) => all.filter(({ level }) => level === 'WARNING').length }),
    totalCount: t.int({ resolve: (all) => all.length }),
  }),
});

export const LintResultRef = builder.objectRef<readonly LintDiagnostic[]>('LintResult').implement({
  fields: (t) => ({
    diagnostics: t.field({ type: [Diagnostic], resolve: (all) => [...all] }),
    stats: t.field({ type: LintStats, resolve: (all) => all }),
  }),
});

builder.objectRef<NodeOf<'lint'>>('LintCheckTask').implement({
  interfaces: [TaskRef],
  fields: (t) => ({
    result: t.field({ type: LintResultRef, nullable: true, resolve: ({ task }) => task.diagnostics }),
  }),
});

const ViolationLevel = builder.enumType('ViolationLevel', { values: ['ERROR', 'WARNING', 'INFO'] as const });

const ViolationRef = builder.objectRef<Violation & { subgraph: string | null }>('CustomCheckViolation').implement({
  fields: (t) => ({
    rule: t.exposeString('rule'),
    level: t.expose('level', { type: ViolationLevel }),
    message: t.exposeString('message'),
    coordinate: t.exposeString('coordinate', { nullable: true }),
    sourceLocations: t.field({
      type: [RangeRef],
      nullable: true,
      resolve: ({ sourceLocations, subgraph }) =>
        sourceLocations.map((range) => ({ ...range, subgraphName: subgraph })),
    }),
  }),
});

const CustomResult = builder.objectRef<NodeOf<'custom'>>('CustomCheckResult').implement({
  fields: (t) => ({
    violations: t.field({
      type: [ViolationRef],
      resolve: ({ task, check }) => task.violations.map((violation) => ({ ...violation, subgraph: check.subgraph })),
    }),
  }),
});

builder.objectRef<NodeOf<'custom'>>('CustomCheckTask').implement({
  interfaces: [TaskRef],
  fields: (t) => ({ result: t.field({ type: CustomResult, nullable: true, resolve: (node) => node }) }),
});

const DownstreamResult = builder
  .objectRef<DownstreamTask['results'][number] & { failing: boolean }>('DownstreamCheckResult')
  .implement({
    fields: (t) => ({
      downstreamVariantName: t.exposeString('variant'),
      failsUpstreamWorkflow: t.exposeBoolean('failing', { nullable: true }),
      errors: t.field({ type: [CheckedError], resolve: ({ errors }) => [...errors] }),
    }),
  });

builder.objectRef<NodeOf<'downstream'>>('DownstreamCheckTask').implement({
  interfaces: [TaskRef],
  fields: (t) => ({
    results: t.field({
      type: [DownstreamResult],
      nullable: true,
      resolve: ({ task }) =>
        task?.results.map((result) => ({ ...result, failing: task.status === 'FAILED' && result.errors.length > 0 })),
    }),
  }),
});

/** Proposals are reviews in Apollo's own web application; there are none here, but Rover's document names the type. */
const RelatedProposal = builder
  .objectRef<{ statusAtCheck: string; proposal: { displayName: string } }>('RelatedProposalResult')
  .implement({
    fields: (t) => ({
      statusAtCheck: t.exposeString('statusAtCheck'),
      proposal: t.field({
        type: builder
          .objectRef<{ displayName: string }>('Proposal')
          .implement({ fields: (p) => ({ displayName: p.exposeString('displayName') }) }),
        resolve: ({ proposal }) => proposal,
      }),
    }),
  });

builder.objectRef<TaskNode>('ProposalsCheckTask').implement({
  interfaces: [TaskRef],
  isTypeOf: () => false,
  fields: (t) => ({
    didOverrideProposalsCheckTask: t.boolean({ resolve: () => false }),
    proposalCoverage: t.string({ resolve: () => 'NONE' }),
    relatedProposalResults: t.field({ type: [RelatedProposal], resolve: () => [] }),
    severityLevel: t.string({ resolve: () => 'OFF' }),
  }),
});
