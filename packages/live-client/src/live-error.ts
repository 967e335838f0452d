/** The server's word that something failed, with its code. Throw it from `variables` or `fetchAfter` to pass that on. */
export class LiveError extends Error {
  override name = 'LiveError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What no new attempt changes: the stream is not this client's, or there is none. */
const FOR_GOOD = new Set(['FORBIDDEN', 'NOT_FOUND']);

export const isForGood = (error: unknown): error is LiveError => error instanceof LiveError && FOR_GOOD.has(error.code);

interface GraphqlErrorLike {
  readonly message?: unknown;
  readonly extensions?: { readonly code?: unknown } | null;
}

/** The first of a GraphQL response's errors. */
export function liveErrorOf(errors: readonly GraphqlErrorLike[]): LiveError {
  const [first] = errors;
  return new LiveError(
    String(first?.extensions?.code ?? 'UNKNOWN'),
    String(first?.message ?? 'The stream has failed.'),
  );
}
