import { describe, expect, it } from 'vitest';
import { generateCommunity, type Size } from './community.ts';

const SIZE = {
  members: 200,
  boards: 4,
  posts: 500,
  comments: 2_500,
  likes: 2_000,
  bookmarks: 800,
  follows: 1_500,
  seed: 1,
};

type Values = Record<string, string>;

function filesOf(size: Size): Map<string, Values[]> {
  const files = new Map<string, Values[]>();
  for (const { file, value } of generateCommunity(size)) files.set(file, [...(files.get(file) ?? []), value as Values]);
  return files;
}

describe('a generated community', () => {
  const files = filesOf(SIZE);
  const of = (name: string) => files.get(`${name}.jsonl`) ?? [];

  it('is the same to the byte for the same seed, and another one for another', () => {
    expect(JSON.stringify([...filesOf(SIZE)])).toBe(JSON.stringify([...files]));
    expect(JSON.stringify([...filesOf({ ...SIZE, seed: 2 })])).not.toBe(JSON.stringify([...files]));
  });

  it('has as many of everything as was asked for', () => {
    const names = ['members', 'boards', 'posts', 'comments', 'likes', 'bookmarks', 'follows'];
    expect(names.map((name) => of(name).length)).toEqual([200, 4, 500, 2_500, 2_000, 800, 1_500]);
  });

  it('names only what stands before it, answers within one post, and never a time before the community', () => {
    const members = new Set(of('members').map(({ id }) => id));
    const posts = new Set(of('posts').map(({ id }) => id));
    const comments = new Map<string, string>();
    for (const { id = '', post = '', parent, author = '', createdAt = '' } of of('comments')) {
      expect(members.has(author) && posts.has(post)).toBe(true);
      if (parent) expect(comments.get(parent)).toBe(post);
      expect(createdAt >= '2024').toBe(true);
      comments.set(id, post);
    }
    for (const { member = '', post, comment } of of('likes'))
      expect(members.has(member) && (post ? posts.has(post) : comments.has(comment ?? ''))).toBe(true);
    expect(of('bookmarks').every(({ member = '', post = '' }) => members.has(member) && posts.has(post))).toBe(true);
    expect(of('follows').every(({ follower, followee }) => follower !== followee)).toBe(true);
  });

  it('is lively in few places: a tenth of the members writes and bookmarks more than half, and both languages are there', () => {
    const ofTheMostActive = (names: readonly string[]) => {
      const active = new Map<string, number>();
      for (const name of names) active.set(name, (active.get(name) ?? 0) + 1);
      const most = [...active.values()].sort((a, b) => b - a).slice(0, SIZE.members / 10);
      return most.reduce((sum, count) => sum + count, 0);
    };
    expect(ofTheMostActive(of('posts').map(({ author = '' }) => author))).toBeGreaterThan(SIZE.posts / 2);
    expect(ofTheMostActive(of('bookmarks').map(({ member = '' }) => member))).toBeGreaterThan(SIZE.bookmarks / 2);
    const korean = of('posts').filter(({ title = '' }) => /\p{Script=Hangul}/u.test(title)).length;
    expect(korean).toBeGreaterThan(SIZE.posts / 5);
    expect(korean).toBeLessThan((SIZE.posts * 4) / 5);
  });
});
