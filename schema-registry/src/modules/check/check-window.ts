import { Refusal } from '../../refusal.ts';
import type { CheckSettings } from './check-settings.ts';

const DAY_MS = 86_400_000;

/** What a client asks of one check beyond the variant's settings. */
export interface CheckQuestion {
  /** RFC 3339, or seconds relative to now such as `-86400`. */
  readonly from?: string | null;
  readonly to?: string | null;
  readonly minRequests?: number | null;
  readonly minPercentage?: number | null;
  readonly excludedClients?: readonly string[];
  readonly excludedOperations?: readonly string[];
  readonly includedVariants?: readonly string[];
}

export interface CheckWindow {
  readonly from: Date;
  readonly to: Date;
  readonly minRequests: number;
  readonly minPercentage: number;
  readonly excludedClients: readonly string[];
  readonly excludedOperations: readonly string[];
  readonly includedVariants: readonly string[];
}

function time(what: string, text: string, now: Date): Date {
  const seconds = /^-?\d+$/.test(text) ? Number(text) : undefined;
  const at = seconds === undefined ? new Date(text) : new Date(now.getTime() + seconds * 1000);
  if (Number.isNaN(at.getTime()))
    throw new Refusal(
      'BAD_INPUT',
      `"${text}" is not a time that a check can begin ${what}: RFC 3339, or seconds such as -86400.`,
    );
  return at;
}

/** The traffic that a check looks at: what the client asks for, else the variant's settings. @throws Refusal */
export function checkWindow(settings: CheckSettings, question: CheckQuestion, now = new Date()): CheckWindow {
  return {
    from: question.from ? time('at', question.from, now) : new Date(now.getTime() - settings.windowDays * DAY_MS),
    to: question.to ? time('or end at', question.to, now) : now,
    minRequests: question.minRequests ?? settings.minRequests,
    // Rover divides percentages as integers, so 1 to 99 arrive as 0: the settings are what is meant then.
    minPercentage: question.minPercentage || settings.minPercentage,
    excludedClients: [...settings.excludedClients, ...(question.excludedClients ?? [])],
    excludedOperations: [...settings.excludedOperations, ...(question.excludedOperations ?? [])],
    includedVariants: [...settings.includedVariants, ...(question.includedVariants ?? [])],
  };
}
