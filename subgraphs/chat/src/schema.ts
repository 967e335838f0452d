import { buildSubgraphSchema } from '@community/kit/builder';
import { builder } from './builder.ts';
import './modules/viewer/user.graph.ts';
import './modules/room/room.graph.ts';
import './modules/room/room-change.graph.ts';
import './modules/room/room.mutations.graph.ts';
import './modules/member/member.graph.ts';
import './modules/member/member.mutations.graph.ts';
import './modules/invitation/invitation.graph.ts';
import './modules/message/message.graph.ts';
import './modules/message/message-change.graph.ts';
import './modules/message/message.mutations.graph.ts';
import './modules/reaction/reaction.graph.ts';
import './modules/signal/signal.graph.ts';
import './modules/stream/stream.graph.ts';
import './modules/stream/subscriptions.graph.ts';
import './modules/viewer/viewer.graph.ts';
import './modules/search/search.graph.ts';

/** The executable schema of the chat subgraph. */
export const schema = buildSubgraphSchema(builder, {
  name: 'Chat team',
  description: 'Rooms, their members and their messages.',
});
