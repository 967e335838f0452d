import { buildSubgraphSchema } from '@community/kit/builder';
import { builder } from './builder.ts';
import './modules/viewer/user.graph.ts';
import './modules/board/board.graph.ts';
import './modules/post/post.graph.ts';
import './modules/post/post.mutations.graph.ts';
import './modules/comment/comment.graph.ts';
import './modules/comment/comment.mutations.graph.ts';
import './modules/revision/revision.graph.ts';
import './modules/like/like.graph.ts';
import './modules/viewer/viewer.graph.ts';
import './modules/bookmark/bookmark.graph.ts';
import './modules/tag/tag.graph.ts';
import './modules/pin/pin.graph.ts';
import './modules/moderation/report.graph.ts';
import './modules/moderation/case.graph.ts';
import './modules/poll/poll.graph.ts';
import './modules/feed/feed.graph.ts';
import './modules/preview/preview.graph.ts';
import './modules/draft/draft.graph.ts';
import './modules/draft/draft.mutations.graph.ts';

/** The executable schema of the content subgraph. */
export const schema = buildSubgraphSchema(builder, {
  name: 'Content team',
  description: 'Boards, posts, comments and likes.',
});
