import type { InboxStore } from '../inbox/inbox.store.ts';
import type { Notification } from '../inbox/inbox.ts';
import type { MemberStore } from '../member/member.store.ts';
import { type Language, languageOf, sentence } from './sentence.ts';

export type Narrator = ReturnType<typeof createNarrator>;

/** Puts notifications into words, in the language of whom they are for. */
export function createNarrator({ inbox, members }: { inbox: InboxStore; members: MemberStore }) {
  async function tell(
    memberId: string,
    notifications: readonly Notification[],
  ): Promise<{ language: Language; lines: string[] }> {
    const ids = [...new Set([memberId, ...notifications.flatMap(({ recentActorIds }) => recentActorIds)])];
    const known = new Map((await members.byIds(ids)).map((member) => [member.id, member]));
    const language = languageOf(known.get(memberId)?.language ?? 'en');
    const lines = notifications.map((notification) =>
      sentence(language, {
        ...notification,
        handles: notification.recentActorIds.flatMap((id) => known.get(id)?.handle ?? []),
      }),
    );
    return { language, lines };
  }

  return {
    /** One notification in words. @returns null when there is nothing (any more) to tell of it */
    async one(
      notificationId: string,
    ): Promise<{ notification: Notification; language: Language; line: string } | null> {
      const notification = await inbox.unread(notificationId);
      if (!notification) return null;
      const { language, lines } = await tell(notification.recipientId, [notification]);
      return { notification, language, line: lines[0] ?? '' };
    },

    /** The latest unread notifications of a member in words, and how many there are. */
    async unread(memberId: string, most: number): Promise<{ language: Language; count: number; lines: string[] }> {
      const [count = 0] = await inbox.unreadCounts([memberId]);
      const filter = { unreadOnly: true, kinds: null };
      const latest = await inbox.page(memberId, filter, { first: most, after: null });
      return { count, ...(await tell(memberId, latest.slice(0, most))) };
    },
  };
}
