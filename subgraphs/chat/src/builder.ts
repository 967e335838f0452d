import { createBuilder } from '@community/kit/builder';
import { addConnections } from '@community/kit/connection.graph';
import { addProblems } from '@community/kit/problem.graph';
import type { Context } from './context.ts';

/** The builder that all modules of this subgraph add their types to. */
export const builder = createBuilder<Context>({ subscriptions: true });
export const problems = addProblems(builder);
export const defineConnection = addConnections(builder);
