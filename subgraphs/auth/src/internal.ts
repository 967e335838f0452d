import { type HttpAnswer, json } from '@community/kit/http';
import { isId } from '@community/kit/ids';
import { z } from 'zod';
import type { AccountStore } from './modules/account/account.store.ts';
import type { EmailVerificationService } from './modules/email-verification/email-verification.service.ts';

const MOST_CONTACTS = 1_000;
const contactsRequest = z.object({ accountIds: z.array(z.string()).max(MOST_CONTACTS) });
const linkRequest = z.object({ verificationId: z.string() });

function badRequest(error: z.ZodError): HttpAnswer {
  const message = error.issues.map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.message}`).join('; ');
  return json(400, { error: { code: 'BAD_REQUEST', message } });
}

/** What auth answers other services, by the service secret: addresses, which no event ever holds. */
export function internalRoutes({
  accounts,
  emailVerification,
}: {
  accounts: AccountStore;
  emailVerification: EmailVerificationService;
}): Readonly<Record<string, (body: unknown) => Promise<HttpAnswer>>> {
  return {
    /** `{ accountIds }` → `[{ accountId, email, language, emailVerified }]`, without closed accounts and unknown ones. */
    async contacts(body) {
      const { data, error } = contactsRequest.safeParse(body);
      return data ? json(200, await accounts.contacts(data.accountIds.filter(isId))) : badRequest(error);
    },

    /** `{ verificationId }` → `{ link }`, or 404 when nobody asks for it any more. */
    async 'email-verification-link'(body) {
      const { data, error } = linkRequest.safeParse(body);
      if (!data) return badRequest(error);
      const link = await emailVerification.link(data.verificationId);
      return link
        ? json(200, { link })
        : json(404, { error: { code: 'NOT_FOUND', message: 'There is no such request any more.' } });
    },
  };
}
