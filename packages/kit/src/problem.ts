import type { Member } from './member.ts';

/** An expected failure of a mutation, as a value: the named member of the result union, and the fields of `Error`. */
export interface Problem<Name extends string = string> {
  readonly __typename: Name;
  /** For people, in English; clients translate by `code`. */
  readonly message: string;
  /** Stable, for programs. */
  readonly code: string;
  /** Where in the input, as field names; empty when it is about the whole. */
  readonly path: readonly string[];
}

function problem<Name extends string>(
  name: Name,
  code: string,
  message: string,
  path: readonly string[] = [],
): Problem<Name> {
  return { __typename: name, code, message, path };
}

export type NotSignedIn = Problem<'NotSignedInError'>;
export type Forbidden = Problem<'ForbiddenError'>;
export type NotFound = Problem<'NotFoundError'>;
export type Invalid = Problem<'ValidationError'>;
export type Conflict = Problem<'ConflictError'>;

export const notSignedIn = (): NotSignedIn => problem('NotSignedInError', 'NOT_SIGNED_IN', 'Sign in to do this.');

export const forbidden = (message: string, code = 'FORBIDDEN'): Forbidden => problem('ForbiddenError', code, message);

export const notFound = (what: string, path: readonly string[]): NotFound =>
  problem('NotFoundError', 'NOT_FOUND', `There is no such ${what}, or you may not see it.`, path);

export const invalid = (message: string, path: readonly string[], code = 'INVALID'): Invalid =>
  problem('ValidationError', code, message, path);

/** The thing was changed since the client read it. */
export const versionConflict = (current: number): Conflict =>
  problem(
    'ConflictError',
    'VERSION_CONFLICT',
    `This was changed meanwhile and is at version ${current} now. Read it again.`,
    ['input', 'expectedVersion'],
  );

/** A client key that was used before, with other content. */
export const reusedKey = (): Conflict =>
  problem(
    'ConflictError',
    'CLIENT_MUTATION_ID_REUSED',
    'This clientMutationId was used for other content. Use a new one.',
    ['input', 'clientMutationId'],
  );

/** A domain's own named problem. */
export { problem };

/** Whether the result of a service is a problem; successes have no `code`. */
export function isProblem(result: object): result is Problem {
  return '__typename' in result && typeof result.__typename === 'string' && result.__typename.endsWith('Error');
}

/** What a service that needs a member begins with. */
export function requireMember(member: Member | null): Member | NotSignedIn {
  return member ?? notSignedIn();
}
