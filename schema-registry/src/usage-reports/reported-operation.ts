/** One operation of one client in one hour, whichever server reported it. */
export interface ReportedOperation {
  /** original text, masked text, or Apollo's signature without its `# Name` line; empty when only the id is known */
  readonly document: string;
  readonly operationName: string | null;
  /**
   * `fields`: only output fields are known, not arguments, input fields or enum values. `mixed`: what variables used stands
   * among what the text does, with what clients may only have received (the values of an enum that a field returns).
   */
  readonly precision: 'exact' | 'mixed' | 'fields';
  /** sorted: `Type.field`, `Type.field(arg:)`, `Input.field`, `Enum.VALUE`, `Type`; `fields` has the first kind only */
  readonly coordinates: readonly string[];
  readonly persistedId?: string;
  /** empty strings where the client did not say */
  readonly client: { readonly name: string; readonly version: string };
  /** UTC, start of the hour */
  readonly hour: Date;
  readonly requests: number;
  /** requests that had errors, not the number of errors */
  readonly errors: number;
  /** sum over all requests, with fractions; estimated within 5 % where the report has a histogram only */
  readonly durationMs: number;
}

/** A report that cannot be read; the message says what is wrong and where, and can be shown to the sender. */
export class ReportError extends Error {
  override readonly name = 'ReportError';
}

const HOUR_MS = 3_600_000;

/** The start of the UTC hour of a time in milliseconds. */
export function hourOf(timeMs: number): Date {
  return new Date(Math.floor(timeMs / HOUR_MS) * HOUR_MS);
}

/** A sum that grows while a report is read. */
export interface Totals {
  requests: number;
  errors: number;
  durationMs: number;
}

/** Shortens and quotes foreign text for an error message. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;

/** Whether the text is a GraphQL name. */
export function isName(text: string): boolean {
  return NAME.test(text);
}
