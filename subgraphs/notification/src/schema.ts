import { buildSubgraphSchema } from '@community/kit/builder';
import { builder } from './builder.ts';
import './modules/viewer/references.graph.ts';
import './modules/viewer/viewer.graph.ts';
import './modules/inbox/inbox.graph.ts';
import './modules/inbox/change.graph.ts';
import './modules/inbox/inbox.mutations.graph.ts';
import './modules/preference/preference.graph.ts';
import './modules/push/push.graph.ts';
import './modules/unsubscribe/unsubscribe.graph.ts';

/** The executable schema of the notification subgraph. */
export const schema = buildSubgraphSchema(builder, {
  name: 'Notification team',
  description: 'The inbox, preferences, live delivery, e-mail and push.',
});
