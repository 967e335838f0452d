import { buildSubgraphSchema } from '@community/kit/builder';
import { builder } from './builder.ts';
import './modules/profile/profile.graph.ts';
import './modules/profile/viewer.graph.ts';
import './modules/privacy/privacy.graph.ts';
import './modules/settings/settings.graph.ts';
import './modules/follow/follow.graph.ts';
import './modules/follow-request/follow-request.graph.ts';
import './modules/block/block.graph.ts';
import './modules/mute/mute.graph.ts';
import './modules/directory/directory.graph.ts';
import './modules/suggestion/suggestion.graph.ts';
import './modules/member-list/member-list.graph.ts';

/** The executable schema of the user subgraph. */
export const schema = buildSubgraphSchema(builder, {
  name: 'User team',
  description: 'Handles, profiles, settings, follows, blocks and mutes.',
});
