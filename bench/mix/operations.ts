/** What the clients of the standard mix send; a signed-in one asks, of what she was shown, how she stands to it. */
export const FEED = `query Feed { feed(first: 20) {
  edges { node { id title likeCount commentCount createdAt author { id handle displayName }
    comments(first: 2) { edges { node { id bodyHtml author { id handle displayName } } } } } }
  pageInfo { hasNextPage endCursor } } }`;

export const FEED_STATES = `query FeedStates($ids: [ID!]!) { viewer { postStates(ids: $ids) { postId liked } } }`;

export const POST_PAGE = `query PostPage($id: ID!) { post(id: $id) {
  id title bodyHtml likeCount commentCount createdAt author { id handle displayName } board { slug name }
  comments(first: 50) { edges { node { id bodyHtml createdAt likeCount replyCount author { id handle displayName } } }
    pageInfo { hasNextPage endCursor } } } }`;

export const POST_PAGE_STATES = `query PostPageStates($id: ID!, $ids: [ID!]!) { viewer {
  postStates(ids: [$id]) { postId liked } commentStates(ids: $ids) { commentId liked } } }`;

export const PROFILE = `query Profile($handle: String!) { user(handle: $handle) {
  id handle displayName bio followerCount followingCount
  followers(first: 20) { edges { node { id handle displayName } } pageInfo { hasNextPage endCursor } }
  posts(first: 5) { edges { node { id title likeCount commentCount } } } } }`;

export const PROFILE_STATES = `query ProfileStates($ids: [ID!]!) { viewer { followStates(ids: $ids) { userId followed requested } } }`;

export const LIKE = `mutation Like($input: LikePostInput!) { likePost(input: $input) {
  __typename ... on LikePostSuccess { post { id likeCount } } ... on Error { code message } } }`;

export const COMMENT = `mutation Comment($input: CreateCommentInput!) { createComment(input: $input) {
  __typename ... on CreateCommentSuccess { comment { id bodyHtml } } ... on Error { code message } } }`;

export const SIGN_IN = `mutation SignIn($input: SignInInput!) { signIn(input: $input) {
  __typename ... on SignInSuccess { session { accessToken } } ... on Error { code message } } }`;
