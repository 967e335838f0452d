import { createServiceClient } from '@community/kit/service-client';
import { z } from 'zod';

/** How members are reached. Asked of auth at the moment of sending; nothing of it is kept here, or logged. */
export interface Contacts {
  /** @returns null when there is no such account */
  emailOf(memberId: string): Promise<string | null>;
  /** The link by which a member proves that an address is hers. @returns null when it is not asked for any more */
  verificationLink(verificationId: string): Promise<string | null>;
}

const contacts = z.object({ contacts: z.array(z.object({ accountId: z.uuid(), email: z.email() })) });
const link = z.object({ url: z.url({ protocol: /^https?$/ }) });

/** @throws what `createServiceClient` says when auth does not answer */
export function createContacts(auth: { baseUrl: string; secret: string }): Contacts {
  const client = createServiceClient({ name: 'auth', ...auth });

  async function ask<Answer>(path: string, body: object, schema: z.ZodType<Answer>): Promise<Answer | null> {
    const answer = await client.post(path, body);
    if (answer.status === 404) return null;
    const parsed = schema.safeParse(answer.body);
    // Not what was answered: it may hold an address.
    if (answer.status !== 200 || !parsed.success) throw new Error(`auth answered ${answer.status} to ${path}`);
    return parsed.data;
  }

  return {
    async emailOf(memberId) {
      const found = await ask('/internal/contacts', { accountIds: [memberId] }, contacts);
      return found?.contacts.find(({ accountId }) => accountId === memberId)?.email ?? null;
    },
    verificationLink: async (verificationId) =>
      (await ask('/internal/email-verification-link', { verificationId }, link))?.url ?? null,
  };
}
