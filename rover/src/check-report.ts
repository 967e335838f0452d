import { z } from 'zod';
import { code as asCode, table, text } from './markdown.ts';
import type { RoverOutput } from './run-rover.ts';

/** The line by which a comment is found again. */
export const MARKER = '<!-- schema-check -->';
const LISTED = 50;

const task = z.looseObject({ task_status: z.string().nullish(), target_url: z.string().nullish() });
const tasks = z.looseObject({
  operations: task
    .extend({
      operation_check_count: z.number(),
      changes: z.array(z.object({ code: z.string(), description: z.string(), severity: z.string() })),
    })
    .nullish(),
  lint: task
    .extend({
      diagnostics: z.array(
        z.looseObject({
          level: z.string(),
          message: z.string(),
          coordinate: z.string(),
          rule: z.string(),
          start_line: z.number().nullish(),
        }),
      ),
    })
    .nullish(),
  custom: task
    .extend({
      violations: z.array(
        z.looseObject({ level: z.string(), message: z.string(), rule: z.string(), coordinate: z.string().nullish() }),
      ),
    })
    .nullish(),
  downstream: task.extend({ blocking_variants: z.array(z.string()).nullish() }).nullish(),
});

/** The outcome of one subgraph's check. */
export interface SubgraphCheck {
  readonly name: string;
  readonly output: RoverOutput;
}

function sections({ output }: SubgraphCheck): string[] {
  const parsed = tasks.safeParse(output.data.tasks);
  const { operations, lint, custom, downstream } = parsed.success ? parsed.data : {};
  const parts: string[] = [];
  const builds = output.error?.details?.build_errors ?? [];
  if (builds.length > 0)
    parts.push(
      `**It does not compose.**\n\n${builds
        .slice(0, LISTED)
        .map(({ message }) => `- ${text(message)}`)
        .join('\n')}`,
    );
  else if (output.error && !parsed.success)
    parts.push(`**The check could not be made:** ${text(output.error.message)}`);
  if (operations && operations.changes.length > 0)
    parts.push(
      `**Changes**, against ${operations.operation_check_count} operations that clients sent\n\n${table(
        ['', 'code', 'change'],
        operations.changes.map(({ severity, code, description }) => [
          severity === 'FAIL' ? '❌' : '✅',
          asCode(code),
          text(description),
        ]),
        LISTED,
      )}`,
    );
  if (lint && lint.diagnostics.length > 0)
    parts.push(
      `**Lint**\n\n${table(
        ['', 'line', 'rule', 'message'],
        lint.diagnostics.map(({ level, start_line: line, rule, message }) => [
          level === 'ERROR' ? '❌' : '⚠️',
          String(line ?? ''),
          asCode(rule),
          text(message),
        ]),
        LISTED,
      )}`,
    );
  if (custom && custom.violations.length > 0)
    parts.push(
      `**Policies**\n\n${table(
        ['', 'policy', 'where', 'message'],
        custom.violations.map(({ level, rule, coordinate, message }) => [
          level === 'ERROR' ? '❌' : '⚠️',
          asCode(rule),
          text(coordinate ?? ''),
          text(message),
        ]),
        LISTED,
      )}`,
    );
  if (downstream?.blocking_variants?.length)
    parts.push(`**Contracts that do not compose:** ${downstream.blocking_variants.map(text).join(', ')}`);
  if (parts.length === 0)
    parts.push(
      parsed.success && !output.error
        ? 'Nothing that clients see changes.'
        : text(
            output.error?.message ?? 'Rover let it pass, but its answer has a shape that this report does not know.',
          ),
    );
  const link = [operations, lint, custom, downstream].find((each) => each?.target_url)?.target_url;
  if (link) parts.push(`[Details, and approval of changes](${link})`);
  return parts;
}

/** Whether a check let the change pass. */
export const passed = ({ output }: SubgraphCheck): boolean => output.data.success && output.error === null;

/**
 * One report on all checked subgraphs, in Markdown, the verdict first.
 * @param rest how many subgraphs did not change, and which were taken out of the configuration
 */
export function checkReport(
  graphRef: string,
  checks: readonly SubgraphCheck[],
  { unchanged, removed }: { readonly unchanged: number; readonly removed: readonly string[] },
): string {
  const failed = checks.filter((check) => !passed(check));
  const names = failed.map(({ name }) => asCode(name)).join(', ');
  const verdict =
    checks.length === 0
      ? '✅ No schema changed.'
      : failed.length === 0
        ? `✅ ${checks.length === 1 ? 'The schema change' : `All ${checks.length} schema changes`} can be merged.`
        : `❌ ${names} cannot be merged as ${failed.length === 1 ? 'it is' : 'they are'}.`;
  const parts = [...failed, ...checks.filter(passed)].map(
    (check) => `### ${passed(check) ? '✅' : '❌'} ${text(check.name)}\n\n${sections(check).join('\n\n')}`,
  );
  // Rover has no check of a removal, so the report must not look as if there had been one.
  const gone = removed.map(
    (name) => `⚠️ ${asCode(name)} was taken out of the configuration. That is not checked: ${removal(graphRef, name)}`,
  );
  const rest = unchanged > 0 ? [`${unchanged} other subgraph${unchanged === 1 ? '' : 's'} did not change.`] : [];
  return `${[MARKER, `## Schema check of ${asCode(graphRef)}`, verdict, ...gone, ...parts, ...rest].join('\n\n')}\n`;
}

/** What becomes of a subgraph that left the configuration: a pipeline that deletes from a graph would do so by accident. */
export const removal = (graphRef: string, name: string): string =>
  `it stays in the graph until ${asCode(`rover subgraph delete ${graphRef} --name ${name}`)} is run, which shows first what would no longer compose.`;
