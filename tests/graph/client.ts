import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import * as operations from './generated/operations.ts';

export interface Answer<Result> {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Result;
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

/** A member as a client knows herself. */
export interface SignedIn {
  readonly id: string;
  readonly handle: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

let members = 0;
const run = Date.now().toString(36);

/** A client of the graph at a URL, as an app would be: HTTP and nothing else. */
export function createClient(url: string, headers: Record<string, string> = {}) {
  /** Sends an operation as text; whoever wrote it knows the shape of its answer. */
  async function ask<Result>(
    query: string,
    variables: object,
    as?: { accessToken: string } | null,
  ): Promise<Answer<Result>> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...headers,
        ...(as ? { authorization: `Bearer ${as.accessToken}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, headers: response.headers, ...((await response.json()) as { data: Result }) };
  }

  /** Sends a typed operation. */
  const send = <Result, Variables extends object>(
    document: TypedDocumentNode<Result, Variables>,
    variables: Variables,
    as?: { accessToken: string } | null,
  ): Promise<Answer<Result>> => ask(print(document), variables, as);

  return {
    ask,
    send,
    /** Somebody new. */
    async signUp(wanted: { handle?: string; email?: string } = {}): Promise<SignedIn> {
      members += 1;
      const handle = wanted.handle ?? `m${run}${members}`;
      const email = wanted.email ?? `${handle}@example.com`;
      const password = `correct horse ${handle}`;
      const { data, errors } = await send(operations.SignUpDocument, {
        input: { email, password, handle, displayName: handle },
      });
      const result = data?.signUp;
      if (result?.__typename !== 'SignUpSuccess')
        throw new Error(`sign-up failed: ${JSON.stringify({ data, errors })}`);
      return { id: result.account.id, handle, email, password, ...result.session };
    },
  };
}

export type Client = ReturnType<typeof createClient>;
