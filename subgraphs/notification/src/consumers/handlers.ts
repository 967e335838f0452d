import type { EventHandler, Handlers } from '@community/events/handler';
import type { Transactions } from '@community/events/sql';
import type { Tx } from '../database.ts';
import type { PendingStore } from '../modules/act/pending.store.ts';
import type { BlockStore } from '../modules/block/block.store.ts';
import { PASSWORD_RESET, VERIFICATION } from '../modules/mail/link-mail.task.ts';
import type { MemberStore } from '../modules/member/member.store.ts';
import type { MemberDataStore } from '../modules/member-data/member-data.store.ts';
import type { MuteStore } from '../modules/mute/mute.store.ts';
import type { PushStore } from '../modules/push/push.store.ts';
import type { RoomStore } from '../modules/room/room.store.ts';
import { accountClosed } from './account-closed.ts';
import { accountCreated } from './account-created.ts';
import { accountSuspended } from './account-suspended.ts';
import { commentCreated } from './comment-created.ts';
import { commentDeleted } from './comment-deleted.ts';
import { commentLiked, postLiked } from './liked.ts';
import { linkRequested } from './link-requested.ts';
import { messageDeleted } from './message-deleted.ts';
import { messageRead } from './message-read.ts';
import { messageSent } from './message-sent.ts';
import { postDeleted } from './post-deleted.ts';
import { postPublished } from './post-published.ts';
import { rolesChanged } from './roles-changed.ts';
import { roomInvited } from './room-invited.ts';
import { levelChanged, memberJoined, memberLeft, roomSnapshot } from './room-members.ts';
import { securityChanged } from './security-changed.ts';
import { sessionRevoked } from './session-revoked.ts';
import { userBlocked } from './user-blocked.ts';
import { userFollowed } from './user-followed.ts';
import { userMuted } from './user-muted.ts';
import { userProfile } from './user-profile.ts';
import { userSnapshot } from './user-snapshot.ts';
import { welcomeRequested } from './welcome-requested.ts';

export const topics = ['auth', 'user', 'content', 'chat'];

/** What was imported happened long ago and elsewhere: nobody is told of it. */
function news(handler: EventHandler<Tx>): EventHandler<Tx> {
  return {
    ...handler,
    async receive(tx, events) {
      const fresh = events.filter(({ importedtime }) => importedtime === undefined);
      if (fresh.length > 0) await handler.receive(tx, fresh);
    },
  };
}

/** What this domain does with the events of the others. */
export function createHandlers(tools: {
  transactions: Transactions<Tx>;
  pending: PendingStore;
  blocks: BlockStore;
  mutes: MuteStore;
  members: MemberStore;
  memberData: MemberDataStore;
  rooms: RoomStore;
  devices: PushStore;
}): Handlers<Tx> {
  const { transactions, pending, members, rooms, devices } = tools;
  return {
    'account.created': news(accountCreated(pending)),
    'account.closed': accountClosed(tools.memberData),
    'account.roles_changed': rolesChanged(pending),
    'account.suspended': accountSuspended(tools),
    'account.email_verification_requested': linkRequested(transactions, VERIFICATION),
    'account.password_reset_requested': linkRequested(transactions, PASSWORD_RESET),
    'account.security_changed': securityChanged(transactions),
    'welcome.requested': welcomeRequested(transactions),
    'session.revoked': sessionRevoked(devices),
    'user.created': userProfile(members),
    'user.profile_changed': userProfile(members),
    'user.snapshot': userSnapshot(tools),
    'user.blocked': userBlocked(tools, true),
    'user.unblocked': userBlocked(tools, false),
    'user.muted': userMuted(tools, true),
    'user.unmuted': userMuted(tools, false),
    'user.followed': news(userFollowed(pending, true)),
    'user.unfollowed': userFollowed(pending, false),
    'comment.created': news(commentCreated(pending)),
    'comment.deleted': commentDeleted(pending),
    'comment.liked': news(commentLiked(pending, true)),
    'comment.unliked': commentLiked(pending, false),
    'post.published': news(postPublished(pending)),
    'post.liked': news(postLiked(pending, true)),
    'post.unliked': postLiked(pending, false),
    'post.deleted': postDeleted(pending),
    'message.sent': messageSent(rooms),
    'message.deleted': messageDeleted(pending),
    'message.read': messageRead(rooms),
    'room.invited': roomInvited(pending),
    'room.member_joined': memberJoined(tools),
    'room.member_left': memberLeft(rooms),
    'room.level_changed': levelChanged(rooms),
    'room.snapshot': roomSnapshot(rooms),
  };
}
