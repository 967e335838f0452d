import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import { statements } from '../graph/statements.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { type Community, MANY, settle } from './community.ts';
import { type List, listsOf, longest } from './lists.ts';

const FEW = 2;
const TRIES = 5;
const schema = Supergraph.build(readFileSync('router/supergraph.graphql', 'utf8')).apiSchema().toGraphQLJSSchema();

/** SQL statements in all subgraphs together, whatever the page, for a list with what is next to its things. */
const STATEMENTS: Readonly<Record<string, number>> = {
  // Of the root.
  signInProviders: 0,
  accountAuditLog: 9,
  boards: 8,
  feed: 15,
  moderationQueue: 12,
  hotFeed: 15,
  members: 23,
  // Of the viewer.
  'viewer.dataRequests': 3,
  'viewer.rooms': 14,
  'viewer.roomInvitations': 5,
  'viewer.messageStates': 3,
  'viewer.searchMessages': 13,
  'viewer.postStates': 6,
  'viewer.commentStates': 3,
  'viewer.bookmarks': 15,
  'viewer.followingFeed': 15,
  'viewer.drafts': 2,
  'viewer.notifications': 9,
  'viewer.followStates': 7,
  'viewer.followSuggestions': 5,
  'viewer.blockedUsers': 19,
  'viewer.mutedUsers': 23,
  'viewer.followRequests': 23,
  // Of the viewer's account and of her own.
  'viewer.account.sessions': 2,
  'viewer.account.apiTokens': 2,
  'viewer.account.identities': 2,
  'viewer.account.passkeys': 2,
  'viewer.signUp.steps': 3,
  'viewer.dataRequests.receipts': 3,
  'viewer.notifications.actors': 23,
  'viewer.notificationChanges.changes': 4,
  'viewer.notificationPreferences.kinds': 1,
  'viewer.user.posts': 14,
  'viewer.user.links': 1,
  'viewer.user.followers': 23,
  'viewer.user.following': 23,
  'viewer.dataRequests.receipts.items': 3,
  // In lists of the viewer.
  'viewer.rooms.changes': 12,
  'viewer.rooms.messages': 15,
  'viewer.rooms.members': 7,
  'viewer.rooms.messageChanges': 4,
  'viewer.searchMessages.mentions': 25,
  'viewer.searchMessages.attachments': 2,
  'viewer.searchMessages.reactions': 2,
  'viewer.bookmarks.comments': 16,
  'viewer.bookmarks.revisions': 2,
  'viewer.bookmarks.tags': 5,
  'viewer.followingFeed.comments': 16,
  'viewer.followingFeed.revisions': 2,
  'viewer.followingFeed.tags': 5,
  'viewer.blockedUsers.posts': 2,
  'viewer.blockedUsers.links': 2,
  'viewer.blockedUsers.followers': 25,
  'viewer.blockedUsers.following': 25,
  'viewer.mutedUsers.posts': 16,
  'viewer.mutedUsers.links': 3,
  'viewer.mutedUsers.followers': 27,
  'viewer.mutedUsers.following': 27,
  'viewer.followRequests.posts': 17,
  'viewer.followRequests.links': 3,
  'viewer.followRequests.followers': 27,
  'viewer.followRequests.following': 27,
  // Of one thing.
  'signUp.steps': 3,
  'room.changes': 12,
  'room.messages': 14,
  'room.members': 7,
  'room.messageChanges': 4,
  'message.mentions': 25,
  'message.attachments': 2,
  'message.reactions': 2,
  'board.posts': 15,
  'board.pinnedPosts': 15,
  'post.comments': 15,
  'post.revisions': 2,
  'post.tags': 5,
  'tag.posts': 15,
  'user.posts': 16,
  'user.links': 2,
  'user.followers': 25,
  'user.following': 25,
  // In lists of one thing.
  'room.messages.mentions': 27,
  'room.messages.attachments': 3,
  'room.messages.reactions': 3,
  'message.mentions.posts': 17,
  'message.mentions.links': 4,
  'message.mentions.followers': 29,
  'message.mentions.following': 29,
  'board.posts.comments': 18,
  'board.posts.revisions': 3,
  'board.posts.tags': 6,
  'board.pinnedPosts.comments': 18,
  'board.pinnedPosts.revisions': 3,
  'board.pinnedPosts.tags': 6,
  'post.comments.replies': 18,
  'post.comments.revisions': 3,
  'post.revisions.changes': 2,
  'post.tags.posts': 17,
  'tag.posts.comments': 16,
  'tag.posts.revisions': 2,
  'tag.posts.tags': 5,
  'user.posts.comments': 18,
  'user.posts.revisions': 3,
  'user.posts.tags': 6,
  'user.followers.posts': 18,
  'user.followers.links': 4,
  'user.followers.followers': 29,
  'user.followers.following': 29,
  'user.following.posts': 18,
  'user.following.links': 4,
  'user.following.followers': 29,
  'user.following.following': 29,
  'post.poll.options': 3,
  // In lists of the root.
  'boards.posts': 16,
  'boards.pinnedPosts': 16,
  'feed.comments': 16,
  'feed.revisions': 2,
  'feed.tags': 5,
  'moderationQueue.reports': 6,
  'hotFeed.comments': 16,
  'hotFeed.revisions': 2,
  'hotFeed.tags': 5,
  'members.posts': 17,
  'members.links': 3,
  'members.followers': 27,
  'members.following': 27,
};

/** The same for somebody without a token, who has no other lists than these. */
const ANONYMOUS: Readonly<Record<string, number>> = {
  signInProviders: 0,
  boards: 6,
  feed: 11,
  hotFeed: 11,
  members: 14,
  'board.posts': 11,
  'board.pinnedPosts': 11,
  'post.comments': 9,
  'post.revisions': 2,
  'post.tags': 4,
  'tag.posts': 11,
  'user.posts': 11,
  'user.links': 1,
  'user.followers': 14,
  'user.following': 14,
  'board.posts.comments': 12,
  'board.posts.revisions': 3,
  'board.posts.tags': 5,
  'board.pinnedPosts.comments': 12,
  'board.pinnedPosts.revisions': 3,
  'board.pinnedPosts.tags': 5,
  'post.comments.replies': 12,
  'post.comments.revisions': 3,
  'post.revisions.changes': 2,
  'post.tags.posts': 13,
  'tag.posts.comments': 10,
  'tag.posts.revisions': 2,
  'tag.posts.tags': 4,
  'user.posts.comments': 10,
  'user.posts.revisions': 2,
  'user.posts.tags': 4,
  'user.followers.posts': 12,
  'user.followers.followers': 16,
  'user.followers.following': 16,
  'user.following.posts': 12,
  'user.following.followers': 16,
  'user.following.following': 16,
  'post.poll.options': 3,
  'boards.posts': 12,
  'boards.pinnedPosts': 12,
  'feed.comments': 10,
  'feed.revisions': 2,
  'feed.tags': 4,
  'hotFeed.comments': 10,
  'hotFeed.revisions': 2,
  'hotFeed.tags': 4,
  'members.posts': 12,
  'members.links': 2,
  'members.followers': 16,
  'members.following': 16,
};

/** Of these there are never as many as a page is long, by coordinate. */
const SHORT: Readonly<Record<string, number>> = {
  // By configuration.
  'Query.signInProviders': 0,
  'Account.sessions': 10,
  'Board.pinnedPosts': 5,
  'DataRequest.receipts': 5,
  'DataReceipt.items': 1,
  'Message.attachments': 10,
  'Notification.actors': 3,
  'NotificationPreferences.kinds': 8,
  'Poll.options': 10,
  'Post.tags': 5,
  'Revision.changes': 3,
  'SignUpProgress.steps': 4,
  'User.links': 5,
  // One export is enough.
  'Viewer.dataRequests': 1,
};

let platform: TestPlatform;
let community: Community;
beforeAll(async () => {
  platform = await startPlatform({ env: { SHARED_READS: 'off' } });
  community = await settle(platform);
}, 300_000);
afterAll(() => platform?.[Symbol.asyncDispose]());

describe('a list', () => {
  let client: Client;
  let few: Map<string, List>;
  let many: Map<string, List>;
  beforeAll(() => {
    client = createClient(platform.url);
    few = listsOf(schema, community.known(FEW), FEW);
    many = listsOf(schema, community.known(MANY), MANY);
  });

  it('has a figure here, wherever the graph has it', () => {
    expect([...many.keys()].filter((name) => STATEMENTS[name] === undefined)).toEqual([]);
    expect(Object.keys({ ...STATEMENTS, ...ANONYMOUS }).filter((name) => !many.has(name))).toEqual([]);
  });

  it('is none for somebody without a token, unless it has a figure for her', async () => {
    const others = [...many.values()].filter(({ name }) => ANONYMOUS[name] === undefined);
    const shown: string[] = [];
    for (const list of others) if ((await ask(list, null)).length > 0) shown.push(list.name);
    expect(shown).toEqual([]);
  });

  /** What a list costs now, and the longest that it was in an answer. */
  async function ask({ name, documents }: List, as: SignedIn | null): Promise<{ cost: number; length: number }> {
    const before = await statements(platform);
    const lengths: number[] = [];
    for (const document of documents) {
      const { data, errors } = await client.ask(document, {}, as);
      expect([name, errors]).toEqual([name, undefined]);
      lengths.push(longest(data, name));
    }
    return { cost: (await statements(platform)) - before, length: Math.max(...lengths) };
  }

  it.each([
    ['a member', STATEMENTS, (name: string) => community.readerOf(name)],
    ['somebody without a token', ANONYMOUS, () => null],
  ])('costs %s what its figure says, for a small page and for a large one', async (_, figures, readerOf) => {
    const lengths: Record<string, number> = {};
    const wrong: string[] = [];
    for (const [name, figure] of Object.entries(figures)) {
      const list = many.get(name) as List;
      let [ofFew, ofMany] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      // What a cache has not yet costs once more; what grows with the page does so each time.
      for (let tries = 0; tries < TRIES && (ofFew !== figure || ofMany !== figure); tries += 1) {
        const { cost, length } = await ask(list, readerOf(name));
        lengths[list.coordinate] = Math.max(lengths[list.coordinate] ?? 0, length);
        ofMany = Math.min(ofMany, cost);
        ofFew = Math.min(ofFew, (await ask(few.get(name) as List, readerOf(name))).cost);
      }
      if (ofFew !== figure || ofMany !== figure)
        wrong.push(`${name}: ${ofFew} for ${FEW}, ${ofMany} for ${MANY}, and not ${figure}`);
    }
    expect(wrong).toEqual([]);
    const expected = Object.keys(lengths).map((coordinate) => [coordinate, SHORT[coordinate] ?? MANY]);
    const least = Object.entries(lengths).map(([one, length]) => [one, Math.min(length, SHORT[one] ?? MANY)]);
    expect(least).toEqual(expected);
  });

  it('costs little more when nobody is in the cache of members', async () => {
    const name = 'user.followers';
    await platform.kill('user');
    await platform.whole();
    const { cost, length } = await ask(many.get(name) as List, community.readerOf(name));
    expect(length).toBe(MANY);
    // One statement for all members in a level, and two levels in each of two operations.
    expect(cost).toBeGreaterThan(STATEMENTS[name] ?? 0);
    expect(cost).toBeLessThanOrEqual((STATEMENTS[name] ?? 0) + 4);
  });
});
