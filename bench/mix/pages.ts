import { zipf } from '@community/import/generate/zipf';
import type { Community } from './community.ts';
import * as operations from './operations.ts';

export interface Operation {
  readonly query: string;
  readonly variables?: object;
  readonly token?: string | undefined;
  /** Whether nothing is asked after it. */
  readonly isAlone?: boolean;
}

interface Connection {
  readonly edges: readonly { readonly node: { readonly id: string } | null }[];
}

/** The data of any answer of the mix, as far as it is looked at. */
export interface Shown {
  readonly feed?: Connection;
  readonly post?: { readonly id: string; readonly comments: Connection } | null;
  readonly user?: { readonly id: string; readonly followers: Connection } | null;
}

const idsOf = ({ edges }: Connection): string[] => edges.flatMap(({ node }) => node?.id ?? []);

/** What a member asks next about what she was shown: how she stands to it, in one request. Null of a write. */
export function statesOf({ feed, post, user }: Shown, token: string): Operation | null {
  if (feed) return { query: operations.FEED_STATES, variables: { ids: idsOf(feed) }, token };
  if (post) return { query: operations.POST_PAGE_STATES, variables: { id: post.id, ids: idsOf(post.comments) }, token };
  if (user) return { query: operations.PROFILE_STATES, variables: { ids: [user.id, ...idsOf(user.followers)] }, token };
  return null;
}

/**
 * The standard mix: 60 % feed of 20 posts with authors, counts and first comments; 20 % page of a post with 50 comments;
 * 10 % profile with followers; 10 % writes. Half of the reads are signed-in members'. Which post or member is asked for
 * follows Zipf's law.
 * @returns what the next page asks for at first
 */
export function createMix({ postIds, handles, tokens }: Community, random: () => number): () => Operation {
  const post = zipf(postIds.length, random);
  const member = zipf(handles.length, random);
  const someone = () => tokens[Math.floor(random() * tokens.length)];
  return () => {
    const kind = random();
    const postId = postIds[post()];
    if (kind < 0.05) return { query: operations.LIKE, variables: { input: { postId } }, token: someone() };
    if (kind < 0.1) {
      const input = { postId, body: 'I see it like that, too.' };
      return { query: operations.COMMENT, variables: { input }, token: someone() };
    }
    const token = random() < 0.5 ? someone() : undefined;
    if (kind < 0.7) return { query: operations.FEED, token };
    if (kind < 0.9) return { query: operations.POST_PAGE, variables: { id: postId }, token };
    return { query: operations.PROFILE, variables: { handle: handles[member()] }, token };
  };
}

/** Whether an operation changes something. */
export const isWrite = ({ query }: Operation): boolean => query.startsWith('mutation');
