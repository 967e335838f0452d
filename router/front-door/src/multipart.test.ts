import { expect, it } from 'vitest';
import { endPartsAtOnce } from './multipart.ts';

const HEAD = 'Content-Type: application/json\r\n\r\n';

/** What comes out after each chunk that goes in. */
function pass(chunks: readonly Buffer[]): string[] {
  const parts = endPartsAtOnce();
  const out = chunks.map((chunk) => {
    parts.write(chunk);
    return String(parts.read() ?? '');
  });
  parts.end();
  return [...out, String(parts.read() ?? '')];
}

it('sends a part with the boundary behind it, of engines that send that with the next part', () => {
  const part = (body: string) => Buffer.from(`--graphql\r\n${HEAD}${body}\r\n`);
  expect(pass([part('{"a":1}'), part('{"b":"--graphql"}'), part('{}'), Buffer.from('--graphql--')])).toEqual([
    `--graphql\r\n${HEAD}{"a":1}\r\n--graphql`,
    `\r\n${HEAD}{"b":"--graphql"}\r\n--graphql`,
    `\r\n${HEAD}{}\r\n--graphql`,
    '',
    '--\r\n',
  ]);
});

it('leaves as it is what has its boundaries already, wherever its chunks end', () => {
  const whole = `--graphql\r\n${HEAD}{"payload":{"data":"한글"}}\r\n--graphql\r\n${HEAD}{}\r\n--graphql--\r\n`;
  const bytes = Buffer.from(whole);
  const one = pass([bytes]).join('');
  expect(one).toBe(whole);
  const parts = endPartsAtOnce();
  const out: Buffer[] = [];
  parts.on('data', (chunk: Buffer) => out.push(chunk));
  for (let at = 0; at < bytes.length; at += 1) parts.write(bytes.subarray(at, at + 1));
  expect(String(Buffer.concat(out))).toBe(whole);
});
