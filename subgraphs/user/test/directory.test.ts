import { readFile } from 'node:fs/promises';
import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { tell } from '@community/testing/tell';
import { until } from '@community/testing/wait';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { BLOCK, EDIT, FOLLOW, signUp } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

interface Page {
  readonly edges: { node: { id: string } }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string };
}

const MEMBERS =
  'query($query: String!, $first: Int, $after: String) { members(query: $query, first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }';
const page = async (query: string, as: TestMember | null = null, first = 20, after: string | null = null) =>
  (await domain.query<{ members: Page }>(MEMBERS, { query, first, after }, as)).data.members;
const find = async (query: string, as: TestMember | null = null) =>
  (await page(query, as)).edges.map((edge) => edge.node.id);

const unique = () => `q${newId().replaceAll('-', '').slice(-12)}`;

async function named(displayName: string, handle?: string) {
  const member = await signUp(domain, handle);
  await domain.query(EDIT, { input: { displayName, expectedVersion: 1 } }, member);
  return member;
}

const setFindable = (member: TestMember, findableBy: string, expectedVersion: number) =>
  domain.query(
    'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename } }',
    { input: { findableBy, expectedVersion } },
    member,
  );

describe('the directory', () => {
  it.each([
    ['바다사랑김미나', '김미', true],
    ['바다사랑김미나', '미나', true],
    ['바다사랑김미나', '바', true],
    ['바다사랑김미나', '다', false],
    ['바다사랑김미나', '미김', false],
    ['Ｍｉｎａ Kim', 'MINA kim', true],
    ['Mina Kim', 'kim ina', true],
    ['anan banana', 'nanb', false],
  ])('finds %j by %j: %j', async (name, query, found) => {
    const { id } = await named(name);
    expect((await find(query)).includes(id)).toBe(found);
  });

  it('finds by handle in any spelling, the same one first, then what begins with it, then shorter names', async () => {
    const word = unique();
    const inside = await named(`x${word}`);
    const longer = await named(`Somebody x${word}`);
    const begins = await named(`${word} Kim`);
    const beginsLonger = await named('Somebody with a longer name', `${word}_x`);
    const exact = await named('Whoever has a very long name', word);
    expect(await find(` @${word.toUpperCase()}`)).toEqual(
      [exact, begins, beginsLonger, inside, longer].map(({ id }) => id),
    );
  });

  it('is read in pages that show everybody once', async () => {
    const word = unique();
    const all = await Promise.all(Array.from({ length: 7 }, (_, i) => named(`${word} ${i % 2}`)));
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { edges, pageInfo } = await page(word, null, 3, after);
      seen.push(...edges.map((edge) => edge.node.id));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen)).toEqual(new Set(all.map(({ id }) => id)));
  });

  it('follows a name that is changed', async () => {
    const [before, after] = [unique(), unique()];
    const member = await named(before);
    await domain.query(EDIT, { input: { displayName: after, expectedVersion: 2 } }, member);
    expect(await find(before)).toEqual([]);
    expect(await find(after)).toEqual([member.id]);
  });

  it('finds those too who were there before there was a directory', async () => {
    const word = unique();
    const member = await named(`${word} 김미나`);
    await domain.database.query("UPDATE profile SET grams = '{}' WHERE id = $1", [member.id]);
    expect(await find(`${word} 미나`)).toEqual([]);
    const migration = await readFile('prisma/user/migrations/20261126202000_directory/migration.sql', 'utf8');
    await domain.database.query(migration.slice(migration.indexOf('UPDATE "profile"')));
    expect(await find(`${word} 미나`)).toEqual([member.id]);
  });

  it('shows nobody whom a block hides, in full pages, who is only reserved, or who is suspended', async () => {
    const word = unique();
    const [viewer, a, b, troll] = [await named('Viewer'), await named(word), await named(word), await named(word)];
    const reserved = domain.keys.member();
    await domain.internal('handles/reserve', {
      memberId: reserved.id,
      handle: word,
      displayName: word,
      language: 'ko',
    });
    await domain.query(BLOCK, { id: viewer.id }, troll);
    expect(new Set(await find(word, viewer))).toEqual(new Set([a.id, b.id]));
    expect(await page(word, viewer, 2)).toMatchObject({ pageInfo: { hasNextPage: false } });
    expect(await find(word)).toHaveLength(3);
    const tellAuth = (type: string) =>
      tell(domain, { topic: 'auth', type, subject: a.id, data: { accountId: a.id, until: null } });
    await tellAuth('account.suspended');
    await until(async () => !(await find(word, viewer)).includes(a.id));
    await tellAuth('account.reinstated');
    await until(async () => (await find(word, viewer)).includes(a.id));
  });

  it('shows a member to those by whom she wants to be found; to herself in any case', async () => {
    const word = unique();
    const [mina, fan] = [await named(word), await signUp(domain)];
    await domain.query(FOLLOW, { id: mina.id }, fan);
    const seen = async () => [await find(word), await find(word, fan), await find(word, mina)].map((ids) => ids.length);
    await setFindable(mina, 'FOLLOWERS', 2);
    expect(await seen()).toEqual([0, 1, 1]);
    await setFindable(mina, 'NOBODY', 3);
    expect(await seen()).toEqual([0, 0, 1]);
    await setFindable(mina, 'EVERYONE', 4);
    expect(await seen()).toEqual([1, 1, 1]);
  });

  it('wants a word, and no more than it reads', async () => {
    for (const query of ['', '  ', '?!', 'x'.repeat(61)]) {
      const answer = await domain.query(MEMBERS, { query });
      expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
    expect((await domain.query(MEMBERS, { query: "'; DROP TABLE profile; --%_" })).errors).toBeUndefined();
  });

  it('costs the same number of statements for one and for many', async () => {
    const word = unique();
    const viewer = await signUp(domain);
    for (let i = 0; i < 9; i += 1) await named(word);
    const cost = async (first: number, as: TestMember | null) => {
      const before = await domain.statements();
      await page(word, as, first);
      return (await domain.statements()) - before;
    };
    await page(word);
    // The search alone, once the profiles are known; for a member her blocks once more.
    for (const first of [1, 9]) await until(async () => (await cost(first, null)) === 1);
    for (const first of [1, 9]) await until(async () => (await cost(first, viewer)) === 2);
  });
});
