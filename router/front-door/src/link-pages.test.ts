import { describe, expect, it } from 'vitest';
import { openDoor } from './testing.ts';

async function setup() {
  const door = await openDoor();
  const submit = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    door.send(path, {
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
  return { ...door, submit };
}

describe('a link of a mail', () => {
  it('opens a page that changes nothing, runs no script and tells its address to nobody', async () => {
    const { send, asked } = await setup();
    const page = await send('/auth/reset-password?token=%22%3E%3Cscript%3E', { method: 'GET' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    // Not `no-referrer`: with that, browsers send a form of the page with an origin of `null`, as another site's.
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const text = await page.text();
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(text).not.toContain('<script');
    expect(text).toContain('Choose a new password');
    expect(asked).toEqual([]);
  });

  it.each([
    ['/auth/verify-email', { token: 'abc' }, { token: 'abc' }, 'Your e-mail address is confirmed'],
    [
      '/auth/reset-password',
      { token: 'abc', password: '새 비밀번호 12345' },
      { token: 'abc', newPassword: '새 비밀번호 12345' },
      'Your password is set',
    ],
  ])('is used by the button of %s', async (path, form, input, words) => {
    const { submit, asked } = await setup();
    const answer = await submit(path, form);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(words);
    expect(asked.map(({ variables }) => variables.input)).toEqual([input]);
  });

  it('that is no good any more says so, in the language of the browser', async () => {
    const { submit, problems } = await setup();
    problems.resetPassword = {
      __typename: 'InvalidPasswordResetTokenError',
      code: 'INVALID_PASSWORD_RESET_TOKEN',
      message: 'This link was used or has expired.',
      path: ['input', 'token'],
    };
    const form = { token: 'abc', password: 'secret words of hers' };
    const english = await submit('/auth/reset-password', form);
    expect(english.status).toBe(400);
    expect(await english.text()).toContain('This link was used or has expired.');
    const korean = await (await submit('/auth/reset-password', form, { 'accept-language': 'ko-KR,en;q=0.5' })).text();
    expect(korean).toContain('기한이 지난 링크입니다');
    expect(korean).not.toContain('secret words');
  });

  it('is not used by a form of another site', async () => {
    const { submit, asked } = await setup();
    for (const origin of ['https://evil.example', 'null'])
      expect((await submit('/auth/verify-email', { token: 'abc' }, { origin })).status).toBe(403);
    expect(asked).toEqual([]);
  });
});
