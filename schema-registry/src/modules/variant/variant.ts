import type { ContractFilter } from '@community/rover/compose';
import type { LaunchInput } from '../launch/launch.ts';

export interface Subgraph extends LaunchInput {
  readonly updatedAt: Date;
}

/** A variant of a graph: what one environment's routers serve, or a contract, which is a part of another variant. */
export interface Variant {
  readonly id: string;
  readonly graphId: string;
  readonly name: string;
  readonly currentLaunchId: string | null;
  readonly latestLaunchId: string | null;
  readonly launches: number;
  readonly settings: unknown;
  readonly readme: string;
  readonly readmeUpdatedAt: Date | null;
  readonly sourceId: string | null;
  readonly contract: ContractFilter | null;
  readonly listId: string | null;
  readonly createdAt: Date;
}
