import type { Engine } from '@community/engines/engine';
import { startRedis } from '@community/engines/redis';
import { engineOrReason } from '@community/engines/testing';
import { startDomain, type TestDomain, type TestInstance } from '@community/testing/domain';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { BLOCK, EDIT, FOLLOW, PROFILE, signUp } from './support.ts';

const started = await engineOrReason(startRedis);
if (typeof started === 'string') it.skip(started);
else describe('two instances of user over one Redis', () => sharedCases(started));

function sharedCases(redis: Engine): void {
  let one: TestDomain;
  let two: TestInstance;
  beforeAll(async () => {
    one = await startDomain(user, { REDIS_URL: redis.url });
    two = await one.another();
  });
  afterAll(async () => {
    await two[Symbol.asyncDispose]();
    await one[Symbol.asyncDispose]();
    await redis.stop();
  });

  type Seen = { displayName: string; version: number; followerCount: number } | null;
  const seen = async (by: TestInstance, id: string, as: { token: string } | null = null) =>
    (await by.query<{ user: Seen }>(PROFILE, { id }, as)).data.user;

  async function changeInTurn(member: { id: string; token: string }, from: number, to: number): Promise<void> {
    for (let version = from; version < to; version += 1) {
      const [writes, reads] = version % 2 ? [one, two] : [two, one];
      const displayName = `Name ${version}`;
      const { data } = await writes.query(EDIT, { input: { displayName, expectedVersion: version } }, member);
      expect(data).toMatchObject({ updateProfile: { user: { displayName, version: version + 1 } } });
      for (const by of [reads, writes])
        expect(await seen(by, member.id)).toMatchObject({ displayName, version: version + 1 });
    }
  }

  it('see what was changed through the other at once, while readers fill the cache all the time', async () => {
    const mina = await signUp(one);
    let reading = true;
    const readers = Promise.all(
      [one, two, one, two].map(async (by) => {
        while (reading) await seen(by, mina.id);
      }),
    );
    await changeInTurn(mina, 1, 25);
    reading = false;
    await readers;
  });

  it('read a profile once for both', async () => {
    const mina = await signUp(one);
    await seen(one, mina.id);
    const before = await one.statements();
    for (const by of [two, one, two]) expect(await seen(by, mina.id)).toMatchObject({ version: 1 });
    expect(await one.statements()).toBe(before);
  });

  it('count followers and hide the blocked for each other', async () => {
    const [mina, fan] = [await signUp(one), await signUp(one)];
    for (const by of [one, two]) expect(await seen(by, mina.id)).toMatchObject({ followerCount: 0 });
    await one.query(FOLLOW, { id: mina.id }, fan);
    expect(await seen(two, mina.id)).toMatchObject({ followerCount: 1 });
    await two.query(BLOCK, { id: fan.id }, mina);
    expect(await seen(one, mina.id)).toMatchObject({ followerCount: 0 });
    expect(await seen(one, mina.id, fan)).toBeNull();
  });

  it('are right and ready while Redis is away, and when it is back', async () => {
    const mina = await signUp(one);
    await changeInTurn(mina, 1, 4);
    await redis.kill();
    await changeInTurn(mina, 4, 10);
    for (const { url } of [one, two]) expect((await fetch(`${url}/ready`)).status).toBe(200);
    await redis.restart();
    // One may be connected before the other: from when both are, each sees what the other changes.
    await until(async () => {
      await seen(one, mina.id);
      const before = await one.statements();
      await seen(two, mina.id);
      return (await one.statements()) === before;
    }, 'the shared cache at work again');
    await changeInTurn(mina, 10, 20);
  });
}
