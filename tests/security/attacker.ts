import { expect } from 'vitest';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import { CreateBoardDocument, CreatePostDocument } from '../graph/generated/operations.ts';
import { succeeded } from '../graph/rooms.ts';
import type { TestPlatform } from '../platform.ts';

/** A platform as production runs it, with members who have something to lose and one who means ill. */
export interface Scene {
  readonly platform: TestPlatform;
  readonly client: Client;
  readonly boss: SignedIn;
  readonly mina: SignedIn;
  readonly mallory: SignedIn;
  readonly boardId: string;
  /** Mina's. */
  readonly postId: string;
}

export async function setScene(platform: TestPlatform): Promise<Scene> {
  const client = createClient(platform.url);
  const boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
  const board = await client.send(CreateBoardDocument, { input: { slug: 'general', name: 'General' } }, boss);
  const boardId = succeeded(board, (data) => data.createBoard).board.id;
  const [mina, mallory] = [await client.signUp(), await client.signUp()];
  const input = { boardId, title: 'Mine', body: 'Words of Mina' };
  const post = await client.send(CreatePostDocument, { input }, mina);
  return {
    ...{ platform, client, boss, mina, mallory, boardId },
    postId: succeeded(post, (data) => data.createPost).post.id,
  };
}

/** What an attacker would like to read in an answer: places in code, parts of the inside, names that exist. */
const SECRETS = /node_modules|\.[tj]s:\d|127\.0\.0\.1|localhost|prisma|postgres|SELECT |ECONN|stacktrace|Did you mean/i;

/** Hive Router tells which rule of validation was broken; the others tell that one was. */
const knownAs = (code: string): string =>
  /^(?:[A-Z][a-z]+)+$/.test(code) || code === 'INTROSPECTION_DISABLED' ? 'GRAPHQL_VALIDATION_FAILED' : code;

export interface Attempt {
  readonly status: number;
  readonly text: string;
  readonly data?: Record<string, unknown> | null;
  readonly codes: readonly string[];
}

/** Sends a body to the graph as it is. @returns the answer, which gives nothing of the inside away */
export async function attempt(
  url: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Attempt> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await response.text();
  expect(text).not.toMatch(SECRETS);
  const answer = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    data?: Record<string, unknown> | null;
    errors?: readonly { extensions?: { code?: string } }[];
  };
  return {
    status: response.status,
    text,
    data: answer.data,
    codes: (answer.errors ?? []).map(({ extensions }) => knownAs(extensions?.code ?? 'no code')),
  };
}

/** Sends an operation. */
export const operate = (url: string, query: string, variables: unknown = {}, as?: { accessToken: string }) =>
  attempt(url, JSON.stringify({ query, variables }), as && { authorization: `Bearer ${as.accessToken}` });
