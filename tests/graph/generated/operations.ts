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

/** Which request. */
export type AcceptFollowRequestInput = {
  /** Who asked. */
  userId: Scalars['ID']['input'];
};

/** How `acceptFollowRequest` ended. */
export type AcceptFollowRequestResult = AcceptFollowRequestSuccess | NotFoundError | NotSignedInError;

/** She follows the viewer now. */
export type AcceptFollowRequestSuccess = {
  __typename?: 'AcceptFollowRequestSuccess';
  userId: Scalars['ID']['output'];
};

/** Which room. */
export type AcceptRoomInvitationInput = {
  roomId: Scalars['ID']['input'];
};

/** How `acceptRoomInvitation` ended. */
export type AcceptRoomInvitationResult = AcceptRoomInvitationSuccess | NotFoundError | NotSignedInError;

/** The viewer is in the room. */
export type AcceptRoomInvitationSuccess = {
  __typename?: 'AcceptRoomInvitationSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** How a member signs in, and what she may do. Only she sees it; what others see of her is `User`. */
export type Account = {
  __typename?: 'Account';
  /** Her API tokens that have not expired, 50 at most, the newest first. */
  apiTokens: Array<ApiToken>;
  createdAt: Scalars['DateTime']['output'];
  email: Scalars['String']['output'];
  /** Whether she has shown, by a link in a mail, that the address is hers. */
  emailVerified: Scalars['Boolean']['output'];
  /** The same as the id of her `User`. */
  id: Scalars['ID']['output'];
  /** The providers' accounts by which she signs in. */
  identities: Array<LinkedIdentity>;
  /** Her passkeys, the oldest first. */
  passkeys: Array<Passkey>;
  roles: Array<Role>;
  /** The open sessions, the newest first. */
  sessions: SessionConnection;
  /** Null when signing in asks for no second factor. */
  totp: Maybe<Totp>;
  /** Her public face. */
  user: Maybe<User>;
};


/** How a member signs in, and what she may do. Only she sees it; what others see of her is `User`. */
export type AccountSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What was done to an account. Expect new ones. */
export type AccountAct =
  | 'REINSTATED'
  | 'ROLE_GRANTED'
  | 'ROLE_REVOKED'
  | 'SUSPENDED';

/** What somebody did to an account by her office. */
export type AccountAuditEntry = {
  __typename?: 'AccountAuditEntry';
  accountId: Scalars['ID']['output'];
  act: AccountAct;
  /** Who did it; null for the platform itself, an operator's command, or a time that was over. */
  actor: Maybe<User>;
  at: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  reason: Maybe<Scalars['String']['output']>;
  role: Maybe<Role>;
  until: Maybe<Scalars['DateTime']['output']>;
  user: Maybe<User>;
};

/** A page of a list of AccountAuditEntry. */
export type AccountAuditEntryConnection = {
  __typename?: 'AccountAuditEntryConnection';
  edges: Array<AccountAuditEntryEdge>;
  pageInfo: PageInfo;
};

/** One AccountAuditEntry in a list, with its cursor. */
export type AccountAuditEntryEdge = {
  __typename?: 'AccountAuditEntryEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<AccountAuditEntry>;
};

/** Nobody signs in to this account any more; `code` says why, to whoever knows the password. */
export type AccountClosedError = Error & {
  __typename?: 'AccountClosedError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Nobody signs in to this account for a time; told only to who has shown that it is hers. */
export type AccountSuspendedError = Error & {
  __typename?: 'AccountSuspendedError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
  /** In the words of who suspended her. */
  reason: Scalars['String']['output'];
  /** Null: until somebody ends it. */
  until: Maybe<Scalars['DateTime']['output']>;
};

/** To what, and with what. */
export type AddReactionInput = {
  /** One emoji. */
  emoji: Scalars['String']['input'];
  messageId: Scalars['ID']['input'];
};

/** How `addReaction` ended. */
export type AddReactionResult = AddReactionSuccess | ForbiddenError | NotFoundError | NotSignedInError | ValidationError;

/** The reaction is there. */
export type AddReactionSuccess = {
  __typename?: 'AddReactionSuccess';
  roomMessage: Message;
};

/** A token by which a script acts as the member, within its scopes. */
export type ApiToken = {
  __typename?: 'ApiToken';
  createdAt: Scalars['DateTime']['output'];
  expiresAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  /** When it was last exchanged for an access token. */
  lastUsedAt: Maybe<Scalars['DateTime']['output']>;
  name: Scalars['String']['output'];
  scopes: Array<Scalars['String']['output']>;
};

/** Where to sign in. */
export type BeginOAuthInput = {
  /** Whether the provider's account is to be linked to the viewer's, instead of signing in by it. */
  link?: Scalars['Boolean']['input'];
  /** To link: the viewer's password; for an account without one an empty text, soon after signing in. */
  password?: Scalars['String']['input'];
  provider: Scalars['ID']['input'];
};

/** How `beginOAuth` ended. */
export type BeginOAuthResult = BeginOAuthSuccess | InvalidCredentialsError | NotFoundError | NotSignedInError | TooManyAttemptsError;

/** Send the browser to `url`, and keep `state` in it: who comes back without it began somewhere else. */
export type BeginOAuthSuccess = {
  __typename?: 'BeginOAuthSuccess';
  expiresAt: Scalars['DateTime']['output'];
  state: Scalars['String']['output'];
  url: Scalars['String']['output'];
};

/** An open session is not enough to change how somebody signs in. */
export type BeginPasskeyRegistrationInput = {
  /** The viewer's password; for an account without one an empty text, soon after signing in. */
  password: Scalars['String']['input'];
};

/** How `beginPasskeyRegistration` ended. */
export type BeginPasskeyRegistrationResult = BeginPasskeyRegistrationSuccess | InvalidCredentialsError | NotSignedInError | TooManyAttemptsError;

/** What the device is asked. */
export type BeginPasskeyRegistrationSuccess = {
  __typename?: 'BeginPasskeyRegistrationSuccess';
  expiresAt: Scalars['DateTime']['output'];
  /** JSON for `PublicKeyCredential.parseCreationOptionsFromJSON`. */
  optionsJson: Scalars['String']['output'];
};

/** What the device is asked. */
export type BeginPasskeySignInSuccess = {
  __typename?: 'BeginPasskeySignInSuccess';
  expiresAt: Scalars['DateTime']['output'];
  /** JSON for `PublicKeyCredential.parseRequestOptionsFromJSON`. */
  optionsJson: Scalars['String']['output'];
};

/** An open session is not enough to change how somebody signs in. */
export type BeginTotpInput = {
  /** The viewer's password; for an account without one an empty text, soon after signing in. */
  password: Scalars['String']['input'];
};

/** How `beginTotp` ended. */
export type BeginTotpResult = BeginTotpSuccess | ConflictError | InvalidCredentialsError | NotSignedInError | TooManyAttemptsError;

/** What the authenticator app is given. Show it once, and ask for a code of the app. */
export type BeginTotpSuccess = {
  __typename?: 'BeginTotpSuccess';
  /** In base32, for those who type it. */
  secret: Scalars['String']['output'];
  /** `otpauth://…`, for a QR code. */
  uri: Scalars['String']['output'];
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
  /** Its posts, the newest first, without those of whom the viewer mutes. */
  posts: PostConnection;
  /** In URLs; unique. */
  slug: Scalars['String']['output'];
};


/** A place for posts on one subject. */
export type BoardPostsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** How `cancelErasure` ended. */
export type CancelErasureResult = CancelErasureSuccess | NotFoundError | NotSignedInError;

/** Nothing will be erased. */
export type CancelErasureSuccess = {
  __typename?: 'CancelErasureSuccess';
  request: DataRequest;
};

/** Which request. */
export type CancelFollowRequestInput = {
  /** Who was asked. */
  userId: Scalars['ID']['input'];
};

/** How `cancelFollowRequest` ended. */
export type CancelFollowRequestResult = CancelFollowRequestSuccess | NotFoundError | NotSignedInError;

/** There is no request of the viewer to follow her. */
export type CancelFollowRequestSuccess = {
  __typename?: 'CancelFollowRequestSuccess';
  userId: Scalars['ID']['output'];
};

/** An open session is not enough to change a password. */
export type ChangePasswordInput = {
  currentPassword: Scalars['String']['input'];
  /** 10 to 200 characters, not a common one. */
  newPassword: Scalars['String']['input'];
};

/** How `changePassword` ended. */
export type ChangePasswordResult = ChangePasswordSuccess | InvalidCredentialsError | NotSignedInError | TooManyAttemptsError | ValidationError;

/** The new password is the only one, and all other sessions have ended. */
export type ChangePasswordSuccess = {
  __typename?: 'ChangePasswordSuccess';
  accountId: Scalars['ID']['output'];
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
  /** Without those whom a block hides from the viewer. */
  likeCount: Scalars['Int']['output'];
  /** The comment that it answers; null at the top. */
  parent: Maybe<Comment>;
  post: Maybe<Post>;
  /** Answers to this comment, the oldest first. */
  replies: CommentConnection;
  /** Without those whom a block hides from the viewer. */
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

/** What came back from the provider. */
export type CompleteOAuthInput = {
  /** The query of the call-back's address, as it came. */
  parameters: Scalars['String']['input'];
  /** Whose call-back it is. */
  provider: Scalars['ID']['input'];
  /** Of `beginOAuth`, as the browser kept it. */
  state: Scalars['String']['input'];
};

/** How `completeOAuth` ended. */
export type CompleteOAuthResult = AccountClosedError | AccountSuspendedError | ConflictError | InvalidChallengeError | InvalidCredentialsError | OAuthFailedError | OAuthLinked | OAuthSignUpRequired | SecondFactorRequired | SignInSuccess;

/** What a newcomer adds to what the provider told. */
export type CompleteOAuthSignUpInput = {
  /** 1 to 60 characters. */
  displayName: Scalars['String']['input'];
  /** Where the provider gave none, or she wants another one; it has to be verified. */
  email?: InputMaybe<Scalars['String']['input']>;
  /** Unique; 3 to 30 letters a-z, digits or underscores. */
  handle: Scalars['String']['input'];
  /** The language that she reads: `en` or `ko`. */
  language?: Scalars['String']['input'];
  /** Of `OAuthSignUpRequired`. */
  ticket: Scalars['String']['input'];
};

/** How `completeOAuthSignUp` ended. */
export type CompleteOAuthSignUpResult = HandleTakenError | InvalidChallengeError | SignUpRefusedError | SignUpSuccess | TooManyAttemptsError | ValidationError;

/** The second step of a sign-in. */
export type CompleteSignInInput = {
  /** Of `SecondFactorRequired`. */
  challenge: Scalars['String']['input'];
  /** Six digits of the authenticator app, or a recovery code. */
  code: Scalars['String']['input'];
};

/** How `completeSignIn` ended. */
export type CompleteSignInResult = AccountClosedError | AccountSuspendedError | InvalidChallengeError | InvalidCodeError | InvalidCredentialsError | SignInSuccess | TooManyAttemptsError;

/** Shows that the app was set up. */
export type ConfirmTotpInput = {
  /** Six digits of the app. */
  code: Scalars['String']['input'];
};

/** How `confirmTotp` ended. */
export type ConfirmTotpResult = ConfirmTotpSuccess | ConflictError | InvalidCodeError | NotSignedInError | TooManyAttemptsError;

/** Signing in asks for a code from now on. */
export type ConfirmTotpSuccess = {
  __typename?: 'ConfirmTotpSuccess';
  /** Each is good once, in the place of a code of the app. They are shown here and never again. */
  recoveryCodes: Array<Scalars['String']['output']>;
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

/** An open session is not enough to make a token. */
export type CreateApiTokenInput = {
  /** 1 to 366. */
  expiresInDays?: Scalars['Int']['input'];
  /** To know it by; 1 to 80 characters. */
  name: Scalars['String']['input'];
  /** The viewer's password; for an account without one an empty text, soon after signing in. */
  password: Scalars['String']['input'];
  /** Of user:read, user:write, content:read, content:write, chat:read, chat:write, notification:read, notification:write. */
  scopes: Array<Scalars['String']['input']>;
};

/** How `createApiToken` ended. */
export type CreateApiTokenResult = ConflictError | CreateApiTokenSuccess | InvalidCredentialsError | NotSignedInError | TooManyAttemptsError | ValidationError;

/** The token is there. */
export type CreateApiTokenSuccess = {
  __typename?: 'CreateApiTokenSuccess';
  apiToken: ApiToken;
  /** For the header `authorization: Bearer …`. It is shown here and never again. */
  token: Scalars['String']['output'];
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

/** A new group room. */
export type CreateRoomInput = {
  /** Makes a retry harmless; at most 100 characters. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 characters. */
  title: Scalars['String']['input'];
};

/** How `createRoom` ended. */
export type CreateRoomResult = ConflictError | CreateRoomSuccess | NotSignedInError | ValidationError;

/** The room was made. */
export type CreateRoomSuccess = {
  __typename?: 'CreateRoomSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** What one domain answered: it has done its part. */
export type DataReceipt = {
  __typename?: 'DataReceipt';
  at: Scalars['DateTime']['output'];
  domain: Scalars['String']['output'];
  items: Array<DataReceiptItem>;
};

/** How many things of one kind were exported or erased. */
export type DataReceiptItem = {
  __typename?: 'DataReceiptItem';
  count: Scalars['Int']['output'];
  name: Scalars['String']['output'];
};

/** A request about a member's data, with the receipts of all domains that hold some. */
export type DataRequest = {
  __typename?: 'DataRequest';
  /** The export as JSON text; null until it is done, and after seven days. Ask for it alone: it may be long. */
  document: Maybe<Scalars['String']['output']>;
  /** When an erasure begins; until then it can be cancelled. */
  dueAt: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  kind: DataRequestKind;
  /** The domains that have not answered. */
  missing: Array<Scalars['String']['output']>;
  receipts: Array<DataReceipt>;
  requestedAt: Scalars['DateTime']['output'];
  state: DataRequestState;
};

/** What a member asks for: all that is held of her, or that it is erased. */
export type DataRequestKind =
  | 'ERASURE'
  | 'EXPORT';

/** WAITING: an erasure that can still be cancelled. RUNNING: the domains are at work. */
export type DataRequestState =
  | 'CANCELLED'
  | 'DONE'
  | 'RUNNING'
  | 'WAITING';

/** Which request. */
export type DeclineFollowRequestInput = {
  /** Who asked. */
  userId: Scalars['ID']['input'];
};

/** How `declineFollowRequest` ended. */
export type DeclineFollowRequestResult = DeclineFollowRequestSuccess | NotFoundError | NotSignedInError;

/** The request is gone; she is not told. */
export type DeclineFollowRequestSuccess = {
  __typename?: 'DeclineFollowRequestSuccess';
  userId: Scalars['ID']['output'];
};

/** Which room. */
export type DeclineRoomInvitationInput = {
  roomId: Scalars['ID']['input'];
};

/** How `declineRoomInvitation` ended. */
export type DeclineRoomInvitationResult = DeclineRoomInvitationSuccess | NotSignedInError;

/** There is no invitation any more. */
export type DeclineRoomInvitationSuccess = {
  __typename?: 'DeclineRoomInvitationSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
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
export type DeleteMessageInput = {
  messageId: Scalars['ID']['input'];
};

/** How `deleteMessage` ended. */
export type DeleteMessageResult = DeleteMessageSuccess | ForbiddenError | NotFoundError | NotSignedInError;

/** The message is gone; its tombstone. */
export type DeleteMessageSuccess = {
  __typename?: 'DeleteMessageSuccess';
  roomMessage: Message;
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

/** Both factors. */
export type DisableTotpInput = {
  /** Six digits of the app, or a recovery code. */
  code: Scalars['String']['input'];
  /** The viewer's password; for an account without one an empty text, soon after signing in. */
  password: Scalars['String']['input'];
};

/** How `disableTotp` ended. */
export type DisableTotpResult = DisableTotpSuccess | InvalidCodeError | InvalidCredentialsError | NotFoundError | NotSignedInError | TooManyAttemptsError;

/** Signing in asks for no second factor any more. */
export type DisableTotpSuccess = {
  __typename?: 'DisableTotpSuccess';
  accountId: Scalars['ID']['output'];
};

/** Whom not to suggest again. */
export type DismissFollowSuggestionInput = {
  userId: Scalars['ID']['input'];
};

/** How `dismissFollowSuggestion` ended. */
export type DismissFollowSuggestionResult = DismissFollowSuggestionSuccess | NotFoundError | NotSignedInError;

/** This member is not suggested to the viewer again. */
export type DismissFollowSuggestionSuccess = {
  __typename?: 'DismissFollowSuggestionSuccess';
  userId: Scalars['ID']['output'];
};

/** The whole of the new words. */
export type EditMessageInput = {
  /** At most 8,000 characters. */
  body: Scalars['String']['input'];
  /** The `version` of the message that was edited. */
  expectedVersion: Scalars['Int']['input'];
  /** Members of the room whom it mentions now; at most 50. */
  mentionedIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  messageId: Scalars['ID']['input'];
};

/** How `editMessage` ended. */
export type EditMessageResult = ConflictError | EditMessageSuccess | ForbiddenError | NotFoundError | NotSignedInError | ValidationError;

/** The message was changed. */
export type EditMessageSuccess = {
  __typename?: 'EditMessageSuccess';
  roomMessage: Message;
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

/** Which token to act by. */
export type ExchangeApiTokenInput = {
  token: Scalars['String']['input'];
};

/** How `exchangeApiToken` ended. */
export type ExchangeApiTokenResult = ExchangeApiTokenSuccess | InvalidApiTokenError;

/** An access token with the scopes of the API token. */
export type ExchangeApiTokenSuccess = {
  __typename?: 'ExchangeApiTokenSuccess';
  /** It is good for ten minutes. */
  accessToken: Scalars['String']['output'];
  accessTokenExpiresAt: Scalars['DateTime']['output'];
};

/** Who comes upon a member in the directory and in suggestions. Who knows her handle finds her anyhow. */
export type Findability =
  /** Whoever looks. */
  | 'EVERYONE'
  /** Who follows her. */
  | 'FOLLOWERS'
  /** Nobody but herself. */
  | 'NOBODY';

/** What the device answered. */
export type FinishPasskeyRegistrationInput = {
  /** To know it by; 1 to 80 characters. */
  name: Scalars['String']['input'];
  /** The credential as `toJSON()` gives it, as JSON text. */
  responseJson: Scalars['String']['input'];
};

/** How `finishPasskeyRegistration` ended. */
export type FinishPasskeyRegistrationResult = ConflictError | FinishPasskeyRegistrationSuccess | InvalidPasskeyError | NotSignedInError | ValidationError;

/** She can sign in by it. */
export type FinishPasskeyRegistrationSuccess = {
  __typename?: 'FinishPasskeyRegistrationSuccess';
  passkey: Passkey;
};

/** Whom to follow. */
export type FollowInput = {
  userId: Scalars['ID']['input'];
};

/** This member is private and was asked; the viewer does not follow her yet. */
export type FollowRequested = {
  __typename?: 'FollowRequested';
  user: User;
};

/** How `follow` ended. */
export type FollowResult = FollowRequested | FollowSuccess | NotFoundError | NotSignedInError | ValidationError;

/** How the viewer stands to another member. */
export type FollowState = {
  __typename?: 'FollowState';
  /** Whether the viewer follows her. */
  followed: Scalars['Boolean']['output'];
  /** Whether the viewer mutes her. */
  muted: Scalars['Boolean']['output'];
  /** Whether the viewer has asked to follow her, and she has not answered. */
  requested: Scalars['Boolean']['output'];
  user: Maybe<User>;
  userId: Scalars['ID']['output'];
};

/** The viewer follows this member now. */
export type FollowSuccess = {
  __typename?: 'FollowSuccess';
  user: User;
};

/** A member whom the viewer may want to follow. */
export type FollowSuggestion = {
  __typename?: 'FollowSuggestion';
  /** How many of those whom the viewer follows follow her; of the latest 200. */
  followedByCount: Scalars['Int']['output'];
  user: Maybe<User>;
};

/** A page of a list of FollowSuggestion. */
export type FollowSuggestionConnection = {
  __typename?: 'FollowSuggestionConnection';
  edges: Array<FollowSuggestionEdge>;
  pageInfo: PageInfo;
};

/** One FollowSuggestion in a list, with its cursor. */
export type FollowSuggestionEdge = {
  __typename?: 'FollowSuggestionEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<FollowSuggestion>;
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

/** A picture that was uploaded. What shows it names its id; the domain that keeps files adds its sizes. */
export type Image = {
  __typename?: 'Image';
  /** What it shows, for who does not see it; may be empty. */
  alt: Scalars['String']['output'];
  id: Scalars['ID']['output'];
};

/** A picture that was uploaded. */
export type ImageInput = {
  /** What it shows, for who does not see it; at most 200 characters. */
  alt?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};

/** The API token is unknown, has expired or was revoked, or its account is closed or suspended. */
export type InvalidApiTokenError = Error & {
  __typename?: 'InvalidApiTokenError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** The challenge is unknown, was used or has expired. Begin anew. */
export type InvalidChallengeError = Error & {
  __typename?: 'InvalidChallengeError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** The code is not right, has expired or was used. */
export type InvalidCodeError = Error & {
  __typename?: 'InvalidCodeError';
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

/** What the device answered is not of a known passkey, or not to a challenge of the last five minutes. */
export type InvalidPasskeyError = Error & {
  __typename?: 'InvalidPasskeyError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** The token of the link is unknown, was used or has expired. */
export type InvalidPasswordResetTokenError = Error & {
  __typename?: 'InvalidPasswordResetTokenError';
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

/** The token of the link is unknown, was used or has expired. */
export type InvalidVerificationTokenError = Error & {
  __typename?: 'InvalidVerificationTokenError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** Whom, and into which room. */
export type InviteToRoomInput = {
  /** 1 to 100 members. */
  memberIds: Array<Scalars['ID']['input']>;
  roomId: Scalars['ID']['input'];
};

/** How `inviteToRoom` ended. */
export type InviteToRoomResult = ConflictError | ForbiddenError | InviteToRoomSuccess | NotFoundError | NotSignedInError | ValidationError;

/** They are invited. */
export type InviteToRoomSuccess = {
  __typename?: 'InviteToRoomSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** Which room. */
export type LeaveRoomInput = {
  roomId: Scalars['ID']['input'];
};

/** How `leaveRoom` ended. */
export type LeaveRoomResult = ForbiddenError | LeaveRoomSuccess | NotFoundError | NotSignedInError;

/** The viewer is not in the room any more. */
export type LeaveRoomSuccess = {
  __typename?: 'LeaveRoomSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
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

/** A provider's account by which she signs in. */
export type LinkedIdentity = {
  __typename?: 'LinkedIdentity';
  /** As the provider told it when they were linked. */
  email: Maybe<Scalars['String']['output']>;
  id: Scalars['ID']['output'];
  lastUsedAt: Maybe<Scalars['DateTime']['output']>;
  linkedAt: Scalars['DateTime']['output'];
  provider: Scalars['ID']['output'];
};

/** Which ones: exactly one of the two. */
export type MarkNotificationsReadInput = {
  /** At most 100. */
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** All whose latest change has at most this number. */
  upToNumber?: InputMaybe<Scalars['Int']['input']>;
};

/** How `markNotificationsRead` or `markAllNotificationsRead` ended. */
export type MarkNotificationsReadResult = MarkNotificationsReadSuccess | NotSignedInError | ValidationError;

/** They are read; those that were read before, too. */
export type MarkNotificationsReadSuccess = {
  __typename?: 'MarkNotificationsReadSuccess';
  /** How many were unread before. */
  markedCount: Scalars['Int']['output'];
  viewer: Viewer;
};

/** Which room, and how far. */
export type MarkRoomReadInput = {
  /** The number of the last message that was read. */
  number: Scalars['Int']['input'];
  roomId: Scalars['ID']['input'];
};

/** How `markRoomRead` ended. */
export type MarkRoomReadResult = MarkRoomReadSuccess | NotFoundError | NotSignedInError;

/** The mark is there, or further on. */
export type MarkRoomReadSuccess = {
  __typename?: 'MarkRoomReadSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** What a member said in a room. */
export type Message = {
  __typename?: 'Message';
  attachments: Array<MessageAttachment>;
  /** Plain text; null where the message is not shown. */
  body: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  editedAt: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** The web addresses in the text. */
  links: Array<Scalars['String']['output']>;
  /** The members whom it mentions. */
  mentions: Array<Maybe<User>>;
  /** Its place in the room: from 1, without gaps. */
  number: Scalars['Int']['output'];
  reactions: Array<MessageReactionCount>;
  /** The message that it answers. Null in a stream that is shared: use `replyToNumber`. */
  replyTo: Maybe<Message>;
  /** The place of the message that it answers. */
  replyToNumber: Maybe<Scalars['Int']['output']>;
  /** Null in a stream that is shared: use `roomId`. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
  sender: Maybe<User>;
  /** Send it back as `expectedVersion`. */
  version: Scalars['Int']['output'];
  visibility: MessageVisibility;
};

/** A file that was sent with a message. */
export type MessageAttachment = {
  __typename?: 'MessageAttachment';
  fileId: Scalars['ID']['output'];
};

/** Something that happened to a message after it was sent. */
export type MessageChange = {
  __typename?: 'MessageChange';
  createdAt: Scalars['DateTime']['output'];
  kind: MessageChangeKind;
  /** As it is now. */
  message: Maybe<Message>;
  messageId: Scalars['ID']['output'];
  /** Its place among the changes of the room's messages: from 1, without gaps. */
  number: Scalars['Int']['output'];
  roomId: Scalars['ID']['output'];
};

/** What happened to a message after it was sent. */
export type MessageChangeKind =
  /** Its sender, or somebody who keeps order in the room, took it away. */
  | 'DELETED'
  | 'EDITED'
  | 'REACTION_ADDED'
  | 'REACTION_REMOVED';

/** A page of a list of Message. */
export type MessageConnection = {
  __typename?: 'MessageConnection';
  edges: Array<MessageEdge>;
  pageInfo: PageInfo;
};

/** One Message in a list, with its cursor. */
export type MessageEdge = {
  __typename?: 'MessageEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<Message>;
};

/** How many members reacted with an emoji. */
export type MessageReactionCount = {
  __typename?: 'MessageReactionCount';
  count: Scalars['Int']['output'];
  emoji: Scalars['String']['output'];
};

/** How the viewer stands to a message. */
export type MessageState = {
  __typename?: 'MessageState';
  message: Maybe<Message>;
  messageId: Scalars['ID']['output'];
  /** The emoji that she reacted with. */
  reactions: Array<Scalars['String']['output']>;
};

/** Whether a message is shown; one that is not keeps its place, without words and sender. */
export type MessageVisibility =
  /** The viewer and its sender do not see each other. */
  | 'BLOCKED'
  /** Its sender took it away. */
  | 'DELETED'
  /** Somebody who keeps order in the room took it away. */
  | 'REMOVED'
  /** Every member of the room sees it. */
  | 'VISIBLE';

export type Mutation = {
  __typename?: 'Mutation';
  /** Lets a member follow the viewer who asked for it. */
  acceptFollowRequest: AcceptFollowRequestResult;
  /** Enters a room that the viewer was invited to. */
  acceptRoomInvitation: AcceptRoomInvitationResult;
  /** Reacts to a message with an emoji; well also when the viewer did already. */
  addReaction: AddReactionResult;
  /** Begins a sign-in at a provider (OAuth 2.0 with PKCE, OpenID Connect), or the linking of one. */
  beginOAuth: BeginOAuthResult;
  /** Begins to make a passkey on the viewer's device. */
  beginPasskeyRegistration: BeginPasskeyRegistrationResult;
  /** Begins a sign-in by whatever passkey the device has for this site. */
  beginPasskeySignIn: BeginPasskeySignInSuccess;
  /** Begins to set up an authenticator app; `confirmTotp` turns it on. */
  beginTotp: BeginTotpResult;
  /** Blocks a member; follows between the two end. */
  block: BlockResult;
  /** Takes the viewer's erasure back while its delay lasts. */
  cancelErasure: CancelErasureResult;
  /** Takes back what the viewer asked; well also when there is no such request. */
  cancelFollowRequest: CancelFollowRequestResult;
  /** Changes the viewer's password and ends all her other sessions. */
  changePassword: ChangePasswordResult;
  /** Ends a sign-in at a provider, once. */
  completeOAuth: CompleteOAuthResult;
  /** Makes an account of who has shown who she is at a provider. It has no password. */
  completeOAuthSignUp: CompleteOAuthSignUpResult;
  /** Opens the session of a sign-in that waits for the second factor. Wrong codes make the next ones wait. */
  completeSignIn: CompleteSignInResult;
  /** Turns the second factor on, and gives recovery codes. */
  confirmTotp: ConfirmTotpResult;
  /** Makes a token for the viewer's scripts. */
  createApiToken: CreateApiTokenResult;
  /** Makes a board; for moderators. */
  createBoard: CreateBoardResult;
  /** Answers a post, or a comment. */
  createComment: CreateCommentResult;
  /** Publishes a post on a board. */
  createPost: CreatePostResult;
  /** Makes a group room; the viewer is its owner. */
  createRoom: CreateRoomResult;
  /** Refuses a request to follow the viewer. */
  declineFollowRequest: DeclineFollowRequestResult;
  /** Says no to an invitation; well also when there is none any more. */
  declineRoomInvitation: DeclineRoomInvitationResult;
  /** Takes a comment away: its author, or a moderator. */
  deleteComment: DeleteCommentResult;
  /** Takes a message away: its sender, or somebody who keeps order in the room. */
  deleteMessage: DeleteMessageResult;
  /** Takes a post away: its author, or a moderator. */
  deletePost: DeletePostResult;
  /** Turns the viewer's second factor off. */
  disableTotp: DisableTotpResult;
  /** Never suggests a member to the viewer again. */
  dismissFollowSuggestion: DismissFollowSuggestionResult;
  /** Changes the words of the viewer's own message. */
  editMessage: EditMessageResult;
  /** Changes the words of the viewer's own post. */
  editPost: EditPostResult;
  /** Gives an access token for an API token. The front door does it for requests over HTTP; for WebSockets a script does. */
  exchangeApiToken: ExchangeApiTokenResult;
  /** Keeps the passkey that the viewer's device has made. */
  finishPasskeyRegistration: FinishPasskeyRegistrationResult;
  /** Follows a member, or asks a private one; well also when the viewer follows or has asked her already. */
  follow: FollowResult;
  /** Gives a member a role, for administrators. It takes effect when the member refreshes her session: within ten minutes, as her access token holds her roles. */
  grantRole: GrantRoleResult;
  /** Asks members into a group room. Who is in it or invited already is passed over. */
  inviteToRoom: InviteToRoomResult;
  /** Leaves a group room. When the owner leaves, a moderator or else the member who joined first becomes the owner. */
  leaveRoom: LeaveRoomResult;
  /** The viewer likes it now. Well also when it was so already. */
  likeComment: LikeCommentResult;
  /** The viewer likes it now. Well also when it was so already. */
  likePost: LikePostResult;
  /** Marks the whole inbox as read. */
  markAllNotificationsRead: MarkNotificationsReadResult;
  /** Marks notifications as read. What is done of the same kind from now on makes new ones. */
  markNotificationsRead: MarkNotificationsReadResult;
  /** Says that the viewer has read a room up to a message. A mark never goes back. */
  markRoomRead: MarkRoomReadResult;
  /** Mutes a member: what she writes and does is not in the feeds and notifications of the viewer, who finds it where she looks for it. */
  mute: MuteResult;
  /** Keeps a member of a lower role from sending until a moment, or lets her again. */
  muteRoomMember: MuteRoomMemberResult;
  /** Opens the room of the viewer and another member: the one that they have, or a new one. */
  openDirectRoom: OpenDirectRoomResult;
  /** Gives new tokens for a refresh token. Send no access token with it: an expired one is refused. */
  refreshSession: RefreshSessionResult;
  /** Registers the viewer's device for push, until her session ends. */
  registerPushSubscription: RegisterPushSubscriptionResult;
  /** Ends the suspension of an account before its time, for those who may suspend it. */
  reinstateAccount: ReinstateAccountResult;
  /** Takes a follower away, who is not told; well also when she did not follow the viewer. */
  removeFollower: RemoveFollowerResult;
  /** Removes a passkey, unless it is the viewer's last way in. */
  removePasskey: RemovePasskeyResult;
  /** Removes the viewer's device. */
  removePushSubscription: RemovePushSubscriptionResult;
  /** Takes a reaction away; well also when there is none. */
  removeReaction: RemoveReactionResult;
  /** Takes a member of a lower role out of a group room. */
  removeRoomMember: RemoveRoomMemberResult;
  /** Gives a group room another title. */
  renameRoom: RenameRoomResult;
  /** Gives new recovery codes in the place of the viewer's. */
  renewRecoveryCodes: RenewRecoveryCodesResult;
  /** Has everything that is held of the viewer put together, for her to download; one at a time. */
  requestDataExport: RequestDataExportResult;
  /** Sends another mail with a link to the viewer's address; once a minute at most. */
  requestEmailVerification: RequestEmailVerificationResult;
  /** Has everything that is held of the viewer erased, after a delay in which she can cancel it. */
  requestErasure: RequestErasureResult;
  /** Has a mail with a link to a new password sent, if there is such an account. */
  requestPasswordReset: RequestPasswordResetResult;
  /** Sets a new password by the token of the link in the mail, and ends all sessions of the account. */
  resetPassword: ResetPasswordResult;
  /** Revokes one of the viewer's tokens. */
  revokeApiToken: RevokeApiTokenResult;
  /** Takes a role from a member, for administrators; the last administrator stays one. It takes effect when the member refreshes her session: within ten minutes, as her access token holds her roles. */
  revokeRole: RevokeRoleResult;
  /** Ends one of the viewer's sessions, on whatever device it is. */
  revokeSession: RevokeSessionResult;
  /** Sends a message into a room that the viewer is in. She is its sender. */
  sendMessage: SendMessageResult;
  /** Sets of which messages in this room the viewer is notified. */
  setRoomNotificationLevel: SetRoomNotificationLevelResult;
  /** Gives a member of a lower role another role; for the owner. Who makes another the owner becomes a moderator. */
  setRoomRole: SetRoomRoleResult;
  /** Opens a session by e-mail address and password. Failed attempts make the next ones wait. */
  signIn: SignInResult;
  /** Opens a session by a passkey. The device has verified the member, so no second factor is asked for. */
  signInByPasskey: SignInByPasskeyResult;
  /** Ends a session; well also when it had ended. */
  signOut: SignOutResult;
  /** Makes an account and opens its first session. */
  signUp: SignUpResult;
  /** Says that the viewer looks at a room, or no longer. Send it every 30 seconds while she does. */
  signalPresence: SignalPresenceResult;
  /** Says that the viewer is writing in a room. Send it every few seconds while she does. */
  signalTyping: SignalTypingResult;
  /** Suspends an account, or changes its suspension. Moderators suspend members, administrators moderators too. */
  suspendAccount: SuspendAccountResult;
  /** Ends a block. */
  unblock: UnblockResult;
  /** Follows a member no longer; well also when the viewer did not. */
  unfollow: UnfollowResult;
  /** The viewer does not like it. Well also when it was so already. */
  unlikeComment: UnlikeCommentResult;
  /** The viewer does not like it. Well also when it was so already. */
  unlikePost: UnlikePostResult;
  /** Unlinks a provider's account, unless it is the viewer's last way in. */
  unlinkIdentity: UnlinkIdentityResult;
  /** Ends a mute; well also when there is none. */
  unmute: UnmuteResult;
  /** Stops mails by the link that is in each of them. Needs no sign-in: the link is the right to do it. */
  unsubscribeFromMail: UnsubscribeFromMailResult;
  /** Changes how the viewer is told. */
  updateNotificationPreferences: UpdateNotificationPreferencesResult;
  /** Changes the viewer's own profile. */
  updateProfile: UpdateProfileResult;
  /** Changes the viewer's settings. */
  updateSettings: UpdateSettingsResult;
  /** Shows that an e-mail address is hers, by the token of the link in the mail. Nobody need be signed in. */
  verifyEmail: VerifyEmailResult;
};


export type MutationAcceptFollowRequestArgs = {
  input: AcceptFollowRequestInput;
};


export type MutationAcceptRoomInvitationArgs = {
  input: AcceptRoomInvitationInput;
};


export type MutationAddReactionArgs = {
  input: AddReactionInput;
};


export type MutationBeginOAuthArgs = {
  input: BeginOAuthInput;
};


export type MutationBeginPasskeyRegistrationArgs = {
  input: BeginPasskeyRegistrationInput;
};


export type MutationBeginTotpArgs = {
  input: BeginTotpInput;
};


export type MutationBlockArgs = {
  input: BlockInput;
};


export type MutationCancelFollowRequestArgs = {
  input: CancelFollowRequestInput;
};


export type MutationChangePasswordArgs = {
  input: ChangePasswordInput;
};


export type MutationCompleteOAuthArgs = {
  input: CompleteOAuthInput;
};


export type MutationCompleteOAuthSignUpArgs = {
  input: CompleteOAuthSignUpInput;
};


export type MutationCompleteSignInArgs = {
  input: CompleteSignInInput;
};


export type MutationConfirmTotpArgs = {
  input: ConfirmTotpInput;
};


export type MutationCreateApiTokenArgs = {
  input: CreateApiTokenInput;
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


export type MutationCreateRoomArgs = {
  input: CreateRoomInput;
};


export type MutationDeclineFollowRequestArgs = {
  input: DeclineFollowRequestInput;
};


export type MutationDeclineRoomInvitationArgs = {
  input: DeclineRoomInvitationInput;
};


export type MutationDeleteCommentArgs = {
  input: DeleteCommentInput;
};


export type MutationDeleteMessageArgs = {
  input: DeleteMessageInput;
};


export type MutationDeletePostArgs = {
  input: DeletePostInput;
};


export type MutationDisableTotpArgs = {
  input: DisableTotpInput;
};


export type MutationDismissFollowSuggestionArgs = {
  input: DismissFollowSuggestionInput;
};


export type MutationEditMessageArgs = {
  input: EditMessageInput;
};


export type MutationEditPostArgs = {
  input: EditPostInput;
};


export type MutationExchangeApiTokenArgs = {
  input: ExchangeApiTokenInput;
};


export type MutationFinishPasskeyRegistrationArgs = {
  input: FinishPasskeyRegistrationInput;
};


export type MutationFollowArgs = {
  input: FollowInput;
};


export type MutationGrantRoleArgs = {
  input: GrantRoleInput;
};


export type MutationInviteToRoomArgs = {
  input: InviteToRoomInput;
};


export type MutationLeaveRoomArgs = {
  input: LeaveRoomInput;
};


export type MutationLikeCommentArgs = {
  input: LikeCommentInput;
};


export type MutationLikePostArgs = {
  input: LikePostInput;
};


export type MutationMarkNotificationsReadArgs = {
  input: MarkNotificationsReadInput;
};


export type MutationMarkRoomReadArgs = {
  input: MarkRoomReadInput;
};


export type MutationMuteArgs = {
  input: MuteInput;
};


export type MutationMuteRoomMemberArgs = {
  input: MuteRoomMemberInput;
};


export type MutationOpenDirectRoomArgs = {
  input: OpenDirectRoomInput;
};


export type MutationRefreshSessionArgs = {
  input: RefreshSessionInput;
};


export type MutationRegisterPushSubscriptionArgs = {
  input: RegisterPushSubscriptionInput;
};


export type MutationReinstateAccountArgs = {
  input: ReinstateAccountInput;
};


export type MutationRemoveFollowerArgs = {
  input: RemoveFollowerInput;
};


export type MutationRemovePasskeyArgs = {
  input: RemovePasskeyInput;
};


export type MutationRemovePushSubscriptionArgs = {
  input: RemovePushSubscriptionInput;
};


export type MutationRemoveReactionArgs = {
  input: RemoveReactionInput;
};


export type MutationRemoveRoomMemberArgs = {
  input: RemoveRoomMemberInput;
};


export type MutationRenameRoomArgs = {
  input: RenameRoomInput;
};


export type MutationRenewRecoveryCodesArgs = {
  input: RenewRecoveryCodesInput;
};


export type MutationRequestErasureArgs = {
  input: RequestErasureInput;
};


export type MutationRequestPasswordResetArgs = {
  input: RequestPasswordResetInput;
};


export type MutationResetPasswordArgs = {
  input: ResetPasswordInput;
};


export type MutationRevokeApiTokenArgs = {
  input: RevokeApiTokenInput;
};


export type MutationRevokeRoleArgs = {
  input: RevokeRoleInput;
};


export type MutationRevokeSessionArgs = {
  input: RevokeSessionInput;
};


export type MutationSendMessageArgs = {
  input: SendMessageInput;
};


export type MutationSetRoomNotificationLevelArgs = {
  input: SetRoomNotificationLevelInput;
};


export type MutationSetRoomRoleArgs = {
  input: SetRoomRoleInput;
};


export type MutationSignInArgs = {
  input: SignInInput;
};


export type MutationSignInByPasskeyArgs = {
  input: SignInByPasskeyInput;
};


export type MutationSignOutArgs = {
  input?: InputMaybe<SignOutInput>;
};


export type MutationSignUpArgs = {
  input: SignUpInput;
};


export type MutationSignalPresenceArgs = {
  input: SignalPresenceInput;
};


export type MutationSignalTypingArgs = {
  input: SignalTypingInput;
};


export type MutationSuspendAccountArgs = {
  input: SuspendAccountInput;
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


export type MutationUnlinkIdentityArgs = {
  input: UnlinkIdentityInput;
};


export type MutationUnmuteArgs = {
  input: UnmuteInput;
};


export type MutationUnsubscribeFromMailArgs = {
  input: UnsubscribeFromMailInput;
};


export type MutationUpdateNotificationPreferencesArgs = {
  input: UpdateNotificationPreferencesInput;
};


export type MutationUpdateProfileArgs = {
  input: UpdateProfileInput;
};


export type MutationUpdateSettingsArgs = {
  input: UpdateSettingsInput;
};


export type MutationVerifyEmailArgs = {
  input: VerifyEmailInput;
};

/** Whom to mute. */
export type MuteInput = {
  userId: Scalars['ID']['input'];
};

/** How `mute` ended. */
export type MuteResult = MuteSuccess | NotFoundError | NotSignedInError | ValidationError;

/** Whom, in which room, and until when. */
export type MuteRoomMemberInput = {
  memberId: Scalars['ID']['input'];
  roomId: Scalars['ID']['input'];
  /** Left out: she may send again. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** How `muteRoomMember` ended. */
export type MuteRoomMemberResult = ForbiddenError | MuteRoomMemberSuccess | NotFoundError | NotSignedInError;

/** It is so. */
export type MuteRoomMemberSuccess = {
  __typename?: 'MuteRoomMemberSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** The viewer mutes this member now; she is not told. */
export type MuteSuccess = {
  __typename?: 'MuteSuccess';
  userId: Scalars['ID']['output'];
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

/** All acts of one kind on one target since the member last read of them: one notification, however many there are. */
export type Notification = {
  __typename?: 'Notification';
  /** How many did it; of the messages of a room at most 100. */
  actorCount: Scalars['Int']['output'];
  /** The last three who did it, the latest first; none when the platform did. */
  actors: Array<Maybe<User>>;
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  kind: NotificationKind;
  readAt: Maybe<Scalars['DateTime']['output']>;
  /** For MODERATION, SYSTEM and invitations. */
  reason: Maybe<NotificationReason>;
  target: Maybe<NotificationTarget>;
  /** When the latest act was. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A change of the inbox. Numbers have no gaps: who sees one that is not the next has missed some. */
export type NotificationChange = {
  __typename?: 'NotificationChange';
  /** As it is now, which may be newer than this change. */
  notification: Maybe<Notification>;
  number: Scalars['Int']['output'];
  type: NotificationChangeType;
  /** How many are unread now. */
  unreadNotificationCount: Scalars['Int']['output'];
};

/** What became of a notification. */
export type NotificationChangeType =
  /** It is new, or others joined it, or it was read: `notification` is how it is now. */
  | 'CHANGED'
  /** Several were read at once: read the inbox and its count again. */
  | 'RELOAD'
  /** Nothing is left of it: it is out of the inbox. */
  | 'REMOVED';

/** What changed in the inbox after a number. */
export type NotificationChanges = {
  __typename?: 'NotificationChanges';
  /** In order. */
  changes: Array<NotificationChange>;
  /** False when changes after the number are not kept any more: read the inbox again. */
  complete: Scalars['Boolean']['output'];
  /** Ask again after the last number. */
  hasMore: Scalars['Boolean']['output'];
};

/** By what a member is told. */
export type NotificationChannel =
  /** By e-mail, when it is still unread after some minutes. */
  | 'EMAIL'
  /** In the inbox, live. */
  | 'IN_APP'
  /** By push to the devices that she registered. */
  | 'PUSH';

/** A page of a list of Notification. */
export type NotificationConnection = {
  __typename?: 'NotificationConnection';
  edges: Array<NotificationEdge>;
  pageInfo: PageInfo;
};

/** How often a mail sums up what is unread; none is sent when nothing is. */
export type NotificationDigest =
  /** Every day. */
  | 'DAILY'
  /** Never. */
  | 'OFF'
  /** On Mondays. */
  | 'WEEKLY';

/** One Notification in a list, with its cursor. */
export type NotificationEdge = {
  __typename?: 'NotificationEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<Notification>;
};

/** What a notification is about. Clients choose the words. */
export type NotificationKind =
  /** Somebody answered the member's post. */
  | 'COMMENT'
  /** Somebody follows the member. */
  | 'FOLLOW'
  /** Somebody likes the member's post or comment. */
  | 'LIKE'
  /** Somebody named the member. */
  | 'MENTION'
  /** There is news in one of the member's rooms. */
  | 'MESSAGE'
  /** A moderator acted on what the member did; `reason` says how. */
  | 'MODERATION'
  /** Somebody answered the member's comment. */
  | 'REPLY'
  /** The platform has something to say; `reason` says what. */
  | 'SYSTEM';

/** By what the member is told of a kind. */
export type NotificationKindPreference = {
  __typename?: 'NotificationKindPreference';
  channels: Array<NotificationChannel>;
  kind: NotificationKind;
};

/** By what the member is told of a kind from now on. */
export type NotificationKindPreferenceInput = {
  /** None to be told in no way. */
  channels: Array<NotificationChannel>;
  kind: NotificationKind;
};

/** How the member wants to be told. */
export type NotificationPreferences = {
  __typename?: 'NotificationPreferences';
  digest: NotificationDigest;
  /** The hour of her day at which it is sent, 0 to 23. */
  digestHour: Scalars['Int']['output'];
  /** All kinds. */
  kinds: Array<NotificationKindPreference>;
  /** IANA name, such as Asia/Seoul. */
  timeZone: Scalars['String']['output'];
  /** Send it back as `expectedVersion`. */
  version: Scalars['Int']['output'];
};

/** What it is more exactly, where the kind does not say. Expect new values. */
export type NotificationReason =
  /** A moderator took the member's comment away. */
  | 'COMMENT_HIDDEN'
  /** The member is invited into the room. */
  | 'INVITED'
  /** A moderator took the member's post away. */
  | 'POST_HIDDEN'
  /** The member's roles were changed. */
  | 'ROLES_CHANGED'
  /** The member's account was suspended. */
  | 'SUSPENDED'
  /** The member is new here. */
  | 'WELCOME';

/** What it is about: the post or comment that was liked or answered, the room with the messages, or a member. */
export type NotificationTarget = Comment | Post | Room | User;

/** The provider refused, or what came back is not what was begun. */
export type OAuthFailedError = Error & {
  __typename?: 'OAuthFailedError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
};

/** The provider's account is linked: she can sign in by it from now on. */
export type OAuthLinked = {
  __typename?: 'OAuthLinked';
  provider: Scalars['ID']['output'];
};

/** Nobody has this account of the provider linked. `completeOAuthSignUp` makes an account of it. */
export type OAuthSignUpRequired = {
  __typename?: 'OAuthSignUpRequired';
  email: Maybe<Scalars['String']['output']>;
  expiresAt: Scalars['DateTime']['output'];
  name: Maybe<Scalars['String']['output']>;
  /** For `completeOAuthSignUp`. Keep it secret. */
  ticket: Scalars['String']['output'];
};

/** With whom. */
export type OpenDirectRoomInput = {
  memberId: Scalars['ID']['input'];
};

/** How `openDirectRoom` ended. */
export type OpenDirectRoomResult = NotFoundError | NotSignedInError | OpenDirectRoomSuccess | ValidationError;

/** The room of the two. */
export type OpenDirectRoomSuccess = {
  __typename?: 'OpenDirectRoomSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** Where a page of a list lies. */
export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A key on her device by which she signs in (WebAuthn). */
export type Passkey = {
  __typename?: 'Passkey';
  /** Whether it is on all her devices, and outlives this one. */
  backedUp: Scalars['Boolean']['output'];
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  lastUsedAt: Maybe<Scalars['DateTime']['output']>;
  name: Scalars['String']['output'];
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
  /** Without those whom a block hides from the viewer. */
  commentCount: Scalars['Int']['output'];
  /** Answers to the post itself, the oldest first. */
  comments: CommentConnection;
  createdAt: Scalars['DateTime']['output'];
  editedAt: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  /** The language that it is written in. */
  language: Scalars['String']['output'];
  /** Without those whom a block hides from the viewer. */
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

/** Where else a member is to be found. */
export type ProfileLink = {
  __typename?: 'ProfileLink';
  label: Scalars['String']['output'];
  /** http or https. */
  url: Scalars['String']['output'];
};

/** Where else the viewer is to be found. */
export type ProfileLinkInput = {
  /** 1 to 40 characters. */
  label: Scalars['String']['input'];
  /** http or https; at most 300 characters. */
  url: Scalars['String']['input'];
};

export type Query = {
  __typename?: 'Query';
  /** What was done to accounts, the newest first, for administrators; null for all others. */
  accountAuditLog: Maybe<AccountAuditEntryConnection>;
  /** A board by id or by slug. */
  board: Maybe<Board>;
  /** All boards by name. */
  boards: Array<Board>;
  /** An erasure by the token that was given when it was asked for: for her who has no account any more. */
  erasureReceipt: Maybe<DataRequest>;
  /** The latest posts of all boards, without those of whom the viewer mutes. */
  feed: PostConnection;
  /** Members whose handle and name hold the words of a query, in Korean or English: first whose handle it is, then those whose handle or name begin with it, then the shorter names. Who does not want to be found by the viewer is not there. */
  members: UserConnection;
  /** A message by id; null where there is none or the viewer is not in its room. */
  message: Maybe<Message>;
  /** A post by id; null where there is none or the viewer may not see it. */
  post: Maybe<Post>;
  /** A room by id; null where there is none or the viewer is not in it. */
  room: Maybe<Room>;
  /** The providers that this community has set up. */
  signInProviders: Array<SignInProvider>;
  /** Anybody's sign-up, for administrators; null for all others, and where there is none. */
  signUp: Maybe<SignUpProgress>;
  /** The suspension of an account, for moderators; null for all others, and where there is none. */
  suspension: Maybe<Suspension>;
  /** A member by id or by handle; null where there is none or the viewer may not see her. */
  user: Maybe<User>;
  /** The member who asks; null for an anonymous client. */
  viewer: Maybe<Viewer>;
  /** The `applicationServerKey` to subscribe a browser with (VAPID, base64url). */
  webPushPublicKey: Scalars['String']['output'];
};


export type QueryAccountAuditLogArgs = {
  accountId?: InputMaybe<Scalars['ID']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryBoardArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryErasureReceiptArgs = {
  token: Scalars['String']['input'];
};


export type QueryFeedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
};


export type QueryMessageArgs = {
  id: Scalars['ID']['input'];
};


export type QueryPostArgs = {
  id: Scalars['ID']['input'];
};


export type QueryRoomArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySignUpArgs = {
  accountId: Scalars['ID']['input'];
};


export type QuerySuspensionArgs = {
  accountId: Scalars['ID']['input'];
};


export type QueryUserArgs = {
  handle?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};

/** More was sent than may be. Nothing of it was kept: send it again later. */
export type RateLimitedError = Error & {
  __typename?: 'RateLimitedError';
  /** Stable, for programs. */
  code: Scalars['String']['output'];
  /** For people, in English. */
  message: Scalars['String']['output'];
  /** Where in the input; empty when it is about the whole. */
  path: Array<Scalars['String']['output']>;
  retryAfterSeconds: Scalars['Int']['output'];
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

/** What `PushSubscription.toJSON()` of the Push API gives. */
export type RegisterPushSubscriptionInput = {
  auth: Scalars['String']['input'];
  endpoint: Scalars['String']['input'];
  p256dh: Scalars['String']['input'];
};

/** How `registerPushSubscription` ended. */
export type RegisterPushSubscriptionResult = NotSignedInError | RegisterPushSubscriptionSuccess | ValidationError;

/** The device is told of what the member chose for push. */
export type RegisterPushSubscriptionSuccess = {
  __typename?: 'RegisterPushSubscriptionSuccess';
  endpoint: Scalars['String']['output'];
};

/** Whose suspension ends. */
export type ReinstateAccountInput = {
  accountId: Scalars['ID']['input'];
};

/** How `reinstateAccount` ended. */
export type ReinstateAccountResult = ForbiddenError | NotFoundError | NotSignedInError | ReinstateAccountSuccess;

/** The member can sign in again. */
export type ReinstateAccountSuccess = {
  __typename?: 'ReinstateAccountSuccess';
  accountId: Scalars['ID']['output'];
  user: Maybe<User>;
};

/** Who is to follow the viewer no longer. */
export type RemoveFollowerInput = {
  userId: Scalars['ID']['input'];
};

/** How `removeFollower` ended. */
export type RemoveFollowerResult = NotFoundError | NotSignedInError | RemoveFollowerSuccess | ValidationError;

/** This member does not follow the viewer. */
export type RemoveFollowerSuccess = {
  __typename?: 'RemoveFollowerSuccess';
  user: User;
};

/** Which passkey. */
export type RemovePasskeyInput = {
  passkeyId: Scalars['ID']['input'];
};

/** How `removePasskey` ended. */
export type RemovePasskeyResult = ConflictError | NotFoundError | NotSignedInError | RemovePasskeySuccess;

/** Nobody signs in by it any more. */
export type RemovePasskeySuccess = {
  __typename?: 'RemovePasskeySuccess';
  passkeyId: Scalars['ID']['output'];
};

/** Which device. */
export type RemovePushSubscriptionInput = {
  endpoint: Scalars['String']['input'];
};

/** How `removePushSubscription` ended. */
export type RemovePushSubscriptionResult = NotSignedInError | RemovePushSubscriptionSuccess;

/** The device is told nothing any more. */
export type RemovePushSubscriptionSuccess = {
  __typename?: 'RemovePushSubscriptionSuccess';
  endpoint: Scalars['String']['output'];
};

/** From what, and which. */
export type RemoveReactionInput = {
  /** One emoji. */
  emoji: Scalars['String']['input'];
  messageId: Scalars['ID']['input'];
};

/** How `removeReaction` ended. */
export type RemoveReactionResult = ForbiddenError | NotFoundError | NotSignedInError | RemoveReactionSuccess | ValidationError;

/** The reaction is not there. */
export type RemoveReactionSuccess = {
  __typename?: 'RemoveReactionSuccess';
  roomMessage: Message;
};

/** Whom, and of which room. */
export type RemoveRoomMemberInput = {
  memberId: Scalars['ID']['input'];
  roomId: Scalars['ID']['input'];
};

/** How `removeRoomMember` ended. */
export type RemoveRoomMemberResult = ForbiddenError | NotFoundError | NotSignedInError | RemoveRoomMemberSuccess;

/** She is not in the room any more. */
export type RemoveRoomMemberSuccess = {
  __typename?: 'RemoveRoomMemberSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** Which room, and its new title. */
export type RenameRoomInput = {
  roomId: Scalars['ID']['input'];
  /** 1 to 100 characters. */
  title: Scalars['String']['input'];
};

/** How `renameRoom` ended. */
export type RenameRoomResult = ForbiddenError | NotFoundError | NotSignedInError | RenameRoomSuccess | ValidationError;

/** The room has this title now. */
export type RenameRoomSuccess = {
  __typename?: 'RenameRoomSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** An open session is not enough to change how somebody signs in. */
export type RenewRecoveryCodesInput = {
  /** The viewer's password; for an account without one an empty text, soon after signing in. */
  password: Scalars['String']['input'];
};

/** How `renewRecoveryCodes` ended. */
export type RenewRecoveryCodesResult = InvalidCredentialsError | NotFoundError | NotSignedInError | RenewRecoveryCodesSuccess | TooManyAttemptsError;

/** All earlier recovery codes are good for nothing. */
export type RenewRecoveryCodesSuccess = {
  __typename?: 'RenewRecoveryCodesSuccess';
  /** Each is good once, in the place of a code of the app. They are shown here and never again. */
  recoveryCodes: Array<Scalars['String']['output']>;
};

/** How `requestDataExport` ended. */
export type RequestDataExportResult = ConflictError | NotSignedInError | RequestDataExportSuccess;

/** All domains were asked. */
export type RequestDataExportSuccess = {
  __typename?: 'RequestDataExportSuccess';
  request: DataRequest;
};

/** How `requestEmailVerification` ended. */
export type RequestEmailVerificationResult = ConflictError | NotSignedInError | RequestEmailVerificationSuccess | TooManyAttemptsError;

/** A mail with a link is on its way. */
export type RequestEmailVerificationSuccess = {
  __typename?: 'RequestEmailVerificationSuccess';
  accountId: Scalars['ID']['output'];
};

/** An open session is not enough to erase somebody. */
export type RequestErasureInput = {
  password: Scalars['String']['input'];
};

/** How `requestErasure` ended. */
export type RequestErasureResult = ConflictError | InvalidCredentialsError | NotSignedInError | RequestErasureSuccess | TooManyAttemptsError;

/** The account will be erased when the delay is over. */
export type RequestErasureSuccess = {
  __typename?: 'RequestErasureSuccess';
  /** For `erasureReceipt`, when the account is gone. It is shown here and never again. */
  receiptToken: Scalars['String']['output'];
  request: DataRequest;
};

/** Whose password shall be reset. */
export type RequestPasswordResetInput = {
  email: Scalars['String']['input'];
};

/** How `requestPasswordReset` ended. */
export type RequestPasswordResetResult = RequestPasswordResetSuccess | TooManyAttemptsError | ValidationError;

/** If there is an account with this address, a mail with a link is on its way. Nobody is told whether. */
export type RequestPasswordResetSuccess = {
  __typename?: 'RequestPasswordResetSuccess';
  /** How long the link is good, in seconds. */
  linkSeconds: Scalars['Int']['output'];
};

/** What the link in the mail carries, and the new password. */
export type ResetPasswordInput = {
  /** 10 to 200 characters, not a common one. */
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};

/** How `resetPassword` ended. */
export type ResetPasswordResult = InvalidPasswordResetTokenError | ResetPasswordSuccess | ValidationError;

/** The new password is the only one, and all sessions have ended. Sign in with it. */
export type ResetPasswordSuccess = {
  __typename?: 'ResetPasswordSuccess';
  accountId: Scalars['ID']['output'];
};

/** Which token is good for nothing any more. */
export type RevokeApiTokenInput = {
  apiTokenId: Scalars['ID']['input'];
};

/** How `revokeApiToken` ended. */
export type RevokeApiTokenResult = NotFoundError | NotSignedInError | RevokeApiTokenSuccess;

/** The token and all that it opened are refused everywhere within moments. */
export type RevokeApiTokenSuccess = {
  __typename?: 'RevokeApiTokenSuccess';
  apiTokenId: Scalars['ID']['output'];
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

/** Where members talk. Only its members see it; for everybody else it does not exist. */
export type Room = {
  __typename?: 'Room';
  /** What happened after a change that the client has seen, in order; as many as asked for, or all that there are. */
  changes: Array<RoomChange>;
  createdAt: Scalars['DateTime']['output'];
  id: Scalars['ID']['output'];
  kind: RoomKind;
  /** When the last message was sent. */
  lastActivityAt: Scalars['DateTime']['output'];
  lastMessage: Maybe<Message>;
  memberCount: Scalars['Int']['output'];
  /** Its members; who joined first at the top. */
  members: RoomMemberConnection;
  /** Of the last one of `messageChanges`. */
  messageChangeNumber: Scalars['Int']['output'];
  /** What happened to its messages after a change that the client has seen, in order; as many as asked for, or all that there are. */
  messageChanges: Array<MessageChange>;
  /** The number of its last message. Messages are numbered from 1, in their order, without gaps. */
  messageNumber: Scalars['Int']['output'];
  /** Its messages in their order. `first` reads from the beginning, or from `after`, `afterNumber` or `fromDate` on; `last` reads the end, or what is before `before` or `fromDate`. */
  messages: MessageConnection;
  /** Of which messages the viewer is notified. */
  notificationLevel: RoomNotificationLevel;
  /** The number of the last message that the viewer has read. */
  readNumber: Scalars['Int']['output'];
  /** Of the last one of `changes`. */
  roomChangeNumber: Scalars['Int']['output'];
  /** What the viewer opens live streams with. */
  stream: Maybe<RoomStream>;
  /** Null in a direct room. */
  title: Maybe<Scalars['String']['output']>;
  /** How many messages came after the last one that the viewer has read. */
  unreadCount: Scalars['Int']['output'];
  /** The viewer may not send until then. */
  viewerMutedUntil: Maybe<Scalars['DateTime']['output']>;
  /** The viewer's role. */
  viewerRole: RoomRole;
};


/** Where members talk. Only its members see it; for everybody else it does not exist. */
export type RoomChangesArgs = {
  after: Scalars['Int']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Where members talk. Only its members see it; for everybody else it does not exist. */
export type RoomMembersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Where members talk. Only its members see it; for everybody else it does not exist. */
export type RoomMessageChangesArgs = {
  after: Scalars['Int']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Where members talk. Only its members see it; for everybody else it does not exist. */
export type RoomMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  afterNumber?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  fromDate?: InputMaybe<Scalars['DateTime']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** Something that happened to a room or to its members. */
export type RoomChange = {
  __typename?: 'RoomChange';
  /** Who did it. */
  actor: Maybe<User>;
  createdAt: Scalars['DateTime']['output'];
  kind: RoomChangeKind;
  /** Whom it was done to. */
  member: Maybe<User>;
  /** Its place among the room's changes: from 1, without gaps. */
  number: Scalars['Int']['output'];
  /** Her role now, where it changed. */
  role: Maybe<RoomRole>;
  roomId: Scalars['ID']['output'];
  /** The room's title now, where it changed. */
  title: Maybe<Scalars['String']['output']>;
};

/** What happened to a room or to its members. */
export type RoomChangeKind =
  /** The room was made, with its first members. */
  | 'CREATED'
  | 'MEMBER_INVITED'
  | 'MEMBER_JOINED'
  /** She left by herself. */
  | 'MEMBER_LEFT'
  | 'MEMBER_MUTED'
  /** Somebody took her out of the room. */
  | 'MEMBER_REMOVED'
  | 'MEMBER_UNMUTED'
  | 'RENAMED'
  | 'ROLE_CHANGED';

/** A page of a list of Room. */
export type RoomConnection = {
  __typename?: 'RoomConnection';
  edges: Array<RoomEdge>;
  pageInfo: PageInfo;
};

/** One Room in a list, with its cursor. */
export type RoomEdge = {
  __typename?: 'RoomEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<Room>;
};

/** A group room that the viewer was asked into. */
export type RoomInvitation = {
  __typename?: 'RoomInvitation';
  createdAt: Scalars['DateTime']['output'];
  invitedBy: Maybe<User>;
  memberCount: Scalars['Int']['output'];
  roomId: Scalars['ID']['output'];
  title: Scalars['String']['output'];
};

/** A page of a list of RoomInvitation. */
export type RoomInvitationConnection = {
  __typename?: 'RoomInvitationConnection';
  edges: Array<RoomInvitationEdge>;
  pageInfo: PageInfo;
};

/** One RoomInvitation in a list, with its cursor. */
export type RoomInvitationEdge = {
  __typename?: 'RoomInvitationEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<RoomInvitation>;
};

/** Between whom a room is. */
export type RoomKind =
  /** Two members. A pair has one such room at most. */
  | 'DIRECT'
  /** Members who were invited. */
  | 'GROUP';

/** A member of a room. */
export type RoomMember = {
  __typename?: 'RoomMember';
  joinedAt: Scalars['DateTime']['output'];
  memberId: Scalars['ID']['output'];
  /** She may not send until then. */
  mutedUntil: Maybe<Scalars['DateTime']['output']>;
  /** Whether she looks at the room now. */
  present: Scalars['Boolean']['output'];
  /** The number of the last message that she has read. */
  readNumber: Scalars['Int']['output'];
  role: RoomRole;
  user: Maybe<User>;
};

/** A page of a list of RoomMember. */
export type RoomMemberConnection = {
  __typename?: 'RoomMemberConnection';
  edges: Array<RoomMemberEdge>;
  pageInfo: PageInfo;
};

/** One RoomMember in a list, with its cursor. */
export type RoomMemberEdge = {
  __typename?: 'RoomMemberEdge';
  cursor: Scalars['String']['output'];
  node: Maybe<RoomMember>;
};

/** Of which messages of a room a member is notified. */
export type RoomNotificationLevel =
  /** Of every message. */
  | 'ALL'
  /** Of those that mention or answer her. */
  | 'MENTIONS'
  /** Of none. */
  | 'NONE';

/** A member begins or ceases to look at a room. */
export type RoomPresence = {
  __typename?: 'RoomPresence';
  member: Maybe<User>;
  memberId: Scalars['ID']['output'];
  present: Scalars['Boolean']['output'];
  roomId: Scalars['ID']['output'];
};

/** What a member may do in a group room. */
export type RoomRole =
  /** Reads and writes. */
  | 'MEMBER'
  /** Invites, renames, removes and mutes members, removes messages. */
  | 'MODERATOR'
  /** Everything; a group room with members has one owner. */
  | 'OWNER';

/** What opens live streams of a room. Subscribe by the grant, then fetch what came after the numbers that you have seen; when a stream ends, do the same with a new grant, after a pause of random length. */
export type RoomStream = {
  __typename?: 'RoomStream';
  /** When streams that were opened by it end. */
  expiresAt: Scalars['DateTime']['output'];
  /** Opaque. Members who may see the same get the same. It opens streams, until it expires or is taken back. */
  grant: Scalars['String']['output'];
  /** Of the last change of a message. */
  messageChangeNumber: Scalars['Int']['output'];
  /** Of the last message. */
  messageNumber: Scalars['Int']['output'];
  /** Of the last change of the room. */
  roomChangeNumber: Scalars['Int']['output'];
};

/** A member is writing in a room: show it for a few seconds. */
export type RoomTyping = {
  __typename?: 'RoomTyping';
  member: Maybe<User>;
  memberId: Scalars['ID']['output'];
  roomId: Scalars['ID']['output'];
};

/** The first step was good. `completeSignIn` ends it with a code of the second factor. */
export type SecondFactorRequired = {
  __typename?: 'SecondFactorRequired';
  /** For `completeSignIn`, once. Keep it secret. */
  challenge: Scalars['String']['output'];
  expiresAt: Scalars['DateTime']['output'];
};

/** A new message. */
export type SendMessageInput = {
  /** At most 8,000 characters; may be empty when there is a file. */
  body: Scalars['String']['input'];
  /** Makes a retry harmless; at most 100 characters. */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Files that are sent with it; at most 10. */
  fileIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Members of the room whom it mentions; at most 50. */
  mentionedIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The message of the same room that it answers. */
  replyToId?: InputMaybe<Scalars['ID']['input']>;
  roomId: Scalars['ID']['input'];
};

/** How `sendMessage` ended. */
export type SendMessageResult = ConflictError | ForbiddenError | NotFoundError | NotSignedInError | RateLimitedError | SendMessageSuccess | ValidationError;

/** The message is kept, and has its number. */
export type SendMessageSuccess = {
  __typename?: 'SendMessageSuccess';
  roomMessage: Message;
};

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

/** Which room, and of which messages. */
export type SetRoomNotificationLevelInput = {
  level: RoomNotificationLevel;
  roomId: Scalars['ID']['input'];
};

/** How `setRoomNotificationLevel` ended. */
export type SetRoomNotificationLevelResult = NotFoundError | NotSignedInError | SetRoomNotificationLevelSuccess;

/** It is set. */
export type SetRoomNotificationLevelSuccess = {
  __typename?: 'SetRoomNotificationLevelSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** Whom, in which room, and which role. */
export type SetRoomRoleInput = {
  memberId: Scalars['ID']['input'];
  role: RoomRole;
  roomId: Scalars['ID']['input'];
};

/** How `setRoomRole` ended. */
export type SetRoomRoleResult = ForbiddenError | NotFoundError | NotSignedInError | SetRoomRoleSuccess;

/** She has this role now. */
export type SetRoomRoleSuccess = {
  __typename?: 'SetRoomRoleSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** What the viewer has chosen for herself. */
export type Settings = {
  __typename?: 'Settings';
  findableBy: Findability;
  /** The language that she reads: `en` or `ko`. */
  language: Scalars['String']['output'];
  /** Whether her followers alone see what she shows and writes, and who wants to follow her asks for it. */
  private: Scalars['Boolean']['output'];
  /** IANA name, such as Asia/Seoul. */
  timeZone: Scalars['String']['output'];
  /** Send it back as `expectedVersion`. It is the `version` of her profile too. */
  version: Scalars['Int']['output'];
};

/** What the device answered. */
export type SignInByPasskeyInput = {
  /** The credential as `toJSON()` gives it, as JSON text. */
  responseJson: Scalars['String']['input'];
};

/** How `signInByPasskey` ended. */
export type SignInByPasskeyResult = AccountClosedError | AccountSuspendedError | InvalidCredentialsError | InvalidPasskeyError | SignInSuccess;

/** How the member shows who she is. */
export type SignInInput = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};

/** Somewhere else where members have accounts by which they can sign in. */
export type SignInProvider = {
  __typename?: 'SignInProvider';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

/** How `signIn` ended. */
export type SignInResult = AccountClosedError | AccountSuspendedError | InvalidCredentialsError | SecondFactorRequired | SignInSuccess | TooManyAttemptsError;

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

/** How far a sign-up has come: the account is there at once, the rest follows. */
export type SignUpProgress = {
  __typename?: 'SignUpProgress';
  /** A code: why it could not be completed. */
  reason: Maybe<Scalars['String']['output']>;
  state: SignUpState;
  steps: Array<SignUpStep>;
  updatedAt: Scalars['DateTime']['output'];
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

/** Where a sign-up stands. COMPENSATED: it could not be completed, and the account was closed. */
export type SignUpState =
  | 'COMPENSATED'
  | 'DONE'
  | 'RUNNING';

/** One thing that a sign-up needs. */
export type SignUpStep = {
  __typename?: 'SignUpStep';
  /** How often it was asked for. */
  attempts: Scalars['Int']['output'];
  /** `account`, `profile`, `analytics` or `welcome`. Expect new ones. */
  name: Scalars['String']['output'];
  /** A code: why it was refused, or `NO_ANSWER_YET` while it is asked for again. */
  reason: Maybe<Scalars['String']['output']>;
  state: SignUpStepState;
  updatedAt: Scalars['DateTime']['output'];
};

/** Where a step stands. BLOCKED: others come first. PENDING: its answer is awaited. DROPPED: the sign-up ended before it. */
export type SignUpStepState =
  | 'BLOCKED'
  | 'COMPENSATED'
  | 'DONE'
  | 'DROPPED'
  | 'PENDING'
  | 'REFUSED';

/** The account is there, and a session of it is open. */
export type SignUpSuccess = {
  __typename?: 'SignUpSuccess';
  account: Account;
  session: SessionTokens;
  user: Maybe<User>;
};

/** Where, and whether. */
export type SignalPresenceInput = {
  present: Scalars['Boolean']['input'];
  roomId: Scalars['ID']['input'];
};

/** How `signalPresence` ended. */
export type SignalPresenceResult = NotFoundError | NotSignedInError | SignalPresenceSuccess;

/** It is known. */
export type SignalPresenceSuccess = {
  __typename?: 'SignalPresenceSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
};

/** Where. */
export type SignalTypingInput = {
  roomId: Scalars['ID']['input'];
};

/** How `signalTyping` ended. */
export type SignalTypingResult = NotFoundError | NotSignedInError | SignalTypingSuccess;

/** It was passed on, or was passed on a moment ago. */
export type SignalTypingSuccess = {
  __typename?: 'SignalTypingSuccess';
  /** As it is now; null when the viewer is not in it any more. */
  room: Maybe<Room>;
  roomId: Scalars['ID']['output'];
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

export type Subscription = {
  __typename?: 'Subscription';
  /** Messages of a room, in their order, without gaps. By `grant` (see `Room.stream`), or by `roomId` with a token. */
  messageAdded: Message;
  /** What happens to messages of a room, in order, without gaps. By `grant` (see `Room.stream`), or by `roomId` with a token. */
  messageChanged: MessageChange;
  /** The changes of the inbox as they come, at most one a second of each notification. With `after`, first those after a number that the client knows. */
  notificationChanged: NotificationChange;
  /** Who begins and who ceases to look at a room. Nothing of it is kept. By `grant` (see `Room.stream`), or by `roomId` with a token. */
  presence: RoomPresence;
  /** What happens to a room and its members, in order, without gaps. By `grant` (see `Room.stream`), or by `roomId` with a token. */
  roomChanged: RoomChange;
  /** Who is writing in a room. Nothing of it is kept. By `grant` (see `Room.stream`), or by `roomId` with a token. */
  typing: RoomTyping;
};


export type SubscriptionMessageAddedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  grant?: InputMaybe<Scalars['String']['input']>;
  roomId?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionMessageChangedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  grant?: InputMaybe<Scalars['String']['input']>;
  roomId?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionNotificationChangedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
};


export type SubscriptionPresenceArgs = {
  grant?: InputMaybe<Scalars['String']['input']>;
  roomId?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionRoomChangedArgs = {
  after?: InputMaybe<Scalars['Int']['input']>;
  grant?: InputMaybe<Scalars['String']['input']>;
  roomId?: InputMaybe<Scalars['ID']['input']>;
};


export type SubscriptionTypingArgs = {
  grant?: InputMaybe<Scalars['String']['input']>;
  roomId?: InputMaybe<Scalars['ID']['input']>;
};

/** Who is suspended, why, and for how long. */
export type SuspendAccountInput = {
  accountId: Scalars['ID']['input'];
  /** 1 to 500 characters. The member reads it. */
  reason: Scalars['String']['input'];
  /** Without it, until somebody ends it. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** How `suspendAccount` ended. */
export type SuspendAccountResult = ForbiddenError | NotFoundError | NotSignedInError | SuspendAccountSuccess | ValidationError;

/** All sessions and streams of the account have ended, and nobody signs in to it. */
export type SuspendAccountSuccess = {
  __typename?: 'SuspendAccountSuccess';
  accountId: Scalars['ID']['output'];
  suspension: Suspension;
  user: Maybe<User>;
};

/** That nobody signs in to an account, for a time. */
export type Suspension = {
  __typename?: 'Suspension';
  /** The member reads it when she signs in. */
  reason: Scalars['String']['output'];
  since: Scalars['DateTime']['output'];
  /** When it ends by itself; null: until somebody ends it. */
  until: Maybe<Scalars['DateTime']['output']>;
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

/** The second factor of an account: codes of an authenticator app (RFC 6238). */
export type Totp = {
  __typename?: 'Totp';
  enabledAt: Scalars['DateTime']['output'];
  recoveryCodesLeft: Scalars['Int']['output'];
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

/** Which provider's account. */
export type UnlinkIdentityInput = {
  identityId: Scalars['ID']['input'];
};

/** How `unlinkIdentity` ended. */
export type UnlinkIdentityResult = ConflictError | NotFoundError | NotSignedInError | UnlinkIdentitySuccess;

/** Nobody signs in by it any more. */
export type UnlinkIdentitySuccess = {
  __typename?: 'UnlinkIdentitySuccess';
  identityId: Scalars['ID']['output'];
};

/** Whom to unmute. */
export type UnmuteInput = {
  userId: Scalars['ID']['input'];
};

/** How `unmute` ended. */
export type UnmuteResult = NotFoundError | NotSignedInError | UnmuteSuccess | ValidationError;

/** The viewer does not mute this member. */
export type UnmuteSuccess = {
  __typename?: 'UnmuteSuccess';
  userId: Scalars['ID']['output'];
};

/** By which link. */
export type UnsubscribeFromMailInput = {
  /** Of the link in a mail. */
  token: Scalars['String']['input'];
};

/** How `unsubscribeFromMail` ended. */
export type UnsubscribeFromMailResult = UnsubscribeFromMailSuccess | ValidationError;

/** No such mail is sent to the member of the link any more; well also when none was. */
export type UnsubscribeFromMailSuccess = {
  __typename?: 'UnsubscribeFromMailSuccess';
  /** What the mails were about; null for the digest. */
  kind: Maybe<NotificationKind>;
};

/** What is left out stays as it is. */
export type UpdateNotificationPreferencesInput = {
  digest?: InputMaybe<NotificationDigest>;
  /** 0 to 23. */
  digestHour?: InputMaybe<Scalars['Int']['input']>;
  /** The `version` of the preferences that were read. */
  expectedVersion: Scalars['Int']['input'];
  kinds?: InputMaybe<Array<NotificationKindPreferenceInput>>;
  /** IANA name, such as Asia/Seoul. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** How `updateNotificationPreferences` ended. */
export type UpdateNotificationPreferencesResult = ConflictError | NotSignedInError | UpdateNotificationPreferencesSuccess | ValidationError;

/** The preferences were changed. */
export type UpdateNotificationPreferencesSuccess = {
  __typename?: 'UpdateNotificationPreferencesSuccess';
  preferences: NotificationPreferences;
};

/** What is left out stays as it is. */
export type UpdateProfileInput = {
  /** Null for none. */
  avatar?: InputMaybe<ImageInput>;
  /** At most 500 characters. */
  bio?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 60 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** The `version` of the profile that was edited. */
  expectedVersion: Scalars['Int']['input'];
  /** `en` or `ko`. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** All of them, in their order; at most 5. */
  links?: InputMaybe<Array<ProfileLinkInput>>;
};

/** How `updateProfile` ended. */
export type UpdateProfileResult = ConflictError | NotFoundError | NotSignedInError | UpdateProfileSuccess | ValidationError;

/** The profile was changed. */
export type UpdateProfileSuccess = {
  __typename?: 'UpdateProfileSuccess';
  user: User;
};

/** What is left out stays as it is. */
export type UpdateSettingsInput = {
  /** The `version` of the settings that were read. */
  expectedVersion: Scalars['Int']['input'];
  findableBy?: InputMaybe<Findability>;
  /** `en` or `ko`. */
  language?: InputMaybe<Scalars['String']['input']>;
  /** Who follows her already goes on to. */
  private?: InputMaybe<Scalars['Boolean']['input']>;
  /** IANA name, such as Asia/Seoul. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** How `updateSettings` ended. */
export type UpdateSettingsResult = ConflictError | NotFoundError | NotSignedInError | UpdateSettingsSuccess | ValidationError;

/** The settings were changed. */
export type UpdateSettingsSuccess = {
  __typename?: 'UpdateSettingsSuccess';
  settings: Settings;
};

/** A member of the community. Owned by user; this domain only refers to her. */
export type User = {
  __typename?: 'User';
  avatar: Maybe<Image>;
  /** Empty when she shows it to her followers only and the viewer is none. */
  bio: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  displayName: Scalars['String']['output'];
  /** Without those whom a block hides from the viewer. */
  followerCount: Scalars['Int']['output'];
  /** Who follows her, the newest first. */
  followers: UserConnection;
  /** Whom she follows, the newest first. */
  following: UserConnection;
  /** Without those whom a block hides from the viewer. */
  followingCount: Scalars['Int']['output'];
  /** Unique, lower case, without the @. */
  handle: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  /** The language that she reads: `en` or `ko`. */
  language: Scalars['String']['output'];
  /** None when she shows them to her followers only and the viewer is none. */
  links: Array<ProfileLink>;
  /** What she published, the newest first. */
  posts: PostConnection;
  /** Whether only her followers see her bio, her links, who follows her and whom she follows, and what she writes. Who wants to follow her asks for it. */
  private: Scalars['Boolean']['output'];
  /** Send it back as `expectedVersion`. */
  version: Scalars['Int']['output'];
};


/** A member of the community. Owned by user; this domain only refers to her. */
export type UserFollowersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A member of the community. Owned by user; this domain only refers to her. */
export type UserFollowingArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A member of the community. Owned by user; this domain only refers to her. */
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

/** What the link in the mail carries. */
export type VerifyEmailInput = {
  token: Scalars['String']['input'];
};

/** How `verifyEmail` ended. */
export type VerifyEmailResult = InvalidVerificationTokenError | VerifyEmailSuccess;

/** The e-mail address is verified. */
export type VerifyEmailSuccess = {
  __typename?: 'VerifyEmailSuccess';
  accountId: Scalars['ID']['output'];
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
  /** What she asked for about her data, the newest first. */
  dataRequests: Array<DataRequest>;
  /** Who asks to follow the viewer, the newest first. */
  followRequests: UserConnection;
  /** How the viewer stands to these members, in the order of the ids (at most 100). */
  followStates: Array<FollowState>;
  /** Whom those follow whom the viewer follows, the most first, without those whom she follows, has asked, mutes or dismissed. */
  followSuggestions: FollowSuggestionConnection;
  id: Scalars['ID']['output'];
  /** How the viewer stands to these messages, in the order of the ids (at most 100). */
  messageStates: Array<MessageState>;
  /** Whom the viewer mutes, the newest first. */
  mutedUsers: UserConnection;
  /** What changed after a number that she knows, for who was away. */
  notificationChanges: NotificationChanges;
  /** The number of the latest change of her inbox. */
  notificationNumber: Scalars['Int']['output'];
  notificationPreferences: NotificationPreferences;
  /** Her inbox, the latest first. */
  notifications: NotificationConnection;
  /** How the viewer stands to these posts, in the order of the ids (at most 100). */
  postStates: Array<PostState>;
  /** Rooms that she was asked into and has neither accepted nor declined, the latest first. */
  roomInvitations: RoomInvitationConnection;
  /** The rooms that she is in, the one with the latest message first. */
  rooms: RoomConnection;
  /** Messages of her rooms that have all words of a query, the newest first. */
  searchMessages: MessageConnection;
  /** Null while her profile is not there. */
  settings: Maybe<Settings>;
  /** Her sign-up; null for accounts that are older than this field. */
  signUp: Maybe<SignUpProgress>;
  unreadNotificationCount: Scalars['Int']['output'];
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
export type ViewerFollowRequestsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerFollowStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerFollowSuggestionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerMessageStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerMutedUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerNotificationChangesArgs = {
  after: Scalars['Int']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<Array<NotificationKind>>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerPostStatesArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerRoomInvitationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerRoomsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The member who asks, and what is only for her. What she sees of public things is asked here, apart from them. */
export type ViewerSearchMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
  roomId?: InputMaybe<Scalars['ID']['input']>;
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
    | { __typename: 'AccountClosedError', code: string, message: string }
    | { __typename: 'AccountSuspendedError', code: string, message: string }
    | { __typename: 'InvalidCredentialsError', code: string, message: string }
    | { __typename: 'SecondFactorRequired' }
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
    | { __typename: 'FollowRequested' }
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

export type CreateRoomMutationVariables = Exact<{
  input: CreateRoomInput;
}>;


export type CreateRoomMutation = { __typename?: 'Mutation', createRoom:
    | { __typename: 'ConflictError', code: string, message: string, path: Array<string> }
    | { __typename: 'CreateRoomSuccess', roomId: string }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type InviteToRoomMutationVariables = Exact<{
  input: InviteToRoomInput;
}>;


export type InviteToRoomMutation = { __typename?: 'Mutation', inviteToRoom:
    | { __typename: 'ConflictError', code: string, message: string, path: Array<string> }
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'InviteToRoomSuccess' }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type AcceptRoomInvitationMutationVariables = Exact<{
  input: AcceptRoomInvitationInput;
}>;


export type AcceptRoomInvitationMutation = { __typename?: 'Mutation', acceptRoomInvitation:
    | { __typename: 'AcceptRoomInvitationSuccess' }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
   };

export type LeaveRoomMutationVariables = Exact<{
  input: LeaveRoomInput;
}>;


export type LeaveRoomMutation = { __typename?: 'Mutation', leaveRoom:
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'LeaveRoomSuccess' }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
   };

export type RemoveRoomMemberMutationVariables = Exact<{
  input: RemoveRoomMemberInput;
}>;


export type RemoveRoomMemberMutation = { __typename?: 'Mutation', removeRoomMember:
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'RemoveRoomMemberSuccess' }
   };

export type MuteRoomMemberMutationVariables = Exact<{
  input: MuteRoomMemberInput;
}>;


export type MuteRoomMemberMutation = { __typename?: 'Mutation', muteRoomMember:
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'MuteRoomMemberSuccess' }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
   };

export type SendMessageMutationVariables = Exact<{
  input: SendMessageInput;
}>;


export type SendMessageMutation = { __typename?: 'Mutation', sendMessage:
    | { __typename: 'ConflictError', code: string, message: string, path: Array<string> }
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'RateLimitedError', retryAfterSeconds: number, code: string, message: string, path: Array<string> }
    | { __typename: 'SendMessageSuccess', roomMessage: { __typename?: 'Message', id: string, number: number, body: string | null, sender: { __typename?: 'User', handle: string } | null } }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };

export type SignalTypingMutationVariables = Exact<{
  input: SignalTypingInput;
}>;


export type SignalTypingMutation = { __typename?: 'Mutation', signalTyping:
    | { __typename: 'NotFoundError', code: string }
    | { __typename: 'NotSignedInError', code: string }
    | { __typename: 'SignalTypingSuccess' }
   };

export type SignalPresenceMutationVariables = Exact<{
  input: SignalPresenceInput;
}>;


export type SignalPresenceMutation = { __typename?: 'Mutation', signalPresence:
    | { __typename: 'NotFoundError', code: string }
    | { __typename: 'NotSignedInError', code: string }
    | { __typename: 'SignalPresenceSuccess' }
   };

export type RoomGrantQueryVariables = Exact<{
  roomId: Scalars['ID']['input'];
}>;


export type RoomGrantQuery = { __typename?: 'Query', room: { __typename?: 'Room', stream: { __typename?: 'RoomStream', grant: string } | null } | null };

export type RoomMessagesQueryVariables = Exact<{
  roomId: Scalars['ID']['input'];
  after: Scalars['Int']['input'];
}>;


export type RoomMessagesQuery = { __typename?: 'Query', room: { __typename?: 'Room', messages: { __typename?: 'MessageConnection', edges: Array<{ __typename?: 'MessageEdge', node: { __typename?: 'Message', number: number, body: string | null, visibility: MessageVisibility } | null }> } } | null };

export type MessageAddedSubscriptionVariables = Exact<{
  roomId?: InputMaybe<Scalars['ID']['input']>;
  grant?: InputMaybe<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['Int']['input']>;
}>;


export type MessageAddedSubscription = { __typename?: 'Subscription', messageAdded: { __typename?: 'Message', number: number, body: string | null, visibility: MessageVisibility, sender: { __typename?: 'User', id: string, handle: string, displayName: string } | null } };

export type TypingSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
}>;


export type TypingSubscription = { __typename?: 'Subscription', typing: { __typename?: 'RoomTyping', memberId: string, member: { __typename?: 'User', handle: string } | null } };

export type PresenceSubscriptionVariables = Exact<{
  roomId: Scalars['ID']['input'];
}>;


export type PresenceSubscription = { __typename?: 'Subscription', presence: { __typename?: 'RoomPresence', memberId: string, present: boolean, member: { __typename?: 'User', handle: string } | null } };

export type NotificationChangedSubscriptionVariables = Exact<{
  after?: InputMaybe<Scalars['Int']['input']>;
}>;


export type NotificationChangedSubscription = { __typename?: 'Subscription', notificationChanged: { __typename?: 'NotificationChange', number: number, type: NotificationChangeType, notification: { __typename?: 'Notification', kind: NotificationKind, actorCount: number, actors: Array<{ __typename?: 'User', handle: string } | null>, target:
        | { __typename: 'Comment' }
        | { __typename: 'Post', id: string, title: string | null }
        | { __typename: 'Room' }
        | { __typename: 'User' }
       | null } | null } };

export type SuspendAccountMutationVariables = Exact<{
  input: SuspendAccountInput;
}>;


export type SuspendAccountMutation = { __typename?: 'Mutation', suspendAccount:
    | { __typename: 'ForbiddenError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotFoundError', code: string, message: string, path: Array<string> }
    | { __typename: 'NotSignedInError', code: string, message: string, path: Array<string> }
    | { __typename: 'SuspendAccountSuccess' }
    | { __typename: 'ValidationError', code: string, message: string, path: Array<string> }
   };


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
export const CreateRoomDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateRoom"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateRoomInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createRoom"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CreateRoomSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roomId"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<CreateRoomMutation, CreateRoomMutationVariables>;
export const InviteToRoomDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteToRoom"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InviteToRoomInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inviteToRoom"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<InviteToRoomMutation, InviteToRoomMutationVariables>;
export const AcceptRoomInvitationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AcceptRoomInvitation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AcceptRoomInvitationInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"acceptRoomInvitation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<AcceptRoomInvitationMutation, AcceptRoomInvitationMutationVariables>;
export const LeaveRoomDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"LeaveRoom"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"LeaveRoomInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"leaveRoom"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<LeaveRoomMutation, LeaveRoomMutationVariables>;
export const RemoveRoomMemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveRoomMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveRoomMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeRoomMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<RemoveRoomMemberMutation, RemoveRoomMemberMutationVariables>;
export const MuteRoomMemberDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"MuteRoomMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"MuteRoomMemberInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"muteRoomMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<MuteRoomMemberMutation, MuteRoomMemberMutationVariables>;
export const SendMessageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SendMessage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SendMessageInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sendMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"SendMessageSuccess"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"roomMessage"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RateLimitedError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"retryAfterSeconds"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SendMessageMutation, SendMessageMutationVariables>;
export const SignalTypingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignalTyping"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignalTypingInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signalTyping"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<SignalTypingMutation, SignalTypingMutationVariables>;
export const SignalPresenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SignalPresence"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SignalPresenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"signalPresence"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]} as unknown as DocumentNode<SignalPresenceMutation, SignalPresenceMutationVariables>;
export const RoomGrantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RoomGrant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"stream"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"grant"}}]}}]}}]}}]} as unknown as DocumentNode<RoomGrantQuery, RoomGrantQueryVariables>;
export const RoomMessagesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RoomMessages"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"room"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messages"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"afterNumber"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<RoomMessagesQuery, RoomMessagesQueryVariables>;
export const MessageAddedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"MessageAdded"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"grant"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"messageAdded"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"roomId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}}},{"kind":"Argument","name":{"kind":"Name","value":"grant"},"value":{"kind":"Variable","name":{"kind":"Name","value":"grant"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"body"}},{"kind":"Field","name":{"kind":"Name","value":"visibility"}},{"kind":"Field","name":{"kind":"Name","value":"sender"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"handle"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}}]}}]} as unknown as DocumentNode<MessageAddedSubscription, MessageAddedSubscriptionVariables>;
export const TypingDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Typing"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"typing"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"roomId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]} as unknown as DocumentNode<TypingSubscription, TypingSubscriptionVariables>;
export const PresenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Presence"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"presence"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"roomId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"roomId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"memberId"}},{"kind":"Field","name":{"kind":"Name","value":"present"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}}]}}]}}]} as unknown as DocumentNode<PresenceSubscription, PresenceSubscriptionVariables>;
export const NotificationChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"NotificationChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"notificationChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"notification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"actorCount"}},{"kind":"Field","name":{"kind":"Name","value":"actors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"handle"}}]}},{"kind":"Field","name":{"kind":"Name","value":"target"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Post"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<NotificationChangedSubscription, NotificationChangedSubscriptionVariables>;
export const SuspendAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SuspendAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SuspendAccountInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"suspendAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}}]}}]}}]}}]} as unknown as DocumentNode<SuspendAccountMutation, SuspendAccountMutationVariables>;