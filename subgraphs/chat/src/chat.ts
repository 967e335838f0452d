import type { SubgraphDefinition } from '@community/kit/domain';
import { accountClosed } from './consumers/account-closed.ts';
import { accountCreated } from './consumers/account-created.ts';
import { accountSuspended } from './consumers/account-suspended.ts';
import { sessionRevoked } from './consumers/session-revoked.ts';
import { userBlocked } from './consumers/user-blocked.ts';
import { userSnapshot } from './consumers/user-snapshot.ts';
import { userUnblocked } from './consumers/user-unblocked.ts';
import type { Context } from './context.ts';
import { openDatabase, type Tx } from './database.ts';
import { createBlockStore } from './modules/block/block.store.ts';
import { createBlocking } from './modules/block/blocking.ts';
import { createInvitationService } from './modules/invitation/invitation.service.ts';
import { createInvitationStore } from './modules/invitation/invitation.store.ts';
import { createKnownMemberStore } from './modules/known-member/known-member.store.ts';
import { createDeparture } from './modules/member/departure.ts';
import { createMemberService } from './modules/member/member.service.ts';
import { createMemberStore } from './modules/member/member.store.ts';
import { createMemberDataStore } from './modules/member-data/member-data.store.ts';
import { createMemberData } from './modules/member-data/member-data.ts';
import { createAdmission } from './modules/message/admission.ts';
import { createMessageService } from './modules/message/message.service.ts';
import { createMessageStore } from './modules/message/message.store.ts';
import { createMessageChangeStore } from './modules/message/message-change.store.ts';
import { createSendService } from './modules/message/send.service.ts';
import { createReactionService } from './modules/reaction/reaction.service.ts';
import { createReactionStore } from './modules/reaction/reaction.store.ts';
import { createReadService, startTellingReadMarks } from './modules/read/read.service.ts';
import { createReadStore } from './modules/read/read.store.ts';
import { createRoomService } from './modules/room/room.service.ts';
import { roomSnapshots } from './modules/room/room.snapshots.ts';
import { createRoomStore } from './modules/room/room.store.ts';
import { createRoomWriting } from './modules/room/room.write.ts';
import { createRoomChangeStore } from './modules/room/room-change.store.ts';
import { createSearchService } from './modules/search/search.service.ts';
import { createSearchStore } from './modules/search/search.store.ts';
import { createPresenceReader } from './modules/signal/presence-reader.ts';
import { startPresenceWatch } from './modules/signal/presence-watch.ts';
import { createSignalService } from './modules/signal/signal.service.ts';
import { createBell } from './modules/stream/bell.ts';
import { createCohortStore } from './modules/stream/cohort.store.ts';
import { createGrantService } from './modules/stream/grant.service.ts';
import { createGrantStore } from './modules/stream/grant.store.ts';
import { createHubReader } from './modules/stream/hub.reader.ts';
import { createHubStore } from './modules/stream/hub.store.ts';
import { createHub } from './modules/stream/hub.ts';
import { schema } from './schema.ts';

/** The chat domain: rooms, their members and their messages. */
export const chat: SubgraphDefinition<Context, Tx> = {
  name: 'chat',
  schema,
  async create({ pool, wakeRelay, ephemeral, log }) {
    const { prisma, transactions: plain } = openDatabase(pool, wakeRelay);
    const { transactions, ring } = createBell(plain, ephemeral);
    const stores = {
      room: createRoomStore(prisma),
      roomChange: createRoomChangeStore(prisma),
      member: createMemberStore(prisma),
      invitation: createInvitationStore(prisma),
      message: createMessageStore(prisma),
      messageChange: createMessageChangeStore(prisma),
      reaction: createReactionStore(prisma),
      block: createBlockStore(prisma),
    };
    const knownMembers = createKnownMemberStore(prisma);
    const cohorts = createCohortStore();
    const reads = createReadStore(prisma);
    const { room: rooms, member: members, message: messages, block: blocks } = stores;
    const writing = createRoomWriting({ transactions, rooms, changes: stores.roomChange, ring });
    const departure = createDeparture({ members, writing });
    const admission = createAdmission({ members, blocks, messages });
    const message = createMessageService({
      transactions,
      messages,
      changes: stores.messageChange,
      members,
      blocks,
      admission,
      writing,
    });
    const grants = createGrantStore(prisma);
    const grant = await createGrantService({ store: grants, log });
    const hubStore = createHubStore(prisma);
    const hub = createHub({
      reader: createHubReader({
        store: hubStore,
        members,
        blocks,
        reactions: stores.reaction,
        messages,
        messageChanges: stores.messageChange,
        roomChanges: stores.roomChange,
      }),
      ephemeral,
      log,
    });
    const watch = startPresenceWatch({
      store: hubStore,
      ephemeral,
      log,
      followed: hub.presenceFollowed,
      tell: (presence) => hub.signal(presence.roomId, { presence }),
    });
    const presence = createPresenceReader(ephemeral);
    const services = {
      room: createRoomService({ transactions, rooms, members, knownMembers, blocks, writing }),
      member: createMemberService({ members, departure, writing }),
      invitation: createInvitationService({
        transactions,
        rooms,
        members,
        knownMembers,
        invitations: stores.invitation,
        blocks,
        cohorts,
        writing,
      }),
      message,
      send: createSendService({ transactions, rooms, messages, admission, ring, ephemeral }),
      reaction: createReactionService({
        messages,
        changes: stores.messageChange,
        reactions: stores.reaction,
        service: message,
      }),
      read: createReadService({ reads }),
      search: createSearchService({ found: createSearchStore(prisma) }),
      grant,
      signal: createSignalService({ rooms, ephemeral }),
    };
    const blocking = createBlocking({ blocks, cohorts, ring });
    const telling = startTellingReadMarks({ transactions, reads, log });
    return {
      transactions,
      context: (request) => Object.assign(request, { services, stores, hub, presence }),
      consumes: {
        topics: ['user', 'auth'],
        handlers: {
          'user.blocked': userBlocked(blocking),
          'user.unblocked': userUnblocked(blocks),
          'user.snapshot': userSnapshot(blocking, knownMembers),
          'account.created': accountCreated(knownMembers),
          'account.closed': accountClosed(knownMembers),
          'session.revoked': sessionRevoked(grants, ring),
          'account.suspended': accountSuspended(grants, ring),
        },
      },
      snapshots: [roomSnapshots(rooms)],
      memberData: createMemberData({ transactions, data: createMemberDataStore(prisma), departure }),
      async stop() {
        await Promise.all([telling.stop(), watch.stop(), hub.stop(), grant.stop()]);
        await prisma.$disconnect();
      },
    };
  },
};
