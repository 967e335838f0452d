/** What GraphiQL shows to somebody who opens it for the first time. */
export const EXAMPLES = `# Welcome to the community graph. Put the cursor into an operation and press Ctrl-Enter.

query Feed {
  feed(first: 5) {
    edges {
      node {
        title
        likeCount
        commentCount
        board { name }
        author { handle displayName }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}

query Profile {
  user(handle: "mina") {
    displayName
    bio
    followerCount
    posts(first: 3) { edges { node { title } } }
  }
}

mutation SignUp {
  signUp(input: { email: "you@example.com", password: "correct horse battery", handle: "you_there", displayName: "You" }) {
    __typename
    ... on SignUpSuccess { user { handle } session { accessToken } }
    ... on Error { code message path }
  }
}
`;
