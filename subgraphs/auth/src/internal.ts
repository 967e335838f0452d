import { type HttpAnswer, json } from '@community/kit/http';
import { isId } from '@community/kit/ids';
import { z } from 'zod';
import type { AccountStore } from './modules/account/account.store.ts';
import type { EmailVerificationService } from './modules/email-verification/email-verification.service.ts';
import type { PasswordResetService } from './modules/password/password-reset.service.ts';

const MOST_CONTACTS = 1_000;
const contactsRequest = z.object({ accountIds: z.array(z.string()).max(MOST_CONTACTS) });
const verificationLinkRequest = z.object({ verificationId: z.string() });
const resetLinkRequest = z.object({ resetId: z.string() });

function badRequest(error: z.ZodError): HttpAnswer {
  const message = error.issues.map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.message}`).join('; ');
  return json(400, { error: { code: 'BAD_REQUEST', message } });
}

function linkAnswer(link: string | null): HttpAnswer {
  if (link) return json(200, { link });
  return json(404, { error: { code: 'NOT_FOUND', message: 'There is no such request any more.' } });
}

/** What auth answers other services, by the service secret: addresses, which no event ever holds. */
export function internalRoutes({
  accounts,
  emailVerification,
  passwordReset,
}: {
  accounts: AccountStore;
  emailVerification: EmailVerificationService;
  passwordReset: PasswordResetService;
}): Readonly<Record<string, (body: unknown) => Promise<HttpAnswer>>> {
  return {
    /** `{ accountIds }` → `[{ accountId, email, language, emailVerified }]`, without closed accounts and unknown ones. */
    async contacts(body) {
      const { data, error } = contactsRequest.safeParse(body);
      return data ? json(200, await accounts.contacts(data.accountIds.filter(isId))) : badRequest(error);
    },

    /** `{ verificationId }` → `{ link }`, or 404 when nobody asks for it any more. */
    async 'email-verification-link'(body) {
      const { data, error } = verificationLinkRequest.safeParse(body);
      return data ? linkAnswer(await emailVerification.link(data.verificationId)) : badRequest(error);
    },

    /** `{ resetId }` → `{ link }`, or 404 when nobody asks for it any more. */
    async 'password-reset-link'(body) {
      const { data, error } = resetLinkRequest.safeParse(body);
      return data ? linkAnswer(await passwordReset.link(data.resetId)) : badRequest(error);
    },
  };
}
