import { newId } from '@community/kit/ids';
import { startDomain, type TestDomain } from '@community/testing/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { user } from '../src/user.ts';
import { EDIT, signUp } from './support.ts';

let domain: TestDomain;
beforeAll(async () => {
  domain = await startDomain(user);
});
afterAll(() => domain[Symbol.asyncDispose]());

const SETTINGS = '{ viewer { settings { language timeZone version } } }';
const UPDATE =
  'mutation($input: UpdateSettingsInput!) { updateSettings(input: $input) { __typename ... on UpdateSettingsSuccess { settings { language timeZone version } } ... on Error { code path } } }';
const FACE = 'query($id: ID) { user(id: $id) { language links { url label } avatar { __typename id alt } version } }';

describe('settings', () => {
  it('are read and changed by their member alone; what is left out stays', async () => {
    const mina = await signUp(domain);
    expect((await domain.query(SETTINGS, {}, mina)).data).toEqual({
      viewer: { settings: { language: 'en', timeZone: 'UTC', version: 1 } },
    });
    expect((await domain.query(UPDATE, { input: { language: 'ko', expectedVersion: 1 } }, mina)).data).toEqual({
      updateSettings: {
        __typename: 'UpdateSettingsSuccess',
        settings: { language: 'ko', timeZone: 'UTC', version: 2 },
      },
    });
    await domain.query(UPDATE, { input: { timeZone: 'Asia/Seoul', expectedVersion: 2 } }, mina);
    expect((await domain.query(SETTINGS, {}, mina)).data).toEqual({
      viewer: { settings: { language: 'ko', timeZone: 'Asia/Seoul', version: 3 } },
    });
    expect((await domain.query(FACE, { id: mina.id })).data).toMatchObject({ user: { language: 'ko', version: 3 } });
    expect((await domain.query(UPDATE, { input: { language: 'ko', expectedVersion: 1 } })).data).toMatchObject({
      updateSettings: { code: 'NOT_SIGNED_IN' },
    });
  });

  it('that were changed meanwhile, by settings or profile, are a conflict', async () => {
    const mina = await signUp(domain);
    await domain.query(EDIT, { input: { displayName: '미나', expectedVersion: 1 } }, mina);
    expect(
      (await domain.query(UPDATE, { input: { timeZone: 'Asia/Seoul', expectedVersion: 1 } }, mina)).data,
    ).toMatchObject({ updateSettings: { code: 'VERSION_CONFLICT' } });
  });

  it.each([
    [{ timeZone: 'Asia/Atlantis' }, 'timeZone'],
    [{ timeZone: '+09:00' }, 'timeZone'],
    [{ language: 'xx' }, 'language'],
  ])('of %j are refused', async (change, field) => {
    const mina = await signUp(domain);
    expect((await domain.query(UPDATE, { input: { ...change, expectedVersion: 1 } }, mina)).data).toMatchObject({
      updateSettings: { __typename: 'ValidationError', path: ['input', field] },
    });
  });

  it('of somebody without a profile are not there', async () => {
    const nobody = domain.keys.member();
    expect((await domain.query(SETTINGS, {}, nobody)).data).toEqual({ viewer: { settings: null } });
    expect((await domain.query(UPDATE, { input: { language: 'ko', expectedVersion: 1 } }, nobody)).data).toMatchObject({
      updateSettings: { code: 'NOT_FOUND' },
    });
  });
});

describe('links and avatar of a profile', () => {
  const edit = (as: { token: string }, input: object) => domain.query(EDIT, { input }, as);

  it('are set, kept by other edits, and taken away', async () => {
    const mina = await signUp(domain);
    const avatarId = newId();
    await edit(mina, {
      links: [{ url: 'https://mina.example/글', label: ' 블로그 ' }],
      avatar: { id: avatarId, alt: '바다' },
      expectedVersion: 1,
    });
    await edit(mina, { displayName: '미나', expectedVersion: 2 });
    expect((await domain.query(FACE, { id: mina.id })).data).toMatchObject({
      user: {
        links: [{ url: 'https://mina.example/글', label: '블로그' }],
        avatar: { __typename: 'Image', id: avatarId, alt: '바다' },
      },
    });
    await edit(mina, { links: [], avatar: null, expectedVersion: 3 });
    expect((await domain.query(FACE, { id: mina.id })).data).toMatchObject({ user: { links: [], avatar: null } });
  });

  it('that would run in a browser are refused', async () => {
    const mina = await signUp(domain);
    const links = [{ url: 'javascript:alert(1)', label: 'x' }];
    expect((await edit(mina, { links, expectedVersion: 1 })).data).toMatchObject({
      updateProfile: { path: ['input', 'links', '0', 'url'] },
    });
  });
});
