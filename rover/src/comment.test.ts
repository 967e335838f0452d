import { serve } from '@community/testing/serve';
import { describe, expect, test } from 'vitest';
import { MARKER } from './check-report.ts';
import { CommentError, commentOnce } from './comment.ts';

/** An API of comments that answers by so many to begin with. */
async function api(comments: { id: number; body: string }[], answer?: string) {
  const writes: { request: string; body: string; token: unknown }[] = [];
  const server = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('page'));
    if (request.method !== 'GET') {
      const { body } = JSON.parse(Buffer.concat(chunks).toString()) as { body: string };
      writes.push({ request: `${request.method} ${request.url}`, body, token: request.headers['private-token'] });
    }
    response.end(
      answer ?? JSON.stringify(request.method === 'GET' ? comments.slice(100 * (page - 1), 100 * page) : {}),
    );
  });
  return {
    writes,
    github: { GITHUB_API_URL: server.url, GITHUB_REPOSITORY: 'o/r', GITHUB_TOKEN: 't' },
    gitlab: { CI_API_V4_URL: server.url, CI_PROJECT_ID: '5', CI_MERGE_REQUEST_IID: '3', GITLAB_TOKEN: 'secret' },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
const REPORT = `${MARKER}\n\nwords`;

describe('a comment', () => {
  test('is made on GitLab by its notes', async () => {
    await using server = await api([]);
    await commentOnce('gitlab', REPORT, undefined, server.gitlab);
    expect(server.writes).toEqual([
      { request: 'POST /projects/5/merge_requests/3/notes', body: REPORT, token: 'secret' },
    ]);
  });

  test('replaces the earlier one of a later page, and not one that quotes it', async () => {
    const others = Array.from({ length: 120 }, (_, id) => ({ id, body: `see\n${MARKER}` }));
    await using server = await api([...others, { id: 500, body: REPORT }]);
    await commentOnce('gitlab', REPORT, undefined, server.gitlab);
    await commentOnce('github', REPORT, '9', server.github);
    expect(server.writes.map(({ request }) => request)).toEqual([
      'PUT /projects/5/merge_requests/3/notes/500',
      'PATCH /repos/o/r/issues/comments/500',
    ]);
  });

  test('is cut to what GitHub takes', async () => {
    await using server = await api([]);
    await commentOnce('github', `${REPORT}\n${'a line of it\n'.repeat(10_000)}`, '9', server.github);
    expect(server.writes[0]?.body.length).toBeLessThan(65_536);
    expect(server.writes[0]?.body).toMatch(/a line of it\n\n… and more, in the log of this job\.\n$/);
  });

  test('that cannot be made is always told as such', async () => {
    await using server = await api([], '<html>a proxy</html>');
    const made = (env: NodeJS.ProcessEnv, number?: string) => commentOnce('github', REPORT, number, env);
    await expect(made(server.github, '9')).rejects.toThrow(CommentError);
    await expect(made({ ...server.github, GITHUB_EVENT_PATH: '/nowhere' })).rejects.toThrow(CommentError);
    await expect(made({ ...server.github, GITHUB_TOKEN: '' }, '9')).rejects.toThrow('GITHUB_TOKEN is not set');
  });
});
