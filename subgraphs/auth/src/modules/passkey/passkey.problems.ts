import { type Conflict, type Problem, problem } from '@community/kit/problem';

export type InvalidPasskey = Problem<'InvalidPasskeyError'>;

/** One answer for what is not the answer of a known key to a challenge of ours. */
export const invalidPasskey = (): InvalidPasskey =>
  problem('InvalidPasskeyError', 'INVALID_PASSKEY', 'This passkey is not known here, or it took too long. Try again.', [
    'input',
    'responseJson',
  ]);

export const passkeyKnown = (): Conflict =>
  problem('ConflictError', 'PASSKEY_KNOWN', 'This passkey is known here already.');
