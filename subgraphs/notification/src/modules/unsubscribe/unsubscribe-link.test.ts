import { newId } from '@community/kit/ids';
import { expect, it } from 'vitest';
import { createUnsubscribeLinks } from './unsubscribe-link.ts';

const links = createUnsubscribeLinks({ secret: 'secret of tests', publicUrl: 'https://community.example/' });
const tokenOf = (link: string) => new URL(link).searchParams.get('token') ?? '';

it('a link says whose mails of what it stops', () => {
  for (const topic of ['LIKE', 'DIGEST'] as const) {
    const memberId = newId();
    const link = links.write({ memberId, topic });
    expect(link).toMatch(/^https:\/\/community\.example\/mail\/unsubscribe\?token=[\w.-]+$/);
    expect(links.read(tokenOf(link))).toEqual({ memberId, topic });
  }
});

it('a link that was changed, or signed by another key, is none', () => {
  const token = tokenOf(links.write({ memberId: newId(), topic: 'LIKE' }));
  const [, signature] = token.split('.');
  const other = Buffer.from(`${newId()}.LIKE`).toString('base64url');
  const foreign = createUnsubscribeLinks({ secret: 'another', publicUrl: 'https://community.example' });
  for (const bad of ['', '.', 'x', `${other}.${signature}`, token.slice(0, -3), `${token}A`])
    expect(links.read(bad)).toBeNull();
  expect(links.read(tokenOf(foreign.write({ memberId: newId(), topic: 'LIKE' })))).toBeNull();
});
