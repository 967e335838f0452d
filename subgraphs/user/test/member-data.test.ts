import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { user } from '../src/user.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const reserve = (memberId: string, handle: string) =>
  domain.internal('handles/reserve', { memberId, handle, displayName: 'Mina', language: 'ko' });

async function member() {
  const made = domain.keys.member();
  const handle = `m_${made.id.replaceAll('-', '').slice(-20)}`;
  await reserve(made.id, handle);
  await domain.database.query("UPDATE profile SET status = 'ACTIVE', reserved_until = NULL WHERE id = $1", [made.id]);
  return { ...made, handle };
}

const act = (verb: 'follow' | 'block' | 'mute' | 'dismissFollowSuggestion', as: { token: string }, userId: string) =>
  domain.query(`mutation($id: ID!) { ${verb}(input: { userId: $id }) { __typename } }`, { id: userId }, as);

async function ask(
  kind: 'export' | 'erasure',
  memberId: string,
): Promise<{ id: string; items: Record<string, number> }> {
  const id = newId();
  await tell(domain, {
    topic: 'auth',
    type: `member_data.${kind}_requested`,
    subject: id,
    data: { requestId: id, memberId, domains: ['user'] },
  });
  const items = await until(async () => {
    const { rows } = await domain.log.query(
      "SELECT value->'data'->'items' AS items FROM log.record WHERE topic = 'user' AND key = $1",
      [id],
    );
    return rows[0]?.items;
  }, 'a receipt');
  return { id, items };
}

it('a member is exported with her profile, and whom she follows, blocks and mutes', async () => {
  const [mina, jun, troll] = [await member(), await member(), await member()];
  await act('follow', mina, jun.id);
  await act('mute', mina, jun.id);
  await act('dismissFollowSuggestion', mina, jun.id);
  await act('block', mina, troll.id);
  const { id, items } = await ask('export', mina.id);
  expect(items).toEqual({ profile: 1, following: 1, blocks: 1, mutes: 1, dismissedSuggestions: 1 });
  expect((await domain.internal('member-data', { requestId: id })).body).toMatchObject({
    sections: {
      profile: [{ id: mina.id, handle: mina.handle, displayName: 'Mina' }],
      following: [{ followeeId: jun.id }],
      blocks: [{ blockedId: troll.id }],
      mutes: [{ mutedId: jun.id }],
    },
  });
});

it('a member is erased with her follows and blocks; others count her no longer, and nobody gets her handle', async () => {
  const [mina, jun, troll] = [await member(), await member(), await member()];
  await act('follow', mina, jun.id);
  await act('follow', jun, mina.id);
  await act('mute', jun, mina.id);
  await act('dismissFollowSuggestion', jun, mina.id);
  await act('block', mina, troll.id);
  const USER = 'query($id: ID!) { user(id: $id) { followerCount followingCount } }';
  const counts = async (id: string) => (await domain.query<{ user: object | null }>(USER, { id })).data.user;
  expect(await counts(jun.id)).toEqual({ followerCount: 1, followingCount: 1 });
  expect((await ask('erasure', mina.id)).items).toEqual({
    profiles: 1,
    follows: 2,
    followRequests: 0,
    blocks: 1,
    mutes: 1,
    dismissedSuggestions: 1,
  });
  await until(async () => (await counts(mina.id)) === null);
  // What was kept of others in the cache is forgotten too.
  await until(async () => {
    expect(await counts(jun.id)).toEqual({ followerCount: 0, followingCount: 0 });
    return true;
  });
  const left = await domain.database.query('SELECT 1 FROM block WHERE blocker_id = $1 OR blocked_id = $1', [mina.id]);
  expect(left.rowCount).toBe(0);

  expect(await reserve(newId(), mina.handle)).toMatchObject({ status: 409 });
  await domain.database.query("UPDATE retired_handle SET until = now() - interval '1 second'");
  expect(await reserve(newId(), mina.handle)).toMatchObject({ status: 200 });
  expect((await ask('erasure', mina.id)).items).toEqual({
    profiles: 0,
    follows: 0,
    followRequests: 0,
    blocks: 0,
    mutes: 0,
    dismissedSuggestions: 0,
  });
});
