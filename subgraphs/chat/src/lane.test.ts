import { describe, expect, it } from 'vitest';
import { createLane } from './lane.ts';

/** A lane whose batches are held until they are let go. */
function held(fails: (request: string) => boolean = () => false) {
  const batches: string[][] = [];
  let go: () => void = () => {};
  const lane = createLane<string, string>(
    async (requests) => {
      batches.push([...requests]);
      if (batches.length === 1)
        await new Promise<void>((resolve) => {
          go = resolve;
        });
      if (requests.some(fails)) throw new Error(`no ${requests.find(fails)}`);
      return requests.map((request) => `${request} done`);
    },
    (request) => (request.startsWith('key') ? request : null),
  );
  return { lane, batches, go: () => go() };
}

describe('a lane', () => {
  it('does what waits behind a batch as the next one, and answers each request', async () => {
    const { lane, batches, go } = held();
    const answers = Promise.all(['a', 'b', 'c'].map((request) => lane.submit(request)));
    go();
    expect(await answers).toEqual(['a done', 'b done', 'c done']);
    expect(batches).toEqual([['a'], ['b', 'c']]);
    expect(await lane.submit('d')).toBe('d done');
  });

  it('keeps requests of one key apart', async () => {
    const { lane, batches, go } = held();
    const answers = Promise.all(['a', 'key', 'key', 'b'].map((request) => lane.submit(request)));
    go();
    await answers;
    expect(batches).toEqual([['a'], ['key', 'b'], ['key']]);
  });

  it('lets a request that fails hurt no other', async () => {
    const { lane, go } = held((request) => request === 'bad');
    const answers = Promise.allSettled(['a', 'b', 'bad', 'c'].map((request) => lane.submit(request)));
    go();
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });
});
