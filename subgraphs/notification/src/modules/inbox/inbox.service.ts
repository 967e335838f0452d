import type { Transactions } from '@community/events/sql';
import { isId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import { type Invalid, invalid, isProblem, type NotSignedIn, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import type { Bell } from './bell.ts';
import type { ChangeStore } from './change.store.ts';
import type { InboxStore } from './inbox.store.ts';

export type InboxService = ReturnType<typeof createInboxService>;

export interface NotificationsRead {
  readonly __typename: 'MarkNotificationsReadSuccess';
  readonly memberId: string;
  /** How many were unread. */
  readonly count: number;
}

type Refused = NotSignedIn | Invalid;

const MOST_IDS = 100;

export function createInboxService({
  transactions,
  inbox,
  changes,
  bell,
}: {
  transactions: Transactions<Tx>;
  inbox: InboxStore;
  changes: ChangeStore;
  bell: Bell;
}) {
  /** Runs a change of a member's inbox, numbers what changed, and tells her other devices. */
  async function change(
    memberId: string,
    work: (tx: Tx) => Promise<{ count: number; changed: readonly (string | null)[] }>,
  ): Promise<NotificationsRead> {
    const { count, told } = await transactions.run(async (tx) => {
      await inbox.lock(tx, memberId);
      const done = await work(tx);
      const numbered = done.changed.map((notificationId) => ({ recipientId: memberId, notificationId }));
      return { count: done.count, told: done.count > 0 ? await changes.number(tx, numbered) : null };
    });
    if (told) bell.ring(told);
    return { __typename: 'MarkNotificationsReadSuccess', memberId, count };
  }

  const readUpTo = async (tx: Tx, memberId: string, number: number | null) => ({
    count: await inbox.markReadUpTo(tx, memberId, number, new Date()),
    changed: [null],
  });

  return {
    /**
     * Marks as read some of the viewer's notifications (ids of others' or of none are passed over), or all that she had
     * been told of up to a change's number.
     */
    async mark(
      viewer: Member | null,
      { ids, upToNumber }: { ids: readonly string[] | null; upToNumber: number | null },
    ): Promise<NotificationsRead | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if ((ids === null) === (upToNumber === null))
        return invalid('Give exactly one of `ids` and `upToNumber`.', ['input']);
      if (ids === null) return change(member.id, (tx) => readUpTo(tx, member.id, upToNumber));
      if (ids.length > MOST_IDS)
        return invalid(`At most ${MOST_IDS} at once; for more, give \`upToNumber\`.`, ['input', 'ids']);
      return change(member.id, async (tx) => {
        const changed = await inbox.markRead(tx, member.id, ids.filter(isId), new Date());
        return { count: changed.length, changed };
      });
    },

    /** Marks the viewer's whole inbox as read. */
    async markAll(viewer: Member | null): Promise<NotificationsRead | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      return change(member.id, (tx) => readUpTo(tx, member.id, null));
    },
  };
}
