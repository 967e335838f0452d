import { randomFrom } from './random.ts';
import { bio, body, displayName, type Language, reply, title } from './texts.ts';
import { zipf } from './zipf.ts';

export interface Size {
  readonly members: number;
  readonly boards: number;
  readonly posts: number;
  readonly comments: number;
  readonly likes: number;
  readonly bookmarks: number;
  readonly follows: number;
  readonly seed: number;
}

export type ImportRecord = { readonly file: string; readonly value: object };

/** The community's first day, and how long it has lived since. */
const FIRST_DAY = Date.UTC(2024, 0, 1);
const LIVED_MS = 600 * 86_400_000;
const BOARDS = ['general', 'travel', 'food', 'books', 'music', 'film', 'garden', 'cycling', 'photos', 'help'];
/** Comments that answer another one, and likes of comments, as shares. */
const ANSWERS = 0.45;
const LIKES_OF_COMMENTS = 0.3;
/** Deeper answers than this are rare, and would be refused at eight. */
const MOST_DEPTH = 6;

/**
 * A community in the import's format, in the order in which it is to be imported. The same size and seed are the same
 * records, to the byte. Few members are very active and few posts are much answered, as in real ones (Zipf's law).
 */
export function* generateCommunity({
  members,
  boards,
  posts,
  comments,
  likes,
  bookmarks,
  follows,
  seed,
}: Size): Generator<ImportRecord> {
  const random = randomFrom(seed);
  const at = (share: number) => new Date(FIRST_DAY + Math.floor(share * LIVED_MS)).toISOString();
  const active = zipf(members, random);
  const popular = zipf(posts, random);
  // The most active member is anyone, not the first who came; the same of posts.
  const [memberStep, postStep] = [coprime(members), coprime(posts)];
  const member = () => (active() * memberStep) % members;
  const read = () => (popular() * postStep) % posts;
  const language = (index: number): Language => (index % 2 === 0 ? 'ko' : 'en');

  for (let index = 0; index < members; index += 1) {
    const [id, inLanguage] = [`m${index}`, language(index)];
    yield {
      file: 'members.jsonl',
      value: {
        ...{ id, handle: `member_${index}x`, displayName: displayName(random, inLanguage), email: `${id}@example.com` },
        ...{ emailVerified: false, language: inLanguage, bio: bio(random, inLanguage), createdAt: at(random() * 0.2) },
      },
    };
  }
  const pairs = new Set<number>();
  for (let made = 0; made < Math.min(follows, (members * (members - 1)) / 4); ) {
    const [follower, followee] = [Math.floor(random() * members), member()];
    const key = follower * members + followee;
    if (follower === followee || pairs.has(key)) continue;
    pairs.add(key);
    made += 1;
    yield {
      file: 'follows.jsonl',
      value: { follower: `m${follower}`, followee: `m${followee}`, createdAt: at(0.2 + random() * 0.8) },
    };
  }
  for (let index = 0; index < boards; index += 1) {
    const slug = index < BOARDS.length ? BOARDS[index] : `board-${index}`;
    yield {
      file: 'boards.jsonl',
      value: { id: `b${index}`, slug, name: `${slug}`, description: '', createdBy: 'm0', createdAt: at(0.2) },
    };
  }
  for (let index = 0; index < posts; index += 1) {
    const author = member();
    const inLanguage = language(author);
    yield {
      file: 'posts.jsonl',
      value: {
        ...{ id: `p${index}`, board: `b${Math.floor(random() * boards)}`, author: `m${author}` },
        ...{ title: title(random, inLanguage), body: body(random, inLanguage), language: inLanguage },
        createdAt: at(0.2 + (0.7 * index) / posts),
      },
    };
  }
  const postOf = new Int32Array(comments);
  const depthOf = new Uint8Array(comments);
  const lastOf = new Map<number, number>();
  for (let index = 0; index < comments; index += 1) {
    const [author, post] = [member(), read()];
    const above = random() < ANSWERS ? lastOf.get(post) : undefined;
    const parent = above !== undefined && (depthOf[above] ?? 0) < MOST_DEPTH ? above : undefined;
    postOf[index] = post;
    depthOf[index] = parent === undefined ? 0 : (depthOf[parent] ?? 0) + 1;
    lastOf.set(post, index);
    yield {
      file: 'comments.jsonl',
      value: {
        ...{ id: `c${index}`, post: `p${post}`, ...(parent === undefined ? {} : { parent: `c${parent}` }) },
        ...{ author: `m${author}`, body: reply(random, language(author)) },
        createdAt: at(0.9 + (0.1 * index) / comments),
      },
    };
  }
  for (let index = 0; index < likes; index += 1) {
    const liked =
      comments > 0 && random() < LIKES_OF_COMMENTS
        ? { comment: `c${Math.floor(random() * comments)}` }
        : { post: `p${read()}` };
    yield {
      file: 'likes.jsonl',
      value: { member: `m${member()}`, ...liked, createdAt: at(0.9 + random() * 0.1) },
    };
  }
  for (let index = 0; index < bookmarks; index += 1)
    yield {
      file: 'bookmarks.jsonl',
      value: { member: `m${member()}`, post: `p${read()}`, createdAt: at(0.9 + random() * 0.1) },
    };
}

/** A number that visits all places of a ring of this size when it is added again and again. */
function coprime(size: number): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  for (let step = Math.floor(size * 0.618) || 1; ; step += 1) if (gcd(step, size) === 1) return step;
}
