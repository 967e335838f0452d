import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { readArguments, runCommand, UsageError } from '@community/kit/command';
import { generateCommunity } from '../src/generate/community.ts';

const HELP = `Writes a made-up community as files that \`npm run import\` takes: the same arguments, the same bytes.

  npm run generate -- --out <folder> [--members 2000] [--posts 10000] [--comments <5 a post>] [--likes <6 a post>]
                      [--bookmarks <1 a post>] [--follows <10 a member>] [--boards 10] [--seed 1]`;

const { values } = readArguments({
  options: {
    out: { type: 'string' },
    members: { type: 'string', default: '2000' },
    posts: { type: 'string', default: '10000' },
    comments: { type: 'string' },
    likes: { type: 'string' },
    bookmarks: { type: 'string' },
    follows: { type: 'string' },
    boards: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new UsageError(`--${name} is a whole number of at least ${least}`);
  return value;
}

async function write(out: string): Promise<string> {
  const members = number('members', values.members, 2);
  const posts = number('posts', values.posts, 1);
  const of = (name: 'comments' | 'likes' | 'bookmarks' | 'follows', byDefault: number) =>
    number(name, values[name] ?? String(byDefault), 0);
  const size = {
    members,
    posts,
    boards: number('boards', values.boards, 1),
    comments: of('comments', posts * 5),
    likes: of('likes', posts * 6),
    bookmarks: of('bookmarks', posts),
    follows: of('follows', members * 10),
    seed: number('seed', values.seed, 0),
  };
  mkdirSync(out, { recursive: true });
  const files = new Map<string, { stream: WriteStream; lines: number }>();
  for (const { file, value } of generateCommunity(size)) {
    let into = files.get(file);
    if (!into) {
      into = { stream: createWriteStream(join(out, file)), lines: 0 };
      files.set(file, into);
    }
    into.lines += 1;
    if (!into.stream.write(`${JSON.stringify(value)}\n`)) await once(into.stream, 'drain');
  }
  await Promise.all([...files.values()].map(({ stream }) => new Promise<void>((done) => stream.end(() => done()))));
  return [...files].map(([file, { lines }]) => `${file.padEnd(16)} ${lines}`).join('\n');
}

await runCommand('generate', async () => {
  if (!values.help && values.out === undefined) throw new UsageError('--out is missing');
  console.log(values.help || values.out === undefined ? HELP : await write(values.out));
});
