import { type Invalid, invalid, type Problem, problem } from '@community/kit/problem';
import { isEmail, normaliseEmail } from '../account/email.ts';
import { checkPassword } from '../password/password.policy.ts';

/** What somebody gives to become a member. The rules of handle, display name and language are user's. */
export interface SignUpRequest {
  readonly email: string;
  readonly password: string;
  readonly handle: string;
  readonly displayName: string;
  readonly language: string;
  readonly clientMutationId: string | null;
}

const CLIENT_MUTATION_ID = /^[\x21-\x7e]{1,100}$/;

/** The request as it is judged and stored. */
export function normaliseSignUp(request: SignUpRequest): SignUpRequest {
  return {
    ...request,
    email: normaliseEmail(request.email),
    handle: request.handle.normalize('NFKC').trim().replace(/^@/, '').toLowerCase(),
  };
}

/** What is wrong with a (normalised) address, or null. */
export function checkEmail(email: string): Invalid | null {
  return isEmail(email) ? null : invalid('This is not an e-mail address.', ['input', 'email'], 'EMAIL_FORM');
}

/** The first rule that a (normalised) request breaks, or null. */
export function checkSignUp(request: SignUpRequest): Invalid | null {
  const fault = checkEmail(request.email);
  if (fault) return fault;
  if (request.clientMutationId !== null && !CLIENT_MUTATION_ID.test(request.clientMutationId)) {
    return invalid('A clientMutationId has 1 to 100 visible ASCII characters.', ['input', 'clientMutationId']);
  }
  return checkPassword(request.password, request);
}

export type HandleTaken = Problem<'HandleTakenError'>;
export type SignUpRefused = Problem<'SignUpRefusedError'>;

export const handleTaken = (): HandleTaken =>
  problem('HandleTakenError', 'HANDLE_TAKEN', 'Somebody else has this handle. Choose another one.', [
    'input',
    'handle',
  ]);

export const signUpRefused = (): SignUpRefused =>
  problem(
    'SignUpRefusedError',
    'SIGN_UP_REFUSED',
    'No account can be made with this e-mail address. If it is yours and you have an account, sign in.',
    ['input', 'email'],
  );
