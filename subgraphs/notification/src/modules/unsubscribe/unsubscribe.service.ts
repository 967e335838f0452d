import type { Transactions } from '@community/events/sql';
import { type Problem, problem } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { InboxStore } from '../inbox/inbox.store.ts';
import { nextDigest } from '../preference/digest-time.ts';
import type { PreferenceStore } from '../preference/preference.store.ts';
import { channelsOf, type Preferences } from '../preference/preference.ts';
import type { MailTopic, UnsubscribeLinks } from './unsubscribe-link.ts';

export type UnsubscribeService = ReturnType<typeof createUnsubscribeService>;

export interface Unsubscribed {
  readonly __typename: 'UnsubscribeFromMailSuccess';
  readonly topic: MailTopic;
}

/** Preferences with the mails of a topic left out. */
function without(topic: MailTopic, { version: _, ...preferences }: Preferences): Omit<Preferences, 'version'> {
  if (topic === 'DIGEST') return { ...preferences, digest: 'OFF' };
  const channels = channelsOf(preferences.channels, topic).filter((channel) => channel !== 'EMAIL');
  return { ...preferences, channels: { ...preferences.channels, [topic]: channels } };
}

export function createUnsubscribeService({
  transactions,
  inbox,
  preferences,
  links,
}: {
  transactions: Transactions<Tx>;
  inbox: InboxStore;
  preferences: PreferenceStore;
  links: UnsubscribeLinks;
}) {
  return {
    /** Stops the mails that a link is about. Whoever has the link may: it is in the mail, and asks for no sign-in. */
    async unsubscribe(token: string): Promise<Unsubscribed | Problem<'ValidationError'>> {
      const asked = links.read(token);
      if (!asked)
        return problem('ValidationError', 'INVALID_UNSUBSCRIBE_TOKEN', 'This link is not complete. Copy all of it.', [
          'input',
          'token',
        ]);
      const { memberId, topic } = asked;
      await transactions.run(async (tx) => {
        // Of a member who is gone nothing is kept, and nothing shall be again.
        if (!(await preferences.isKept(memberId, tx))) return;
        await inbox.lock(tx, memberId);
        const before = await preferences.of(memberId, tx);
        const after = without(topic, before);
        await preferences.set(tx, memberId, after, nextDigest(after, new Date()));
      });
      return { __typename: 'UnsubscribeFromMailSuccess', topic };
    },
  };
}
