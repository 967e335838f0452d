import { builder } from './builder.ts';
import './modules/graph/graph.graph.ts';
import './modules/variant/variant.graph.ts';
import './modules/subgraph/subgraph.graph.ts';
import './modules/launch/launch.graph.ts';
import './modules/launch/monograph.graph.ts';
import './modules/contract/contract.graph.ts';
import './modules/readme/readme.graph.ts';
import './modules/key/key.graph.ts';
import './modules/check/check.graph.ts';
import './modules/persisted-query/persisted-query.graph.ts';

/** The API that Rover calls, with what this registry adds to it. */
export const schema = builder.toSchema();
