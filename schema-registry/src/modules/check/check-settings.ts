import { z } from 'zod';
import { Refusal } from '../../refusal.ts';
import { DEFAULT_LINT } from '../../schema-lint/lint.ts';

const names = z.array(z.string().max(255)).max(200).default([]);

const shape = z.object({
  /** Whether changes are judged by what clients sent; without it, every change passes. */
  operationsCheck: z.boolean().default(true),
  windowDays: z.number().int().min(1).max(90).default(14),
  /** Documents that were sent less often do not count. */
  minRequests: z.number().int().min(0).default(1),
  /** Documents with a smaller share of all requests do not count; 0 to 100. */
  minPercentage: z.number().min(0).max(100).default(0),
  excludedClients: names,
  excludedOperations: names,
  /** Other variants whose traffic counts too. */
  includedVariants: names,
  lintCheck: z.boolean().default(true),
  lint: z.record(z.string(), z.enum(['ERROR', 'WARNING', 'IGNORED'])).default({}),
  /** Contracts that do not fail the check of their source. */
  nonBlockingContracts: names,
});

/** How the checks of a variant judge. */
export type CheckSettings = z.infer<typeof shape>;

/** What is stored of a variant, with defaults for what is not. */
export const readSettings = (stored: unknown): CheckSettings => shape.parse(stored ?? {});

/** Changes some of the settings. @throws Refusal that names the one that cannot be */
export function changedSettings(stored: unknown, change: object): CheckSettings {
  const parsed = shape.strict().safeParse({ ...readSettings(stored), ...change });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Refusal('BAD_INPUT', `The setting ${issue?.path.join('.') || ''} cannot be used: ${issue?.message}`);
  }
  const unknown = Object.keys(parsed.data.lint).find((rule) => !(rule in DEFAULT_LINT));
  if (unknown !== undefined)
    throw new Refusal(
      'BAD_INPUT',
      `There is no lint rule "${unknown}"; there are ${Object.keys(DEFAULT_LINT).join(', ')}.`,
    );
  return parsed.data;
}
