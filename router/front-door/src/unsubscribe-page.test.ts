import { describe, expect, it } from 'vitest';
import { openDoor } from './testing.ts';

const LINK = '/mail/unsubscribe?token=abc.def';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the link by which mails are stopped', () => {
  it('opens a page in the language of the browser, with a button, and changes nothing', async () => {
    const { send, asked } = await openDoor();
    const english = await send(LINK, { method: 'GET' });
    expect(english.status).toBe(200);
    expect(english.headers.get('referrer-policy')).toBe('same-origin');
    expect(await english.text()).toMatch(/<form method="post"><button>Unsubscribe/);
    const korean = await send(LINK, { method: 'GET', headers: { 'accept-language': 'ko-KR' } });
    expect(await korean.text()).toContain('수신 거부');
    expect(asked).toEqual([]);
  });

  it.each([
    ['a mail program', { ...FORM }, 'List-Unsubscribe=One-Click'],
    ['a mail program that sends parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['the page of a mail provider', { ...FORM, origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' }, ''],
    ['the button of the page', { ...FORM, origin: 'null' }, ''],
  ])('is used by %s, without cookies and whatever the origin', async (_, headers, body) => {
    const { send, asked } = await openDoor();
    const answer = await send(LINK, { headers, body });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You will get no more mails of this kind');
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(asked.map(({ variables }) => variables.input)).toEqual([{ token: 'abc.def' }]);
  });

  it('that is none of ours says so', async () => {
    const { send, problems } = await openDoor();
    problems.unsubscribeFromMail = {
      __typename: 'ValidationError',
      code: 'INVALID_UNSUBSCRIBE_TOKEN',
      message: 'This link is not complete. Copy all of it.',
      path: ['input', 'token'],
    };
    const answer = await send(LINK, { headers: FORM, body: '' });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('This link is not complete');
    const korean = await send(LINK, { headers: { ...FORM, 'accept-language': 'ko' }, body: '' });
    expect(await korean.text()).toContain('링크가 완전하지 않습니다');
  });

  it('says that it cannot be used now where notifications are away', async () => {
    const door = await openDoor({ notificationUrl: 'http://127.0.0.1:9' });
    const answer = await door.send(LINK, { headers: FORM, body: '' });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Try again soon');
  });
});
