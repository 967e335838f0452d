// STUB to be replaced
export type LintSettings = Readonly<Record<string, 'ERROR' | 'WARNING' | 'IGNORED'>>;
export const DEFAULT_LINT: Record<string, string> = {};
export interface Position {
  readonly byteOffset: number;
  readonly line: number;
  readonly column: number;
}
export interface LintDiagnostic {
  readonly rule: string;
  readonly level: 'ERROR' | 'WARNING';
  readonly message: string;
  readonly coordinate: string;
  readonly sourceLocations: readonly { readonly start: Position; readonly end: Position }[];
}
export function lintSchema(_sdl: string, _base: string | null, _settings?: LintSettings): LintDiagnostic[] {
  return [];
}
