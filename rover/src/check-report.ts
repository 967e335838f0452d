import { z } from 'zod';
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

/** Schemas are written by the author of the pull request, and this is shown to others: so nothing of them is markup. */
const text = (value: string): string =>
  value
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '@\u200b');

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown = rows.slice(0, LISTED).map(line);
  const rest = rows.length > LISTED ? [`\n… and ${rows.length - LISTED} more.`] : [];
  return [line(header), line(header.map(() => '---')), ...shown, ...rest].join('\n');
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
          `\`${text(code)}\``,
          text(description),
        ]),
      )}`,
    );
  if (lint && lint.diagnostics.length > 0)
    parts.push(
      `**Lint**\n\n${table(
        ['', 'line', 'rule', 'message'],
        lint.diagnostics.map(({ level, start_line: line, rule, message }) => [
          level === 'ERROR' ? '❌' : '⚠️',
          String(line ?? ''),
          `\`${text(rule)}\``,
          text(message),
        ]),
      )}`,
    );
  if (custom && custom.violations.length > 0)
    parts.push(
      `**Policies**\n\n${table(
        ['', 'policy', 'where', 'message'],
        custom.violations.map(({ level, rule, coordinate, message }) => [
          level === 'ERROR' ? '❌' : '⚠️',
          `\`${text(rule)}\``,
          text(coordinate ?? ''),
          text(message),
        ]),
      )}`,
    );
  if (downstream?.blocking_variants?.length)
    parts.push(`**Contracts that do not compose:** ${downstream.blocking_variants.map(text).join(', ')}`);
  if (parts.length === 0) parts.push('Nothing that clients see changes.');
  const link = [operations, lint, custom, downstream].find((each) => each?.target_url)?.target_url;
  if (link) parts.push(`[Details, and approval of changes](${link})`);
  return parts;
}

/** Whether a check let the change pass. */
export const passed = ({ output }: SubgraphCheck): boolean => output.data.success && output.error === null;

/** One report on all checked subgraphs, in Markdown, the verdict first. */
export function checkReport(graphRef: string, checks: readonly SubgraphCheck[], unchanged: number): string {
  const failed = checks.filter((check) => !passed(check));
  const verdict =
    checks.length === 0
      ? '✅ No schema changed.'
      : failed.length === 0
        ? `✅ ${checks.length === 1 ? 'The schema change' : `All ${checks.length} schema changes`} can be merged.`
        : `❌ ${failed.map(({ name }) => `\`${name}\``).join(', ')} cannot be merged as ${failed.length === 1 ? 'it is' : 'they are'}.`;
  const parts = [...failed, ...checks.filter(passed)].map((check) => {
    const body = sections(check);
    return `### ${passed(check) ? '✅' : '❌'} ${check.name}\n\n${body.join('\n\n')}`;
  });
  const rest = unchanged > 0 ? `\n\n${unchanged} other subgraph${unchanged === 1 ? '' : 's'} did not change.` : '';
  return `${MARKER}\n## Schema check of \`${graphRef}\`\n\n${verdict}\n\n${parts.join('\n\n')}${rest}\n`.replace(
    /\n{3,}/g,
    '\n\n',
  );
}
