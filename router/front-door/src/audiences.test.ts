import { createLog } from '@community/kit/log';
import { serve } from '@community/testing/serve';
import { expect, it, onTestFinished } from 'vitest';
import { createAudiences } from './audiences.ts';

const [MINA, JUN] = ['0190b2c4-0000-7000-8000-000000000001', '0190b2c4-0000-7000-8000-000000000002'];

/** Audiences over one domain that answers from what a test sets. */
async function openAudiences() {
  const state = { epoch: '1', plainIds: [MINA] as string[], down: false };
  const questions: string[][] = [];
  const domain = await serve(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { memberIds } = JSON.parse(body) as { memberIds: string[] };
    questions.push(memberIds);
    response.statusCode = state.down ? 503 : 200;
    response.end(
      JSON.stringify({ epoch: state.epoch, plainIds: state.plainIds.filter((id) => memberIds.includes(id)) }),
    );
  });
  const audiences = createAudiences({
    subgraphUrls: { content: domain.url },
    routerSecret: 'secret',
    log: createLog('test', 'silent'),
  });
  onTestFinished(async () => {
    await audiences.close();
    await domain.close();
  });
  return { state, questions, now: (memberId: string | null) => audiences.now(['content'], memberId) };
}

it('asks once for all who come while none may be asked', async () => {
  const { questions, now } = await openAudiences();
  await now(null);
  await Promise.all(Array.from({ length: 50 }, (_, i) => now(i % 2 ? MINA : null)));
  expect(questions.slice(1).filter((ids) => ids.length > 0)).toEqual([[MINA]]);
  expect(questions.length).toBeLessThan(6);
});

it('tells who sees what everybody sees, and asks for her again only when something was hidden', async () => {
  const { state, questions, now } = await openAudiences();
  expect(await now(MINA)).toEqual(new Map([['content', '1']]));
  expect(await now(JUN)).toBeNull();
  await now(MINA);
  expect(questions).toEqual([[MINA], [JUN], []]);
  Object.assign(state, { epoch: '2', plainIds: [JUN] });
  expect(await now(MINA)).toBeNull();
  expect(await now(JUN)).toEqual(new Map([['content', '2']]));
  expect(await now(null)).toEqual(new Map([['content', '2']]));
});

it('tells nothing of a domain that does not answer', async () => {
  const { state, now } = await openAudiences();
  state.down = true;
  expect(await now(null)).toBeNull();
  state.down = false;
  expect(await now(null)).toEqual(new Map([['content', '1']]));
});
