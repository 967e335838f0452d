import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A moment in UTC, by RFC 3339: `2026-01-31T09:00:00.000Z`. */
  DateTime: { input: string; output: string; }
};

/** How a member signs in, and what she may do. Only she sees it; what others see of her is `User`. */
export type Account = {
  __typename?: 'Account';
  createdAt: Scalars['DateTime']['output'];
  email: Scalars['String']['output'];
  /** The same as the id of her `User`. */
  id: Scalars['ID']['output'];
  roles: Array<Role>;
  /** The open sessions, the newest first. */
  sessions: SessionConnection;
  /** Her public face. */
  user: Maybe<User>;
};


/** How a member signs in, and what she may do. Only she sees it; what others see of her is `User`. */
export type AccountSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Whom to block. */
export type BlockInput = {
  userId: Scalars['ID']['input'];
};

/** How `block` ended. */
export type BlockResult = BlockSuccess | NotFoundError | NotSignedInError | ValidationError;

/** The viewer blocks this member now: neither sees the other. */
export type BlockSuccess = {
  __typename?: 'BlockSuccess';
  userId: Scalars['ID']['output'];
};

/** A place for posts on one subject. */
export type Board = {
  __typename?: 'Board';
  createdAt: Scalars['DateTime']['output'];
  description: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** Its posts, the newest first. */
  posts: PostConnection;
  /** In URLs; unique. */
  slug: Scalars['String']['output'];
};


/** A place for posts on one subject. */
export type BoardPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What a member answered. One that was taken away has no words and no author any more. */
export type Comment = {
  __typename?: 'Comment';
  author: Maybe<User>;
  /** Markdown, as it was written. */
  body: Maybe<Scalars['String']['output']>;
  /** Rendered, and safe to put into a page. */
  bodyHtml: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** 0 for an answer to the post itself. */
  depth: Scalars['Int']['output'];
  id: Scalars['ID']['output'];
  likeCount: Scalars['Int']['output'];
  /** The comment that it answers; null at the top. */
  parent: Maybe<Comment>;
  post: Maybe<Post>;
  /** Answers to this comment, the oldest first. */
  replies: CommentConnection;
  replyCount: Scalars['Int']['output'];
  visibility: Visibility;
};


/** What a member answered. One that was taken away has no words and no author any more. */
export type CommentRepliesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of a list of Comment. */
export type CommentConnection = {
  __typename?: 'CommentConnection';
  edges: Array<CommentEdge>;
  pageInfo: PageInfo;
};

/** One Comment in a list, with its cursor. */
export type CommentEdge = {
  __typename?: 'CommentEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<Comment>;
};

/** How the viewer stands to a comment. */
export type CommentState = {
  __typename?: 'CommentState';
  comment: Maybe<Comment>;
  commentId: Scalars['ID']['output'];
  /** Whether the viewer likes it. */
  liked: Scalars['Boolean']['output'];
};

/** The thing was changed meanwhile, or a client key was used twice. */
export type ConflictError = Error & {
  __typename?: 'ConflictError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** A new board. */
export type CreateBoardInput = {
  /** Makes a retry harmless; at most 100 characters. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** At most 500 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 80 characters. */
  name: Scalars['String']['input'];
  /** Letters a-z, digits and hyphens; unique. */
  slug: Scalars['String']['input'];
};

/** How `createBoard` ended. */
export type CreateBoardResult = ConflictError | CreateBoardSuccess | ForbiddenError | NotSignedInError | SlugTakenError | ValidationError;

/** The board was made. */
export type CreateBoardSuccess = {
  __typename?: 'CreateBoardSuccess';
  board: Board;
};

/** A new comment. */
export type CreateCommentInput = {
  /** Markdown, 1 to 10,000 characters. */
  body: Scalars['String']['input'];
  /** Makes a retry harmless; at most 100 characters. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The comment that it answers; left out at the top. */
  parentId?: InputMaybe<Scalars['ID']['input']>;
  postId: Scalars['ID']['input'];
};

/** How `createComment` ended. */
export type CreateCommentResult = ConflictError | CreateCommentSuccess | NotFoundError | NotSignedInError | ValidationError;

/** The comment was added. */
export type CreateCommentSuccess = {
  __typename?: 'CreateCommentSuccess';
  comment: Comment;
};

/** A new post. */
export type CreatePostInput = {
  boardId: Scalars['ID']['input'];
  /** Markdown, 1 to 40,000 characters. */
  body: Scalars['String']['input'];
  /** Makes a retry harmless; at most 100 characters. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** `en` (unless told) or `ko`. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 200 characters. */
  title: Scalars['String']['input'];
};

/** How `createPost` ended. */
export type CreatePostResult = ConflictError | CreatePostSuccess | NotFoundError | NotSignedInError | ValidationError;

/** The post was published. */
export type CreatePostSuccess = {
  __typename?: 'CreatePostSuccess';
  post: Post;
};

/** What to delete. */
export type DeleteCommentInput = {
  commentId: Scalars['ID']['input'];
};

/** How `deleteComment` ended. */
export type DeleteCommentResult = DeleteCommentSuccess | ForbiddenError | NotFoundError | NotSignedInError;

/** The comment is gone; its tombstone. */
export type DeleteCommentSuccess = {
  __typename?: 'DeleteCommentSuccess';
  comment: Comment;
};

/** What to delete. */
export type DeletePostInput = {
  postId: Scalars['ID']['input'];
};

/** How `deletePost` ended. */
export type DeletePostResult = DeletePostSuccess | ForbiddenError | NotFoundError | NotSignedInError;

/** The post is gone; its tombstone. */
export type DeletePostSuccess = {
  __typename?: 'DeletePostSuccess';
  post: Post;
};

/** What is left out stays as it is. */
export type EditPostInput = {
  /** Markdown, 1 to 40,000 characters. */
  body?: InputMaybe<Scalars['String']['input']>;
  /** The `version` of the post that was edited. */
  expectedVersion: Scalars['Int']['input'];
  postId: Scalars['ID']['input'];
  /** 1 to 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** How `editPost` ended. */
export type EditPostResult = ConflictError | EditPostSuccess | ForbiddenError | NotFoundError | NotSignedInError | ValidationError;

/** The post was changed. */
export type EditPostSuccess = {
  __typename?: 'EditPostSuccess';
  post: Post;
};

/** An expected failure of a mutation. Expect new members of result unions: select `... on Error` last. */
export type Error = {
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Whom to follow. */
export type FollowInput = {
  userId: Scalars['ID']['input'];
};

/** How `follow` ended. */
export type FollowResult = FollowSuccess | NotFoundError | NotSignedInError | ValidationError;

/** How the viewer stands to another member. */
export type FollowState = {
  __typename?: 'FollowState';
  /** Whether the viewer follows her. */
  followed: Scalars['Boolean']['output'];
  user: Maybe<User>;
  userId: Scalars['ID']['output'];
};

/** The viewer follows this member now. */
export type FollowSuccess = {
  __typename?: 'FollowSuccess';
  user: User;
};

/** This member may not do this. */
export type ForbiddenError = Error & {
  __typename?: 'ForbiddenError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Who shall have which role. */
export type GrantRoleInput = {
  accountId: Scalars['ID']['input'];
  role: Role;
};

/** How `grantRole` ended. */
export type GrantRoleResult = ForbiddenError | GrantRoleSuccess | NotFoundError | NotSignedInError | ValidationError;

/** The member has the role. */
export type GrantRoleSuccess = {
  __typename?: 'GrantRoleSuccess';
  accountId: Scalars['ID']['output'];
  /** All that she has now. */
  roles: Array<Role>;
  user: Maybe<User>;
};

/** Somebody else has this handle. */
export type HandleTakenError = Error & {
  __typename?: 'HandleTakenError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** There is no account with this e-mail address and this password; which of the two is wrong is not said. */
export type InvalidCredentialsError = Error & {
  __typename?: 'InvalidCredentialsError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** The refresh token is unknown, has expired or was replaced, or its session has ended. Sign in again. */
export type InvalidRefreshTokenError = Error & {
  __typename?: 'InvalidRefreshTokenError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Which comment to like. */
export type LikeCommentInput = {
  commentId: Scalars['ID']['input'];
};

/** How `likeComment` ended. */
export type LikeCommentResult = LikeCommentSuccess | NotFoundError | NotSignedInError;

/** The viewer likes it now. */
export type LikeCommentSuccess = {
  __typename?: 'LikeCommentSuccess';
  comment: Comment;
};

/** Which post to like. */
export type LikePostInput = {
  postId: Scalars['ID']['input'];
};

/** How `likePost` ended. */
export type LikePostResult = LikePostSuccess | NotFoundError | NotSignedInError;

/** The viewer likes it now. */
export type LikePostSuccess = {
  __typename?: 'LikePostSuccess';
  post: Post;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Blocks a member; follows between the two end. */
  block: BlockResult;
  /** Makes a board; for moderators. */
  createBoard: CreateBoardResult;
  /** Answers a post, or a comment. */
  createComment: CreateCommentResult;
  /** Publishes a post on a board. */
  createPost: CreatePostResult;
  /** Takes a comment away: its author, or a moderator. */
  deleteComment: DeleteCommentResult;
  /** Takes a post away: its author, or a moderator. */
  deletePost: DeletePostResult;
  /** Changes the words of the viewer's own post. */
  editPost: EditPostResult;
  /** Follows a member; well also when the viewer follows her already. */
  follow: FollowResult;
  /** Gives a member a role, for administrators. It takes effect when the member refreshes her session: within ten minutes, as her access token holds her roles. */
  grantRole: GrantRoleResult;
  /** The viewer likes it now. Well also when it was so already. */
  likeComment: LikeCommentResult;
  /** The viewer likes it now. Well also when it was so already. */
  likePost: LikePostResult;
  /** Gives new tokens for a refresh token. Send no access token with it: an expired one is refused. */
  refreshSession: RefreshSessionResult;
  /** Takes a role from a member, for administrators; the last administrator stays one. It takes effect when the member refreshes her session: within ten minutes, as her access token holds her roles. */
  revokeRole: RevokeRoleResult;
  /** Ends one of the viewer's sessions, on whatever device it is. */
  revokeSession: RevokeSessionResult;
  /** Opens a session by e-mail address and password. Failed attempts make the next ones wait. */
  signIn: SignInResult;
  /** Ends a session; well also when it had ended. */
  signOut: SignOutResult;
  /** Makes an account and opens its first session. */
  signUp: SignUpResult;
  /** Ends a block. */
  unblock: UnblockResult;
  /** Follows a member no longer; well also when the viewer did not. */
  unfollow: UnfollowResult;
  /** The viewer does not like it. Well also when it was so already. */
  unlikeComment: UnlikeCommentResult;
  /** The viewer does not like it. Well also when it was so already. */
  unlikePost: UnlikePostResult;
  /** Changes the viewer's own profile. */
  updateProfile: UpdateProfileResult;
};


export type MutationBlockArgs = {
  input: BlockInput;
};


export type MutationCreateBoardArgs = {
  input: CreateBoardInput;
};


export type MutationCreateCommentArgs = {
  input: CreateCommentInput;
};


export type MutationCreatePostArgs = {
  input: CreatePostInput;
};


export type MutationDeleteCommentArgs = {
  input: DeleteCommentInput;
};


export type MutationDeletePostArgs = {
  input: DeletePostInput;
};


export type MutationEditPostArgs = {
  input: EditPostInput;
};


export type MutationFollowArgs = {
  input: FollowInput;
};


export type MutationGrantRoleArgs = {
  input: GrantRoleInput;
};


export type MutationLikeCommentArgs = {
  input: LikeCommentInput;
};


export type MutationLikePostArgs = {
  input: LikePostInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRevokeRoleArgs = {
  input: RevokeRoleInput;
};


export type MutationRevokeSessionArgs = {
  input: RevokeSessionInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationSignOutArgs = {
  input?: InputMaybe<SignOutInput>;
};


export type MutationSignUpArgs = {
  input: SignUpInput;
};


export type MutationUnblockArgs = {
  input: UnblockInput;
};


export type MutationUnfollowArgs = {
  input: UnfollowInput;
};


export type MutationUnlikeCommentArgs = {
  input: UnlikeCommentInput;
};


export type MutationUnlikePostArgs = {
  input: UnlikePostInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};

/** What was named does not exist, or is hidden from the viewer. */
export type NotFoundError = Error & {
  __typename?: 'NotFoundError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Only members may do this. */
export type NotSignedInError = Error & {
  __typename?: 'NotSignedInError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Where a page of a list lies. */
export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

/** What a member published on a board. A deleted post has no words and no author any more. */
export type Post = {
  __typename?: 'Post';
  author: Maybe<User>;
  board: Maybe<Board>;
  /** Markdown, as it was written. */
  body: Maybe<Scalars['String']['output']>;
  /** Rendered, and safe to put into a page. */
  bodyHtml: Maybe<Scalars['String']['output']>;
  commentCount: Scalars['Int']['output'];
  /** Answers to the post itself, the oldest first. */
  comments: CommentConnection;
  createdAt: Scalars['DateTime']['output'];
  editedAt: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** The language that it is written in. */
  language: Scalars['String']['output'];
  likeCount: Scalars['Int']['output'];
  title: Maybe<Scalars['String']['output']>;
  /** Send it back as `expectedVersion`. */
  version: Scalars['Int']['output'];
  visibility: Visibility;
};


/** What a member published on a board. A deleted post has no words and no author any more. */
export type PostCommentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of a list of Post. */
export type PostConnection = {
  __typename?: 'PostConnection';
  edges: Array<PostEdge>;
  pageInfo: PageInfo;
};

/** One Post in a list, with its cursor. */
export type PostEdge = {
  __typename?: 'PostEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<Post>;
};

/** How the viewer stands to a post. */
export type PostState = {
  __typename?: 'PostState';
  /** Whether the viewer likes it. */
  liked: Scalars['Boolean']['output'];
  post: Maybe<Post>;
  postId: Scalars['ID']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** A board by id or by slug. */
  board: Maybe<Board>;
  /** All boards by name. */
  boards: Array<Board>;
  /** The latest posts of all boards. */
  feed: PostConnection;
  /** A post by id; null where there is none or the viewer may not see it. */
  post: Maybe<Post>;
  /** A member by id or by handle; null where there is none or the viewer may not see her. */
  user: Maybe<User>;
  /** The member who asks; null for an anonymous client. */
  viewer: Maybe<Viewer>;
};


export type QueryBoardArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryFeedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryPostArgs = {
  id: Scalars['ID']['input'];
};


export type QueryUserArgs = {
  handle?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};

/** Which session to go on with. */
export type RefreshSessionInput = {
  refreshToken: Scalars['String']['input'];
};

/** How `refreshSession` ended. */
export type RefreshSessionResult = InvalidRefreshTokenError | RefreshSessionSuccess;

/** The session goes on with new tokens. */
export type RefreshSessionSuccess = {
  __typename?: 'RefreshSessionSuccess';
  session: SessionTokens;
};

/** Who shall no longer have which role. */
export type RevokeRoleInput = {
  accountId: Scalars['ID']['input'];
  role: Role;
};

/** How `revokeRole` ended. */
export type RevokeRoleResult = ForbiddenError | NotFoundError | NotSignedInError | RevokeRoleSuccess | ValidationError;

/** The member does not have the role. */
export type RevokeRoleSuccess = {
  __typename?: 'RevokeRoleSuccess';
  accountId: Scalars['ID']['output'];
  /** All that she has now. */
  roles: Array<Role>;
  user: Maybe<User>;
};

/** Which session to end. */
export type RevokeSessionInput = {
  sessionId: Scalars['ID']['input'];
};

/** How `revokeSession` ended. */
export type RevokeSessionResult = NotFoundError | NotSignedInError | RevokeSessionSuccess;

/** The session has ended; its access tokens are refused everywhere within moments. */
export type RevokeSessionSuccess = {
  __typename?: 'RevokeSessionSuccess';
  sessionId: Scalars['ID']['output'];
};

/** What a member may do beyond what everybody may. Expect new ones. */
export type Role =
  | 'ADMINISTRATOR'
  | 'MEMBER'
  | 'MODERATOR';

/** A sign-in that is open on some device. */
export type Session = {
  __typename?: 'Session';
  /** The network that it was opened from, such as `203.0.113.0/24`; may be empty. */
  clientAddress: Scalars['String']['output'];
  /** What the client calls itself; may be empty. */
  clientName: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  /** Whether it is the one that asks. */
  current: Scalars['Boolean']['output'];
  id: Scalars['ID']['output'];
  /** When it was last refreshed. */
  lastUsedAt: Scalars['DateTime']['output'];
};

/** A page of a list of Session. */
export type SessionConnection = {
  __typename?: 'SessionConnection';
  edges: Array<SessionEdge>;
  pageInfo: PageInfo;
};

/** One Session in a list, with its cursor. */
export type SessionEdge = {
  __typename?: 'SessionEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<Session>;
};

/** What a client needs to act as a member. Keep both tokens secret. */
export type SessionTokens = {
  __typename?: 'SessionTokens';
  /** For the header `authorization: Bearer …`. It is good for ten minutes. */
  accessToken: Scalars['String']['output'];
  accessTokenExpiresAt: Scalars['DateTime']['output'];
  /** For `refreshSession`, once: each refresh gives a new one, and an old one used again ends the session. */
  refreshToken: Scalars['String']['output'];
  refreshTokenExpiresAt: Scalars['DateTime']['output'];
};

/** How the member shows who she is. */
export type SignInInput = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};

/** How `signIn` ended. */
export type SignInResult = InvalidCredentialsError | SignInSuccess | TooManyAttemptsError;

/** A session was opened. */
export type SignInSuccess = {
  __typename?: 'SignInSuccess';
  account: Account;
  session: SessionTokens;
  user: Maybe<User>;
};

/** Which session to end. */
export type SignOutInput = {
  /** Of the session to end; without it, the session of the access token ends. */
  refreshToken?: InputMaybe<Scalars['String']['input']>;
};

/** How `signOut` ended. */
export type SignOutResult = NotSignedInError | SignOutSuccess;

/** The session has ended; its access tokens are refused everywhere within moments. */
export type SignOutSuccess = {
  __typename?: 'SignOutSuccess';
  sessionId: Scalars['ID']['output'];
};

/** Who becomes a member. */
export type SignUpInput = {
  /** A random text; the same sign-up sent again with it is answered as done, with a new session. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 60 characters. */
  displayName: Scalars['String']['input'];
  email: Scalars['String']['input'];
  /** Unique; 3 to 30 letters a-z, digits or underscores. */
  handle: Scalars['String']['input'];
  /** The language that she reads: `en` or `ko`. */
  language?: Scalars['String']['input'];
  /** 10 to 200 characters, not a common one. */
  password: Scalars['String']['input'];
};

/** No account can be made with this e-mail address. */
export type SignUpRefusedError = Error & {
  __typename?: 'SignUpRefusedError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** How `signUp` ended. */
export type SignUpResult = HandleTakenError | SignUpRefusedError | SignUpSuccess | TooManyAttemptsError | ValidationError;

/** The account is there, and a session of it is open. */
export type SignUpSuccess = {
  __typename?: 'SignUpSuccess';
  account: Account;
  session: SessionTokens;
  user: Maybe<User>;
};

/** There is a board with this slug already. */
export type SlugTakenError = Error & {
  __typename?: 'SlugTakenError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** There were too many failed attempts on this account or from this address, whatever is known of either. */
export type TooManyAttemptsError = Error & {
  __typename?: 'TooManyAttemptsError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
  /** How long to wait before the next attempt. */
  retryAfterSeconds: Scalars['Int']['output'];
};

/** Whom to block no longer. */
export type UnblockInput = {
  userId: Scalars['ID']['input'];
};

/** How `unblock` ended. */
export type UnblockResult = NotFoundError | NotSignedInError | UnblockSuccess | ValidationError;

/** The viewer does not block this member. */
export type UnblockSuccess = {
  __typename?: 'UnblockSuccess';
  userId: Scalars['ID']['output'];
};

/** Whom to follow no longer. */
export type UnfollowInput = {
  userId: Scalars['ID']['input'];
};

/** How `unfollow` ended. */
export type UnfollowResult = NotFoundError | NotSignedInError | UnfollowSuccess | ValidationError;

/** The viewer does not follow this member. */
export type UnfollowSuccess = {
  __typename?: 'UnfollowSuccess';
  user: User;
};

/** Which comment to unlike. */
export type UnlikeCommentInput = {
  commentId: Scalars['ID']['input'];
};

/** How `unlikeComment` ended. */
export type UnlikeCommentResult = NotFoundError | NotSignedInError | UnlikeCommentSuccess;

/** The viewer does not like it. */
export type UnlikeCommentSuccess = {
  __typename?: 'UnlikeCommentSuccess';
  comment: Comment;
};

/** Which post to unlike. */
export type UnlikePostInput = {
  postId: Scalars['ID']['input'];
};

/** How `unlikePost` ended. */
export type UnlikePostResult = NotFoundError | NotSignedInError | UnlikePostSuccess;

/** The viewer does not like it. */
export type UnlikePostSuccess = {
  __typename?: 'UnlikePostSuccess';
  post: Post;
};

/** What is left out stays as it is. */
export type UpdateProfileInput = {
  /** At most 500 characters. */
  bio?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 60 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** The `version` of the profile that was edited. */
  expectedVersion: Scalars['Int']['input'];
  /** `en` or `ko`. */
  language?: InputMaybe<Scalars['String']['input']>;
};

/** How `updateProfile` ended. */
export type UpdateProfileResult = ConflictError | NotFoundError | NotSignedInError | UpdateProfileSuccess | ValidationError;

/** The profile was changed. */
export type UpdateProfileSuccess = {
  __typename?: 'UpdateProfileSuccess';
  user: User;
};

/** A member of the community. Owned by user; this domain adds what she wrote. */
export type User = {
  __typename?: 'User';
  bio: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  displayName: Scalars['String']['output'];
  followerCount: Scalars['Int']['output'];
  /** Who follows her, the newest first. */
  followers: UserConnection;
  /** Whom she follows, the newest first. */
  following: UserConnection;
  followingCount: Scalars['Int']['output'];
  /** Unique, lower case, without the @. */
  handle: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** The language that she reads: `en` or `ko`. */
  language: Scalars['String']['output'];
  /** What she published, the newest first. */
  posts: PostConnection;
  /** Send it back as `expectedVersion`. */
  version: Scalars['Int']['output'];
};


/** A member of the community. Owned by user; this domain adds what she wrote. */
export type UserFollowersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A member of the community. Owned by user; this domain adds what she wrote. */
export type UserFollowingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A member of the community. Owned by user; this domain adds what she wrote. */
export type UserPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of a list of User. */
export type UserConnection = {
  __typename?: 'UserConnection';
  edges: Array<UserEdge>;
  pageInfo: PageInfo;
};

/** One User in a list, with its cursor. */
export type UserEdge = {
  __typename?: 'UserEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<User>;
};

/** The input breaks a rule; `path` says where. */
export type ValidationError = Error & {
  __typename?: 'ValidationError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type Viewer = {
  __typename?: 'Viewer';
  /** How she signs in. */
  account: Maybe<Account>;
  /** Whom the viewer blocks, the newest first. */
  blockedUsers: UserConnection;
  /** How the viewer stands to these comments, in the order of the ids (at most 100). */
  commentStates: Array<CommentState>;
  /** How the viewer stands to these members, in the order of the ids (at most 100). */
  followStates: Array<FollowState>;
  id: Scalars['ID']['output'];
  /** How the viewer stands to these posts, in the order of the ids (at most 100). */
  postStates: Array<PostState>;
  /** Her public face. */
  user: Maybe<User>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerBlockedUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerCommentStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerFollowStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerPostStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};

/** Whether something is shown; what is not leaves a tombstone without words and author. */
export type Visibility =
  /** Its author took it away. */
  | 'DELETED'
  /** A moderator took it away. */
  | 'HIDDEN'
  /** Everybody sees it. */
  | 'PUBLIC';

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { __typename?: 'Mutation', signUp:
    | { __typename: 'HandleTakenError', code: string, message: string, path: Array<string> }
    | { __typename: 'SignUpRefusedError', code: string, message: string, path: Array<string> }
    | { __typename: 'SignUpSuccess', account: { __typename?: 'Account', id: string, email: string, roles: Array<Role> }, user: { __typename?: 'User', id: string, handle: string, displayName: string } | null, session: { __typename?: 'SessionTokens', accessToken: string, refreshToken: string } }
    | { __typename: 'TooManyAttemptsError', code: string, message: string, path: Array<string> }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { __typename?: 'Mutation', signIn:
    | { __typename: 'InvalidCredentialsError', code: string, message: string }
    | { __typename: 'SignInSuccess', account: { __typename?: 'Account', id: string }, user: { __typename?: 'User', handle: string } | null, session: { __typename?: 'SessionTokens', accessToken: string, refreshToken: string } }
    | { __typename: 'TooManyAttemptsError', code: string, message: string }
   };

export type RefreshSessionMutationVariables = Exact<{
  input: RefreshSessionInput;
}>;


export type RefreshSessionMutation = { __typename?: 'Mutation', refreshSession:
    | { __typename: 'InvalidRefreshTokenError', code: string }
    | { __typename: 'RefreshSessionSuccess', session: { __typename?: 'SessionTokens', accessToken: string, refreshToken: string } }
   };

export type SignOutMutationVariables = Exact<{
  input: SignOutInput;
}>;


export type SignOutMutation = { __typename?: 'Mutation', signOut:
    | { __typename: 'NotSignedInError', code: string }
    | { __typename: 'SignOutSuccess' }
   };

export type CreateBoardMutationVariables = Exact<{
  input: CreateBoardInput;
}>;


export type CreateBoardMutation = { __typename?: 'Mutation', createBoard:
    | { __typename: 'ConflictError', code: string, message: string, path: Array<string> }
    | { __typename: 'CreateBoardSuccess', board: { __typename?: 'Board', id: string, slug: string } }
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'SlugTakenError', code: string, message: string, path: Array<string> }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type CreatePostMutationVariables = Exact<{
  input: CreatePostInput;
}>;


export type CreatePostMutation = { __typename?: 'Mutation', createPost:
    | { __typename: 'ConflictError', code: string, message: string, path: Array<string> }
    | { __typename: 'CreatePostSuccess', post: { __typename?: 'Post', id: string, title: string | null, bodyHtml: string | null, author: { __typename?: 'User', id: string, handle: string } | null, board: { __typename?: 'Board', slug: string } | null } }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type CreateCommentMutationVariables = Exact<{
  input: CreateCommentInput;
}>;


export type CreateCommentMutation = { __typename?: 'Mutation', createComment:
    | { __typename: 'ConflictError', code: string, message: string, path: Array<string> }
    | { __typename: 'CreateCommentSuccess', comment: { __typename?: 'Comment', id: string, bodyHtml: string | null, author: { __typename?: 'User', handle: string } | null, post: { __typename?: 'Post', id: string, commentCount: number } | null } }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type LikePostMutationVariables = Exact<{
  input: LikePostInput;
}>;


export type LikePostMutation = { __typename?: 'Mutation', likePost:
    | { __typename: 'LikePostSuccess', post: { __typename?: 'Post', id: string, likeCount: number, author: { __typename?: 'User', handle: string } | null } }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'NotSignedInError', code: string, message: string }
   };

export type FollowMutationVariables = Exact<{
  input: FollowInput;
}>;


export type FollowMutation = { __typename?: 'Mutation', follow:
    | { __typename: 'FollowSuccess', user: { __typename?: 'User', handle: string, followerCount: number, posts: { __typename?: 'PostConnection', edges: Array<{ __typename?: 'PostEdge', node: { __typename?: 'Post', title: string | null } | null }> } } }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'NotSignedInError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type BlockMutationVariables = Exact<{
  input: BlockInput;
}>;


export type BlockMutation = { __typename?: 'Mutation', block:
    | { __typename: 'BlockSuccess', userId: string }
    | { __typename: 'NotFoundError', code: string, message: string }
    | { __typename: 'NotSignedInError', code: string, message: string }
    | { __typename: 'ValidationError', code: string, message: string }
   };

export type FeedQueryVariables = Exact<{
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type FeedQuery = { __typename?: 'Query', feed: { __typename?: 'PostConnection', edges: Array<{ __typename?: 'PostEdge', node: { __typename?: 'Post', id: string, title: string | null, likeCount: number, commentCount: number, createdAt: string, board: { __typename?: 'Board', slug: string, name: string } | null, author: { __typename?: 'User', id: string, handle: string, displayName: string } | null } | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor: string | null } } };

export type PostPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type PostPageQuery = { __typename?: 'Query', post: { __typename?: 'Post', id: string, title: string | null, bodyHtml: string | null, author: { __typename?: 'User', handle: string, displayName: string, followerCount: number } | null, comments: { __typename?: 'CommentConnection', edges: Array<{ __typename?: 'CommentEdge', node: { __typename?: 'Comment', id: string, bodyHtml: string | null, author: { __typename?: 'User', handle: string } | null, replies: { __typename?: 'CommentConnection', edges: Array<{ __typename?: 'CommentEdge', node: { __typename?: 'Comment', id: string, author: { __typename?: 'User', handle: string } | null } | null }> } } | null }> } } | null };

export type ProfileQueryVariables = Exact<{
  handle: Scalars['String']['input'];
}>;


export type ProfileQuery = { __typename?: 'Query', user: { __typename?: 'User', id: string, handle: string, displayName: string, followerCount: number, posts: { __typename?: 'PostConnection', edges: Array<{ __typename?: 'PostEdge', node: { __typename?: 'Post', id: string, title: string | null, author: { __typename?: 'User', handle: string } | null } | null }> }, followers: { __typename?: 'UserConnection', edges: Array<{ __typename?: 'UserEdge', node: { __typename?: 'User', handle: string } | null }> } } | null };

export type MeQueryVariables = Exact<{
  postIds: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type MeQuery = { __typename?: 'Query', viewer: { __typename?: 'Viewer', account: { __typename?: 'Account', id: string, email: string, roles: Array<Role>, sessions: { __typename?: 'SessionConnection', edges: Array<{ __typename?: 'SessionEdge', node: { __typename?: 'Session', id: string, current: boolean } | null }> } } | null, user: { __typename?: 'User', handle: string, displayName: string } | null, postStates: Array<{ __typename?: 'PostState', liked: boolean }> } | null };


export const SignUpDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignUp"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignUpInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signUp"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignUpSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const SignInDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignIn"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignInInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signIn"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SignInSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RefreshSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"refreshSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RefreshSessionSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"session"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignOut"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignOutInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signOut"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const CreateBoardDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateBoard"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateBoardInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createBoard"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateBoardSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"board"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateBoardMutation, CreateBoardMutationVariables>;
export const CreatePostDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePost"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePostInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreatePostSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"bodyHtml"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"board"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreatePostMutation, CreatePostMutationVariables>;
export const CreateCommentDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateComment"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCommentInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createComment"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateCommentSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"comment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bodyHtml"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"commentCount"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateCommentMutation, CreateCommentMutationVariables>;
export const LikePostDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LikePost"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LikePostInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"likePost"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"LikePostSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"post"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"likeCount"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<LikePostMutation, LikePostMutationVariables>;
export const FollowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Follow"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"FollowInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"follow"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"FollowSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"followerCount"}},{"kind":"Field","name":{"kind":"Name","value":"posts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<FollowMutation, FollowMutationVariables>;
export const BlockDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"Block"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"BlockInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"block"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"BlockSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"userId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<BlockMutation, BlockMutationVariables>;
export const FeedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Feed"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"feed"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"likeCount"}},{"kind":"Field","name":{"kind":"Name","value":"commentCount"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"board"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]} as unknown as DocumentNode<FeedQuery, FeedQueryVariables>;
export const PostPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PostPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"post"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"bodyHtml"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"followerCount"}}]}},{"kind":"Field","name":{"kind":"Name","value":"comments"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"bodyHtml"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"replies"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"3"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<PostPageQuery, PostPageQueryVariables>;
export const ProfileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Profile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handle"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handle"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handle"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"followerCount"}},{"kind":"Field","name":{"kind":"Name","value":"posts"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"author"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"followers"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ProfileQuery, ProfileQueryVariables>;
export const MeDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Me"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"postIds"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"roles"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"5"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"current"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"user"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"postStates"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"postIds"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"liked"}}]}}]}}]}}]} as unknown as DocumentNode<MeQuery, MeQueryVariables>;