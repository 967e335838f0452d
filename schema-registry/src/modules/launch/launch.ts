import type { CompositionFault } from '@community/rover/fault';
import type { SchemaChange } from '../../schema-diff/change.ts';

/** A subgraph as it took part in a launch. */
export interface LaunchInput {
  readonly name: string;
  readonly url: string | null;
  readonly sdlHash: string;
  readonly revision: string;
}

/** Where a change comes from, as Rover tells it. */
export interface GitContext {
  readonly branch?: string | null;
  readonly commit?: string | null;
  readonly committer?: string | null;
  readonly message?: string | null;
  readonly remoteUrl?: string | null;
}

/** Who does something, with what, and for which change. */
export interface Attribution {
  readonly actor: string;
  readonly client: string;
  readonly git: GitContext;
}

export type LaunchKind = 'PUBLISH' | 'DELETE' | 'ROLLBACK' | 'CONTRACT' | 'MONOGRAPH';

/** One attempt to put a new schema of a variant in service; a failed one changes nothing for routers. */
export interface Launch {
  readonly id: string;
  readonly variantId: string;
  /** Counts the launches of a variant from 1. */
  readonly number: number;
  readonly kind: LaunchKind;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly createdAt: Date;
  readonly actor: string;
  readonly client: string;
  readonly git: GitContext;
  readonly summary: string;
  readonly inputs: readonly LaunchInput[];
  readonly supergraphHash: string | null;
  readonly apiSchemaHash: string | null;
  readonly errors: readonly CompositionFault[];
  readonly hints: readonly string[];
  /** Against the launch that was in service before. */
  readonly changes: readonly SchemaChange[];
  readonly compositionMs: number;
  /** Of a contract: the launch of its source. */
  readonly sourceLaunchId: string | null;
}
