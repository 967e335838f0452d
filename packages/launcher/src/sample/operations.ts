/** The operations of the sample data, as any client would send them. */

const problem = '... on Error { code message }';

export const SIGN_UP = `mutation SampleSignUp($input: SignUpInput!) {
  signUp(input: $input) { __typename ... on SignUpSuccess { account { id } session { accessToken } } ${problem} }
}`;

export const SIGN_IN = `mutation SampleSignIn($input: SignInInput!) {
  signIn(input: $input) { __typename ... on SignInSuccess { account { id } session { accessToken } } ${problem} }
}`;

export const PROFILE = `query SampleProfile($handle: String!) { user(handle: $handle) { id bio version } }`;

export const UPDATE_PROFILE = `mutation SampleUpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) { __typename ${problem} }
}`;

export const FOLLOW = `mutation SampleFollow($input: FollowInput!) { follow(input: $input) { __typename ${problem} } }`;

export const BOARDS = `query SampleBoards { boards { id slug } }`;

export const CREATE_BOARD = `mutation SampleCreateBoard($input: CreateBoardInput!) {
  createBoard(input: $input) { __typename ... on CreateBoardSuccess { board { id slug } } ${problem} }
}`;

export const POSTS = `query SamplePosts($slug: String!) { board(slug: $slug) { posts(first: 100) { edges { node { id title } } } } }`;

export const CREATE_POST = `mutation SampleCreatePost($input: CreatePostInput!) {
  createPost(input: $input) { __typename ... on CreatePostSuccess { post { id } } ${problem} }
}`;

export const LIKE_POST = `mutation SampleLikePost($input: LikePostInput!) { likePost(input: $input) { __typename ${problem} } }`;

export const COMMENTS = `query SampleComments($id: ID!) { post(id: $id) { comments(first: 100) { edges { node { id body } } } } }`;

export const CREATE_COMMENT = `mutation SampleCreateComment($input: CreateCommentInput!) {
  createComment(input: $input) { __typename ... on CreateCommentSuccess { comment { id } } ${problem} }
}`;
