/** Tells the person at the terminal, or whoever collects the logs, what happens. */
export interface Report {
  /** A part of the start is done. */
  done(part: string, ms: number, detail?: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** How far a long part is; the last call has `done === total`. */
  progress(part: string, done: number, total: number): void;
}

const PART_WIDTH = 12;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Lines for people. */
export function terminalReport(out: NodeJS.WriteStream = process.stdout): Report {
  const colour = (code: number, text: string) =>
    out.isTTY && !process.env.NO_COLOR ? `\u001b[${code}m${text}\u001b[0m` : text;
  let openLine = false;
  let lastTenth = 0;
  const line = (text: string) => {
    out.write(`${openLine ? '\n' : ''}${text}\n`);
    openLine = false;
  };
  return {
    done: (part, ms, detail = '') =>
      line(`${colour(32, '✓')} ${part.padEnd(PART_WIDTH)} ${seconds(ms).padStart(6)}  ${colour(2, detail)}`.trimEnd()),
    info: line,
    warn: (text) => line(`${colour(33, '!')} ${text}`),
    error: (text) => line(`${colour(31, '✗')} ${text}`),
    progress(part, done, total) {
      const tenth = Math.floor((done / total) * 10);
      if (out.isTTY) {
        out.write(`\r… ${part.padEnd(PART_WIDTH)} ${done} of ${total}\u001b[K${done === total ? '\r\u001b[K' : ''}`);
        openLine = done < total;
      } else if (tenth > lastTenth && done < total) line(`… ${part.padEnd(PART_WIDTH)} ${done} of ${total}`);
      lastTenth = done === total ? 0 : tenth;
    },
  };
}

/** One JSON object a line, in the form of the services' own logs. */
export function jsonReport(out: NodeJS.WritableStream = process.stdout): Report {
  const line = (level: string, msg: string, rest: object = {}) =>
    out.write(`${JSON.stringify({ level, time: new Date().toISOString(), service: 'launcher', ...rest, msg })}\n`);
  return {
    done: (part, ms, detail) => line('info', `${part} is up`, { part, durationMs: Math.round(ms), detail }),
    info: (text) => line('info', text),
    warn: (text) => line('warn', text),
    error: (text) => line('error', text),
    progress: () => {},
  };
}

/** Does a part of the start and reports it with its time. */
export async function timed<T>(
  report: Report,
  part: string,
  work: () => Promise<T>,
  detailOf: (result: T) => string = () => '',
): Promise<T> {
  const start = performance.now();
  const result = await work();
  report.done(part, performance.now() - start, detailOf(result));
  return result;
}
