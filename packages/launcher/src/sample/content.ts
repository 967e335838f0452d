import boardData from '../../sample/boards.json' with { type: 'json' };
import memberData from '../../sample/members.json' with { type: 'json' };
import postData from '../../sample/posts.json' with { type: 'json' };
import remarks from '../../sample/remarks.json' with { type: 'json' };

export interface SampleMember {
  readonly handle: string;
  readonly displayName: string;
  readonly language: 'ko' | 'en';
  readonly bio: string;
  readonly email: string;
}

export interface SampleComment {
  readonly author: string;
  readonly body: string;
  /** The position in the same list of the comment that this one answers. */
  readonly answers: number | undefined;
}

export interface SamplePost {
  readonly board: string;
  readonly author: string;
  readonly title: string;
  readonly body: string;
  readonly comments: readonly SampleComment[];
  readonly likedBy: readonly string[];
}

const REMARKS_A_POST = 2;

export const members: readonly SampleMember[] = memberData.map((member) => ({
  ...member,
  language: member.language === 'ko' ? 'ko' : 'en',
  email: `${member.handle}@example.com`,
}));

function memberNamed(handle: string): SampleMember {
  const found = members.find((member) => member.handle === handle);
  if (!found) throw new Error(`the sample data have no member ${handle}`);
  return found;
}

/** May moderate and administer. */
export const sampleAdministrator = memberNamed('haneul');
/** One of the others. */
export const sampleMember = memberNamed('mina');

export const boards = boardData;

/** Some of the members other than `except`, always the same ones for the same seed. */
function someMembers(seed: number, count: number, except: string): SampleMember[] {
  const others = members.filter(({ handle }) => handle !== except);
  // Steps of a number without a common divisor reach every member before one comes twice.
  return Array.from(
    { length: Math.min(count, others.length) },
    (_, step) => others[(seed * 5 + step * 7) % others.length] as SampleMember,
  );
}

function remarksOn(index: number, author: string): SampleComment[] {
  return someMembers(index, REMARKS_A_POST, author).map((member, nth) => ({
    author: member.handle,
    body: remarks[member.language][(index * 3 + nth * 11) % remarks[member.language].length] as string,
    answers: undefined,
  }));
}

/** The posts in the order in which they are written: one of each board, then the next ones. */
export const posts: readonly SamplePost[] = boards
  .flatMap(({ slug }) => postData.filter(({ board }) => board === slug).map((post, nth) => ({ post, nth })))
  .sort((a, b) => a.nth - b.nth)
  .map(({ post }, index) => ({
    ...post,
    comments: [
      ...post.comments.map(([author, body, answers]) => ({
        author: String(author),
        body: String(body),
        answers: typeof answers === 'number' ? answers : undefined,
      })),
      ...remarksOn(index, post.author),
    ],
    likedBy: someMembers(index + 3, (index * 7) % 10, post.author).map(({ handle }) => handle),
  }));

/** Who follows whom, by handles. */
export const follows: readonly (readonly [follower: string, followed: string])[] = members.flatMap(
  ({ handle }, index) =>
    someMembers(index + 1, 3 + (index % 4), handle).map((followed) => [handle, followed.handle] as const),
);
