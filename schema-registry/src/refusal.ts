import { GraphQLError } from 'graphql';

/** What the registry will not do; the message says what, where and what to do, and reaches the client as it is. */
export class Refusal extends GraphQLError {
  constructor(code: 'BAD_INPUT' | 'NOT_FOUND' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'CONFLICT', message: string) {
    super(message, { extensions: { code } });
  }
}
