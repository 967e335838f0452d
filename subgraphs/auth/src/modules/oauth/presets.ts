import { z } from 'zod';
import type { ProviderSettings } from './provider.ts';

export type Preset = Omit<ProviderSettings, 'id' | 'clientId' | 'clientSecret'>;

const githubUser = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() });
const githubEmails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const naverProfile = z.object({
  response: z.object({ id: z.string(), email: z.string().optional(), nickname: z.string().optional() }),
});

/** Providers whose ways are known; the operator gives the id and the secret of her own application. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  google: {
    name: 'Google',
    scope: 'openid email profile',
    believeEmail: true,
    kind: { issuer: 'https://accounts.google.com' },
  },
  kakao: {
    name: 'Kakao',
    scope: 'openid account_email profile_nickname',
    believeEmail: true,
    kind: { issuer: 'https://kauth.kakao.com' },
  },
  // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
  github: {
    name: 'GitHub',
    scope: 'read:user user:email',
    believeEmail: true,
    kind: {
      issuer: 'https://github.com',
      authorize: 'https://github.com/login/oauth/authorize',
      token: 'https://github.com/login/oauth/access_token',
      async identify(ask) {
        const user = githubUser.parse(await ask('https://api.github.com/user'));
        const emails = githubEmails.parse(await ask('https://api.github.com/user/emails'));
        const primary = emails.find((address) => address.primary);
        return {
          subject: String(user.id),
          email: primary?.email ?? null,
          emailVerified: primary?.verified ?? false,
          name: user.name ?? user.login,
        };
      },
    },
  },
  // https://developers.naver.com/docs/login/api/api.md; it does not say whether an address was verified.
  naver: {
    name: 'Naver',
    scope: '',
    believeEmail: false,
    kind: {
      issuer: 'https://nid.naver.com',
      authorize: 'https://nid.naver.com/oauth2.0/authorize',
      token: 'https://nid.naver.com/oauth2.0/token',
      async identify(ask) {
        const { response } = naverProfile.parse(await ask('https://openapi.naver.com/v1/nid/me'));
        const { id: subject, email = null, nickname: name = null } = response;
        return { subject, email, emailVerified: false, name };
      },
    },
  },
};
