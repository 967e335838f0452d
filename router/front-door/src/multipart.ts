import { Transform } from 'node:stream';

const BOUNDARY = '--graphql';

/**
 * Sends the boundary after each part of Apollo's multipart protocol with the part, and not with the next one as some
 * engines do: clients take a part for whole when they have read the boundary behind it, and would show each event only
 * when another comes. Bodies are one line of JSON.
 */
export function endPartsAtOnce(): Transform {
  let rest = '';
  let isSent = false;

  function lineOf(line: string): string {
    if (line.startsWith('{')) {
      isSent = true;
      return `${line}\r\n${BOUNDARY}`;
    }
    const sent = isSent && line.startsWith(BOUNDARY) ? BOUNDARY : '';
    if (sent) isSent = false;
    return `${line.slice(sent.length)}\r\n`;
  }

  return new Transform({
    // In Latin-1 bytes stay what they are, wherever a chunk ends.
    transform(chunk: Buffer, _, done) {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      const out = lines.map(lineOf).join('');
      done(null, out ? Buffer.from(out, 'latin1') : undefined);
    },
    flush(done) {
      const out = rest ? lineOf(rest) : '';
      done(null, out ? Buffer.from(out, 'latin1') : undefined);
    },
  });
}
