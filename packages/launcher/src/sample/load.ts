import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Report } from '../report.ts';
import { type Client, createClient, forEachOf } from './client.ts';
import {
  boards,
  follows,
  members,
  posts,
  type SampleComment,
  type SamplePost,
  sampleAdministrator,
} from './content.ts';
import * as operations from './operations.ts';

const run = promisify(execFile);
/** Few at once: members use the platform meanwhile. */
const AT_ONCE = 3;

export interface SampleOptions {
  readonly url: string;
  readonly routerSecret: string;
  readonly password: string;
  /** The repository, and the data folder of the platform that runs. */
  readonly root: string;
  readonly dataDir: string;
  /** The file that says that it was done. */
  readonly mark: string;
  /** Which databases it was done in: others are filled anew. */
  readonly database: string;
  readonly report: Report;
}

interface SignedIn {
  readonly id: string;
  readonly token: string;
}

interface Problem {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
}

type SessionOpened = Problem & { account: { id: string }; session: { accessToken: string } };

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node | null }[];
}

/** What a mutation answered, when it is the success that is needed. */
function succeeded<Answer extends Problem>(answer: Answer): Answer {
  if (answer.__typename.endsWith('Success')) return answer;
  throw new Error(`${answer.__typename}: ${answer.message ?? ''}`);
}

/** The same for the same things in every run, so that a repeated request has no second effect. */
function key(...parts: readonly string[]): string {
  return `sample-${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32)}`;
}

class Loader {
  readonly #client: Client;
  readonly #password: string;
  readonly #members = new Map<string, SignedIn>();
  readonly #boards = new Map<string, string>();
  readonly #root: string;
  readonly #dataDir: string;
  readonly #step: () => void;

  constructor(client: Client, { password, root, dataDir }: SampleOptions, step: () => void) {
    this.#client = client;
    this.#password = password;
    this.#root = root;
    this.#dataDir = dataDir;
    this.#step = step;
  }

  #as(handle: string): SignedIn {
    const member = this.#members.get(handle);
    if (!member) throw new Error(`the sample member ${handle} is not signed in`);
    return member;
  }

  async #mutate<Answer extends Problem>(query: string, field: string, input: object, token?: string): Promise<Answer> {
    const data = await this.#client.send<Record<string, Answer>>(query, { input }, token);
    return data[field] as Answer;
  }

  async #signIn(email: string): Promise<SessionOpened> {
    return succeeded(
      await this.#mutate<SessionOpened>(operations.SIGN_IN, 'signIn', { email, password: this.#password }),
    );
  }

  /** Signs all members up, or in when an earlier run did. */
  async signUp(): Promise<void> {
    await forEachOf(members, AT_ONCE, async ({ handle, displayName, language, bio, email }) => {
      const input = {
        email,
        password: this.#password,
        handle,
        displayName,
        language,
        clientMutationId: key('member', handle),
      };
      let answer = await this.#mutate<SessionOpened>(operations.SIGN_UP, 'signUp', input);
      if (answer.__typename !== 'SignUpSuccess') answer = await this.#signIn(email);
      this.#remember(handle, answer);
      await this.#introduce(handle, bio);
      this.#step();
    });
  }

  #remember(handle: string, { account, session }: SessionOpened): void {
    this.#members.set(handle, { id: account.id, token: session.accessToken });
  }

  /** Makes one of them an administrator as operators do, and signs her in with her new role. */
  async appoint(): Promise<void> {
    const { email, handle } = sampleAdministrator;
    const command = ['grant-role', '--email', email, '--role', 'administrator', '--data-dir', this.#dataDir];
    await run(process.execPath, ['--import', 'tsx', 'subgraphs/auth/bin/accounts.ts', ...command], { cwd: this.#root });
    this.#remember(handle, await this.#signIn(email));
  }

  async #introduce(handle: string, bio: string): Promise<void> {
    const { user } = await this.#client.send<{ user: { bio: string; version: number } | null }>(operations.PROFILE, {
      handle,
    });
    if (!user || user.bio === bio) return;
    succeeded(
      await this.#mutate(
        operations.UPDATE_PROFILE,
        'updateProfile',
        { bio, expectedVersion: user.version },
        this.#as(handle).token,
      ),
    );
  }

  async follow(): Promise<void> {
    await forEachOf(follows, AT_ONCE, async ([follower, followed]) => {
      succeeded(
        await this.#mutate(operations.FOLLOW, 'follow', { userId: this.#as(followed).id }, this.#as(follower).token),
      );
      this.#step();
    });
  }

  async openBoards(): Promise<void> {
    const existing = await this.#client.send<{ boards: readonly { id: string; slug: string }[] }>(
      operations.BOARDS,
      {},
    );
    for (const { id, slug } of existing.boards) this.#boards.set(slug, id);
    for (const board of boards.filter(({ slug }) => !this.#boards.has(slug))) {
      type Answer = Problem & { board: { id: string } };
      const input = { ...board, clientMutationId: key('board', board.slug) };
      const answer = succeeded(
        await this.#mutate<Answer>(
          operations.CREATE_BOARD,
          'createBoard',
          input,
          this.#as(sampleAdministrator.handle).token,
        ),
      );
      this.#boards.set(board.slug, answer.board.id);
    }
  }

  /** Writes the posts that are not there yet, each with its comments and likes. */
  async write(): Promise<void> {
    const existing = new Map<string, string>();
    for (const { slug } of boards) {
      const { board } = await this.#client.send<{ board: { posts: Connection<{ id: string; title: string }> } | null }>(
        operations.POSTS,
        { slug },
      );
      for (const { node } of board?.posts.edges ?? []) if (node) existing.set(`${slug}\n${node.title}`, node.id);
    }
    await forEachOf(posts, AT_ONCE, async (post) => {
      const found = existing.get(`${post.board}\n${post.title}`);
      const id = found ?? (await this.#writePost(post));
      this.#step();
      await this.#comment(id, post.comments, found !== undefined);
      for (const handle of post.likedBy) {
        succeeded(await this.#mutate(operations.LIKE_POST, 'likePost', { postId: id }, this.#as(handle).token));
        this.#step();
      }
    });
  }

  async #writePost({ board, author, title, body }: SamplePost): Promise<string> {
    type Answer = Problem & { post: { id: string } };
    const input = { boardId: this.#boards.get(board), title, body, clientMutationId: key('post', board, title) };
    return succeeded(await this.#mutate<Answer>(operations.CREATE_POST, 'createPost', input, this.#as(author).token))
      .post.id;
  }

  async #comment(postId: string, comments: readonly SampleComment[], look: boolean): Promise<void> {
    const written = new Map<string, string>();
    if (look) {
      const { post } = await this.#client.send<{ post: { comments: Connection<{ id: string; body: string }> } | null }>(
        operations.COMMENTS,
        { id: postId },
      );
      for (const { node } of post?.comments.edges ?? []) if (node) written.set(node.body, node.id);
    }
    const ids: string[] = [];
    for (const { author, body, answers } of comments) {
      type Answer = Problem & { comment: { id: string } };
      const parentId = answers === undefined ? undefined : ids[answers];
      const input = { postId, parentId, body, clientMutationId: key('comment', postId, author, body) };
      const id =
        written.get(body) ??
        succeeded(await this.#mutate<Answer>(operations.CREATE_COMMENT, 'createComment', input, this.#as(author).token))
          .comment.id;
      ids.push(id);
      this.#step();
    }
  }
}

function isLoaded(mark: string, database: string): boolean {
  try {
    return (JSON.parse(readFileSync(mark, 'utf8')) as { database: string }).database === database;
  } catch {
    return false;
  }
}

/**
 * Fills a new community with members, boards, posts, comments, likes and follows, through the same API as any client.
 * A run that was interrupted is taken up where it was; what is there already is not made again.
 */
export async function loadSampleData(options: SampleOptions): Promise<void> {
  const { report, mark, database } = options;
  if (isLoaded(mark, database)) return;
  const comments = posts.reduce((sum, post) => sum + post.comments.length, 0);
  const likes = posts.reduce((sum, post) => sum + post.likedBy.length, 0);
  const total = members.length + follows.length + posts.length + comments + likes;
  const begin = performance.now();
  let done = 0;
  const loader = new Loader(createClient(options.url, options.routerSecret), options, () =>
    report.progress('sample data', ++done, total),
  );
  await loader.signUp();
  await loader.appoint();
  await loader.openBoards();
  await loader.write();
  await loader.follow();
  writeFileSync(mark, `${JSON.stringify({ database, loadedAt: new Date().toISOString() })}\n`, { mode: 0o600 });
  report.done(
    'sample data',
    performance.now() - begin,
    `${members.length} members, ${boards.length} boards, ${posts.length} posts, ${comments} comments`,
  );
}
