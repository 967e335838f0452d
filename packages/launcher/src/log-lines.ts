/** What is told about a line that a service wrote. */
export interface Notice {
  readonly level: 'warn' | 'error';
  readonly message: string;
}

const URGENT = /"level":"(warn|error|fatal)"/;

function messageOf(entry: Record<string, unknown>): string {
  const error = entry.err ?? entry.error;
  const detail = error && typeof error === 'object' && 'message' in error ? String(error.message) : undefined;
  const message = typeof entry.msg === 'string' ? entry.msg : (detail ?? 'no message');
  const whole = detail && !message.includes(detail) ? `${message}: ${detail}` : message;
  return whole.split('\n', 1)[0]?.slice(0, 300) ?? '';
}

/** The warning or error that a line of structured log is, undefined for all other lines. */
export function noticeOf(line: string): Notice | undefined {
  if (!URGENT.test(line)) return undefined;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    return { level: entry.level === 'warn' ? 'warn' : 'error', message: messageOf(entry) };
  } catch {
    return undefined;
  }
}

/** Cuts a stream of chunks into lines. */
export function lineSplitter(onLine: (line: string) => void): (chunk: Buffer) => void {
  const decoder = new TextDecoder();
  let rest = '';
  return (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  };
}

/** The line of a crash that says why: `TypeError: …` rather than the source excerpt and the stack around it. */
export function reasonInStderr(lines: readonly string[]): string | undefined {
  const named = lines.findLast((line) => /^(Uncaught )?[A-Z]\w*(Error|Exception)?(?: \[[A-Z_]+\])?: /.test(line));
  return named ?? lines.findLast((line) => !/^\s|^Node\.js v|^node:|^\S+:\d+$|^[\s^~]*$/.test(line));
}
