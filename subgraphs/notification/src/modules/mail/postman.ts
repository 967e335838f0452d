import { type Mailer, MailRefusedError } from '@community/mail/mailer';
import type { Contacts } from './contacts.ts';
import { type Letter, layOut } from './letter.ts';

/** How sending ended, for good: what may pass is thrown, and the job is done again. */
export type Delivery = 'SENT' | 'NO_ADDRESS' | 'ADDRESS_REFUSED';

/** Sends letters to members. */
export interface Postman {
  /**
   * @param options.unverified whether it also goes to an address that nobody has proved to be hers
   * @param messageId the same for the same letter, however often its job is done
   * @throws when auth or the mail server does not answer
   */
  send(memberId: string, messageId: string, letter: Letter, options?: { unverified: boolean }): Promise<Delivery>;
}

export function createPostman({ mailer, contacts }: { mailer: Mailer; contacts: Contacts }): Postman {
  return {
    async send(memberId, messageId, letter, { unverified } = { unverified: false }) {
      const email = await contacts.emailOf(memberId);
      if (!email || !(email.verified || unverified)) return 'NO_ADDRESS';
      try {
        const { language, unsubscribe } = letter;
        const mail = { to: email.address, messageId, language, ...layOut(letter) };
        await mailer.send({ ...mail, ...(unsubscribe ? { unsubscribeUrl: unsubscribe.url } : {}) });
        return 'SENT';
      } catch (error) {
        if (error instanceof MailRefusedError) return 'ADDRESS_REFUSED';
        throw error;
      }
    },
  };
}
