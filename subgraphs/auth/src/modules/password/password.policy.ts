import { type Invalid, invalid } from '@community/kit/problem';

const MIN_LENGTH = 10;
const MAX_LENGTH = 200;

/** The most common passwords of lists of leaked ones that are long enough to be chosen here. */
const COMMON = new Set(
  `0123456789 0987654321 1234567890 12345678910 123456789a 1234567891 123456789q 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
  abcdefghij abcd123456 abc1234567 administrator asdfghjkl1 baseball123 computer123 dragon1234 football123 fuckyou123
  helloworld iloveyou12 iloveyou123 letmein123 liverpool1 michael123 monkey1234 motherlode myspace123 passw0rd12
  passw0rd123 password01 password11 password12 password123 password1234 password12345 princess123 qazwsxedcr qwer1234asdf
  qwerasdfzxcv qwerty1234 qwerty12345 qwerty123456 qwertyuiop qwertyuiop123 q1w2e3r4t5 q1w2e3r4t5y6 sunshine123 superman123
  unknown123 welcome123 welcome1234 zaq12wsxcde zxcvbnm123 zxcvbnm1234 dkssudgktpdy tkfkdgo123 rkskekfk123`.split(
    /\s+/,
  ),
);

function tooPlain(password: string): boolean {
  return COMMON.has(password) || new Set(password).size < 4;
}

/**
 * What is wrong with a new password, or null. Length is what counts (NIST SP 800-63B); there are no rules of characters.
 * @param own the (normalised) e-mail address and, where it is known, the handle, which others can see or guess
 * @param path where in the input the password is
 */
export function checkPassword(
  password: string,
  own: { email: string; handle?: string },
  path: readonly string[] = ['input', 'password'],
): Invalid | null {
  const length = [...password].length;
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    return invalid(`A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`, path, 'PASSWORD_LENGTH');
  }
  const folded = password.normalize('NFKC').trim().toLowerCase();
  if ([own.email, own.email.split('@')[0], own.handle].includes(folded)) {
    return invalid('The password is your e-mail address or handle. Choose another one.', path, 'PASSWORD_IS_NAME');
  }
  if (tooPlain(folded)) {
    return invalid(
      'This password is among the first that somebody would try. Choose another one.',
      path,
      'PASSWORD_COMMON',
    );
  }
  return null;
}
