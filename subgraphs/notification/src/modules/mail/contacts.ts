import { createServiceClient } from '@community/kit/service-client';
import { z } from 'zod';

export interface Email {
  readonly address: string;
  /** Whether the member has proved that it is hers. */
  readonly verified: boolean;
}

/** How members are reached. Asked of auth at the moment of sending; nothing of it is kept here, or logged. */
export interface Contacts {
  /** @returns null when there is no such account, or it is closed */
  emailOf(memberId: string): Promise<Email | null>;
  /** A link for a mail that auth asked for. @returns null when it is not asked for any more */
  link(kind: LinkKind, requestId: string): Promise<string | null>;
}

/** What a link does: she proves that an address is hers, or sets a new password. */
export type LinkKind = 'email-verification-link' | 'password-reset-link';

/** What auth calls the request of each kind. */
const REQUEST: Readonly<Record<LinkKind, string>> = {
  'email-verification-link': 'verificationId',
  'password-reset-link': 'resetId',
};

const contacts = z.array(z.object({ accountId: z.uuid(), email: z.string(), emailVerified: z.boolean() }));
const linkAnswer = z.object({ link: z.url({ protocol: /^https?$/ }) });

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
      const contact = found?.find(({ accountId }) => accountId === memberId);
      return contact ? { address: contact.email, verified: contact.emailVerified } : null;
    },
    link: async (kind, requestId) =>
      (await ask(`/internal/${kind}`, { [REQUEST[kind]]: requestId }, linkAnswer))?.link ?? null,
  };
}
