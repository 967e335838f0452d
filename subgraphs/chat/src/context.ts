import type { RequestContext } from '@community/kit/context';
import type { BlockStore } from './modules/block/block.store.ts';
import type { InvitationService } from './modules/invitation/invitation.service.ts';
import type { InvitationStore } from './modules/invitation/invitation.store.ts';
import type { MemberService } from './modules/member/member.service.ts';
import type { MemberStore } from './modules/member/member.store.ts';
import type { MessageService } from './modules/message/message.service.ts';
import type { MessageStore } from './modules/message/message.store.ts';
import type { MessageChangeStore } from './modules/message/message-change.store.ts';
import type { SendService } from './modules/message/send.service.ts';
import type { ReactionService } from './modules/reaction/reaction.service.ts';
import type { ReactionStore } from './modules/reaction/reaction.store.ts';
import type { ReadService } from './modules/read/read.service.ts';
import type { RoomService } from './modules/room/room.service.ts';
import type { RoomStore } from './modules/room/room.store.ts';
import type { RoomChangeStore } from './modules/room/room-change.store.ts';
import type { SearchService } from './modules/search/search.service.ts';
import type { PresenceReader } from './modules/signal/presence-reader.ts';
import type { SignalService } from './modules/signal/signal.service.ts';
import type { GrantService } from './modules/stream/grant.service.ts';
import type { Hub } from './modules/stream/hub.ts';

/** What resolvers of this subgraph work with: services write, stores read in batches. */
export interface Context extends RequestContext {
  readonly services: {
    readonly room: RoomService;
    readonly member: MemberService;
    readonly invitation: InvitationService;
    readonly message: MessageService;
    readonly send: SendService;
    readonly reaction: ReactionService;
    readonly read: ReadService;
    readonly search: SearchService;
    readonly grant: Pick<GrantService, 'give' | 'read'>;
    readonly signal: SignalService;
  };
  readonly hub: Pick<Hub, 'open'>;
  readonly presence: PresenceReader;
  readonly stores: {
    readonly room: RoomStore;
    readonly roomChange: RoomChangeStore;
    readonly member: MemberStore;
    readonly invitation: InvitationStore;
    readonly message: MessageStore;
    readonly messageChange: MessageChangeStore;
    readonly reaction: ReactionStore;
    readonly block: BlockStore;
  };
}
