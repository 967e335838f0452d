/** What a case may name of the community that is there. */
export interface Scene {
  readonly handle: string;
  readonly otherHandle: string;
  /** Of the other one. */
  readonly otherId: string;
  readonly postId: string;
  readonly commentId: string;
  readonly tombstoneId: string;
}

export interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: (scene: Scene) => object;
  readonly signedIn?: boolean;
  /** The errors that every engine is to answer with, as `<path> <code>`; none where left out. */
  readonly errors?: readonly string[];
  /** What the answer holds at least, so that all engines being wrong alike is noticed. */
  readonly shows?: object | null;
}

const AUTHOR = 'author { id handle displayName followerCount }';

/** Operations whose answers are the same on every engine. */
export const CASES: readonly Case[] = [
  {
    name: 'entities of three domains in one feed',
    query: `{ feed(first: 5) { edges { cursor node { id title ${AUTHOR} board { slug }
      comments(first: 3) { edges { node { id bodyHtml ${AUTHOR} } } } } } pageInfo { hasNextPage endCursor } } }`,
  },
  {
    name: 'from a member to her posts and on to those who answered them',
    query: `query($handle: String!) { user(handle: $handle) { handle posts(first: 3) { edges { node { title
      comments(first: 2) { edges { node { author { handle posts(first: 1) { edges { node { title } } } } } } } } } } } }`,
    variables: ({ handle }) => ({ handle }),
  },
  {
    name: 'the viewer, who is of every domain',
    query: `query($ids: [ID!]!) { viewer { id postStates(ids: $ids) { postId liked } settings { language timeZone } } }`,
    variables: ({ postId }) => ({ ids: [postId] }),
    signedIn: true,
  },
  { name: 'the viewer of nobody', query: '{ viewer { id } }' },
  {
    name: 'aliases of one field with other arguments',
    query: `query($a: String!, $b: String!) { first: user(handle: $a) { name: displayName again: displayName }
      second: user(handle: $b) { name: displayName } none: user(handle: "nobody_is_called_so") { name: displayName } }`,
    variables: ({ handle, otherHandle }) => ({ a: handle, b: otherHandle }),
  },
  {
    name: 'variables with defaults, skip and include',
    query: `query($id: ID!, $first: Int = 1, $yes: Boolean!, $no: Boolean = false) { post(id: $id) { title @include(if: $yes)
      body @skip(if: $yes) author @include(if: $yes) { handle } likeCount @include(if: $no) comments(first: $first) { edges { node { id } } } } }`,
    variables: ({ postId }) => ({ id: postId, yes: true }),
  },
  {
    name: 'fragments, named and inline, in each other',
    query: `query($id: ID!) { post(id: $id) { ...Page } } fragment Page on Post { __typename title ... on Post { ...Written } }
      fragment Written on Post { createdAt author { ...Person } } fragment Person on User { __typename handle }`,
    variables: ({ postId }) => ({ id: postId }),
  },
  {
    name: 'nothing where there is nothing',
    query: '{ post(id: "00000000-0000-7000-8000-000000000000") { id author { handle } } board(slug: "none") { id } }',
  },
  {
    name: 'a tombstone without words and author',
    query: `query($id: ID!) { post(id: $id) { comments(first: 10) { edges { node { id visibility body ${AUTHOR} replyCount } } } } }`,
    variables: ({ postId }) => ({ id: postId }),
  },
  {
    name: 'a problem by its union and by the interface of all problems',
    query: `mutation { createPost(input: { boardId: "none", title: "x", body: "y" }) { __typename
      ... on Error { code message } ... on CreatePostSuccess { post { id ${AUTHOR} } } ... on NotSignedInError { path } } }`,
  },
  {
    name: 'mutations in their order, each seeing the one before, with entities behind them',
    query: `mutation($id: ID!) { a: likePost(input: { postId: $id }) { ...Liked } b: unlikePost(input: { postId: $id }) { __typename
      ... on UnlikePostSuccess { post { likeCount } } } c: likePost(input: { postId: $id }) { ...Liked }
      d: unlikePost(input: { postId: $id }) { __typename ... on UnlikePostSuccess { post { likeCount ${AUTHOR} } } } }
      fragment Liked on LikePostResult { __typename ... on LikePostSuccess { post { likeCount ${AUTHOR} } } ... on Error { code } }`,
    variables: ({ postId }) => ({ id: postId }),
    signedIn: true,
  },
  {
    name: 'mutations of several domains, one after the other as they are written',
    query: `mutation($post: ID!, $other: ID!) { one: likePost(input: { postId: $post }) { ...Liked } two: follow(input: { userId: $other }) {
      ... on FollowSuccess { user { followerCount } } } three: unlikePost(input: { postId: $post }) { ... on UnlikePostSuccess { post { likeCount } } }
      four: unfollow(input: { userId: $other }) { ... on UnfollowSuccess { user { followerCount posts(first: 1) { edges { node { title likeCount } } } } } } }
      fragment Liked on LikePostSuccess { post { likeCount author { followerCount } } }`,
    variables: ({ postId, otherId }) => ({ post: postId, other: otherId }),
    signedIn: true,
    shows: {
      one: { post: { likeCount: 1, author: { followerCount: 1 } } },
      two: { user: { followerCount: 1 } },
      three: { post: { likeCount: 0 } },
      four: { user: { followerCount: 0, posts: { edges: [{ node: { title: 'Two', likeCount: 0 } }] } } },
    },
  },
  {
    name: 'members of a union that other domains own, by fragments, named and not',
    query: `{ viewer { notifications(first: 10) { edges { node { kind actors { handle } target { __typename ...Written
      ... on User { followerCount ...Face } ... on Comment { body post { author { ...Face } } } } } } } } }
      fragment Written on Post { title author { ...Face } } fragment Face on User { displayName }`,
    signedIn: true,
    shows: {
      viewer: {
        notifications: {
          edges: [
            { node: { kind: 'FOLLOW', target: { __typename: 'User', followerCount: 1 } } },
            { node: { kind: 'COMMENT', target: { __typename: 'Post', title: 'One' } } },
            { node: { kind: 'SYSTEM' } },
          ],
        },
      },
    },
  },
  {
    name: 'fields of one place that are asked for in several',
    query: `query($id: ID!) { post(id: $id) { author { handle } ...More ... on Post { author { ...Count } } } }
      fragment More on Post { title author { displayName } } fragment Count on User { followerCount }`,
    variables: ({ postId }) => ({ id: postId }),
    shows: { post: { title: 'One', author: { followerCount: 1 } } },
  },
  {
    name: 'lists that are asked for twice, at the root and below, under conditions and in fragments',
    query: `query($yes: Boolean!, $id: ID!) { boards { slug } boards { name } feed(first: 2) { edges { node { title } } }
      feed(first: 2) { edges { node { author { handle } } } edges @include(if: $yes) { node { likeCount } } ...Cursors }
      post(id: $id) { comments { edges { node { body } } } comments { edges { node { author { handle posts { edges { node { id } } }
      posts { edges { node { title } } } } } } } } viewer { account { roles roles ...Roles } } }
      fragment Cursors on PostConnection { edges { cursor } } fragment Roles on Account { roles }`,
    variables: ({ postId }) => ({ yes: true, id: postId }),
    signedIn: true,
    shows: { boards: [{ slug: 'all', name: 'All' }], viewer: { account: { roles: ['MEMBER'] } } },
  },
  {
    name: 'an error of a domain, at its path, which takes the whole answer with it where nothing may be null',
    query: '{ later: feed(after: "no cursor") { edges { node { title } } } boards { slug } }',
    errors: ['later BAD_USER_INPUT'],
    shows: null,
  },
  {
    name: 'names of types',
    query: '{ __typename feed(first: 1) { __typename edges { __typename node { __typename } } } }',
  },
  {
    name: 'introspection of a type of several domains',
    query: `{ __type(name: "Post") { kind name fields { name type { kind name ofType { kind name } } args { name } } } }`,
  },
  {
    name: 'introspection of the roots',
    query: '{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }',
  },
];

/** The same while user is away: what is not hers is there, and her fields are null with an error. */
export const WITHOUT_USER: readonly Case[] = [
  {
    name: 'posts without their authors',
    query: `{ feed(first: 3) { edges { node { title ${AUTHOR} board { slug } } } } }`,
  },
  {
    name: 'no member, beside what is there',
    query: '{ user(handle: "anybody") { handle } boards { slug } }',
    shows: { user: null, boards: [{ slug: 'all' }] },
  },
  {
    name: 'nothing at all where a list of members may not be null',
    query: '{ members(query: "any") { edges { node { handle } } } boards { slug } }',
    shows: null,
  },
];
