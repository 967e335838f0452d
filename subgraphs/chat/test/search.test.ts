import { startDomain, type TestDomain } from '@community/testing/domain';
import type { TestMember } from '@community/testing/member-key';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chat } from '../src/chat.ts';
import { type ChatDriver, createChatDriver } from './chat-driver.ts';

let domain: TestDomain;
let driver: ChatDriver;
beforeAll(async () => {
  domain = await startDomain(chat);
  driver = createChatDriver(domain);
});
afterAll(() => domain[Symbol.asyncDispose]());

async function search(as: TestMember, query: string, args = ''): Promise<(string | null)[]> {
  const answer = await domain.query<{ viewer: { searchMessages: { edges: { node: { body: string | null } }[] } } }>(
    `query($query: String!) { viewer { searchMessages(query: $query ${args}) { edges { node { body sender { id } } } } } }`,
    { query },
    as,
  );
  if (answer.errors) throw new Error(answer.errors[0]?.message);
  return answer.data.viewer.searchMessages.edges.map(({ node }) => node.body);
}

describe('the search in one’s own rooms', () => {
  it('finds Korean in the middle of words, a syllable at their beginning, and all words of a query', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    for (const text of ['통합검색기능을 봐요', '회원 가입', 'Hello World', '검 색'])
      await driver.say(owner, roomId, text);
    expect(await search(owner, '검색')).toEqual(['통합검색기능을 봐요']);
    expect(await search(owner, '회')).toEqual(['회원 가입']);
    expect(await search(owner, '합')).toEqual([]);
    expect(await search(owner, 'WORLD hel')).toEqual(['Hello World']);
    expect(await search(owner, '가입 회원')).toEqual(['회원 가입']);
    // Its pairs stand in the text, but not one behind the other.
    await driver.say(owner, roomId, 'abc bcd');
    expect(await search(owner, 'abcd')).toEqual([]);
    await expect(search(owner, '?!')).rejects.toThrow('at least one letter');
    await expect(search(owner, 'x'.repeat(101))).rejects.toThrow('at most 100');
  });

  it('costs the same number of statements however much it finds', async () => {
    const owner = driver.member();
    const roomId = await driver.group(owner);
    const cost = async () => {
      const before = await domain.statements();
      await search(owner, 'plum');
      return (await domain.statements()) - before;
    };
    await driver.say(owner, roomId, 'plum');
    const one = await cost();
    for (let count = 0; count < 5; count += 1) await driver.say(owner, roomId, 'plum again');
    expect(await cost()).toBe(one);
    expect(one).toBe(1);
  });

  it('finds nothing of other rooms, of those whom a block divides, of what was edited or taken away', async () => {
    const [owner, member, stranger] = [driver.member(), driver.member(), driver.member()];
    const roomId = await driver.group(owner, member);
    const elsewhere = await driver.group(owner);
    const edited = await driver.say(owner, roomId, 'apple one');
    const gone = await driver.say(owner, roomId, 'apple two');
    await driver.say(member, roomId, 'apple three');
    await driver.say(owner, elsewhere, 'apple four');
    expect(await search(owner, 'apple')).toEqual(['apple four', 'apple three', 'apple two', 'apple one']);
    expect(await search(owner, 'apple', `roomId: "${roomId}" first: 1`)).toEqual(['apple three']);
    expect(await search(member, 'apple')).toEqual(['apple three', 'apple two', 'apple one']);
    expect(await search(stranger, 'apple')).toEqual([]);
    await driver.call('editMessage', { messageId: edited.id, body: 'pear', expectedVersion: 1 }, owner);
    await driver.call('deleteMessage', { messageId: gone.id }, owner);
    await driver.block(member, owner);
    expect(await search(member, 'apple')).toEqual(['apple three']);
    expect(await search(member, 'pear')).toEqual([]);
    expect(await search(owner, 'apple')).toEqual(['apple four']);
  });
});
