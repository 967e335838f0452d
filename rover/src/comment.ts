import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MARKER } from './check-report.ts';

const REQUEST_MS = 20_000;
/** GitHub refuses more than 65,536 characters. */
const COMMENT_LIMIT = 60_000;

/** A comment that could not be made; the verdict of the check stands all the same. */
export class CommentError extends Error {
  override name = 'CommentError';
}

interface Comments {
  list(): Promise<readonly { readonly id: number; readonly body: string }[]>;
  create(body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
}

const found = z.array(z.object({ id: z.number(), body: z.string().nullish() }));

function client(base: string, headers: Record<string, string>) {
  return async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS),
    }).catch((error: Error) => {
      throw new CommentError(`${base} does not answer: ${error.message}`);
    });
    const answer = await response.text();
    if (!response.ok)
      throw new CommentError(`${method} ${path} was answered by ${response.status}: ${answer.slice(0, 300)}`);
    return JSON.parse(answer);
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new CommentError(`${name} is not set, so no comment can be made.`);
  return value;
}

/** Every page of a list; both services say 100 a page at most. */
async function all(page: (number: number) => Promise<unknown>) {
  const rows = [];
  for (let number = 1; ; number += 1) {
    const next = found.parse(await page(number));
    rows.push(...next.map(({ id, body }) => ({ id, body: body ?? '' })));
    if (next.length < 100) return rows;
  }
}

function github(env: NodeJS.ProcessEnv, pullRequest: string | undefined): Comments {
  const repository = required(env, 'GITHUB_REPOSITORY');
  const event = z.looseObject({ pull_request: z.looseObject({ number: z.number() }).optional() });
  const number =
    pullRequest ??
    event.parse(JSON.parse(readFileSync(required(env, 'GITHUB_EVENT_PATH'), 'utf8'))).pull_request?.number;
  if (!number) throw new CommentError('This run is not for a pull request: name one by --pull-request.');
  const ask = client(env.GITHUB_API_URL || 'https://api.github.com', {
    authorization: `Bearer ${required(env, 'GITHUB_TOKEN')}`,
    accept: 'application/vnd.github+json',
  });
  const comments = `/repos/${repository}/issues/${number}/comments`;
  return {
    list: () => all((page) => ask('GET', `${comments}?per_page=100&page=${page}`)),
    create: async (body) => void (await ask('POST', comments, { body })),
    update: async (id, body) => void (await ask('PATCH', `/repos/${repository}/issues/comments/${id}`, { body })),
  };
}

function gitlab(env: NodeJS.ProcessEnv, mergeRequest: string | undefined): Comments {
  const number = mergeRequest ?? required(env, 'CI_MERGE_REQUEST_IID');
  const ask = client(env.CI_API_V4_URL || 'https://gitlab.com/api/v4', {
    'private-token': required(env, 'GITLAB_TOKEN'),
  });
  const notes = `/projects/${required(env, 'CI_PROJECT_ID')}/merge_requests/${number}/notes`;
  return {
    list: () => all((page) => ask('GET', `${notes}?per_page=100&page=${page}`)),
    create: async (body) => void (await ask('POST', notes, { body })),
    update: async (id, body) => void (await ask('PUT', `${notes}/${id}`, { body })),
  };
}

/** As much as a comment may hold, by whole lines. */
function shortened(report: string): string {
  if (report.length <= COMMENT_LIMIT) return report;
  const kept = report.slice(0, report.lastIndexOf('\n', COMMENT_LIMIT));
  return `${kept}\n\n… and more, in the log of this job.\n`;
}

/**
 * Comments on a pull request once: a comment of an earlier run is replaced.
 * @throws CommentError whatever goes wrong, so that it never hides the verdict of the check
 */
export async function commentOnce(
  service: 'github' | 'gitlab',
  report: string,
  pullRequest: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  try {
    const comments = service === 'github' ? github(env, pullRequest) : gitlab(env, pullRequest);
    // At its start: somebody who quotes the report keeps her comment.
    const earlier = (await comments.list()).find(({ body }) => body.startsWith(MARKER));
    if (earlier) await comments.update(earlier.id, shortened(report));
    else await comments.create(shortened(report));
  } catch (error) {
    if (error instanceof CommentError) throw error;
    throw new CommentError(`unexpected answer or event: ${error instanceof Error ? error.message : error}`);
  }
}
