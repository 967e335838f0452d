/**
 * Something outside the program keeps it from starting. The message is one line for the person at the terminal: what is
 * wrong, and what to do about it. It is printed without a stack trace.
 */
export class StartError extends Error {
  override name = 'StartError';
}

/** The code of a system error (`EACCES`, `EADDRINUSE`), or undefined for any other value. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a program's output says first about why it failed, without PostgreSQL's time and process id. */
export function reason(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim());
  const telling = lines.find((line) => /error|fatal|panic/i.test(line)) ?? lines.at(-1) ?? 'it does not say why';
  return telling
    .replace(/^[-\d]+ [:.\d]+ \w+ \[\d+\] /, '')
    .trim()
    .slice(0, 300);
}
