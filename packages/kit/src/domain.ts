import type { Ephemeral } from '@community/ephemeral/ephemeral';
import type { Handlers } from '@community/events/handler';
import type { SnapshotSource } from '@community/events/snapshots';
import type { Transactions } from '@community/events/sql';
import type { Tasks } from '@community/jobs/task';
import type { GraphQLSchema } from 'graphql';
import type { Pool } from 'pg';
import type { Audience } from './audience.ts';
import type { RequestContext } from './context.ts';
import type { HttpAnswer, Routes } from './http.ts';
import type { Logger } from './log.ts';
import type { MemberData } from './member-data.ts';
import type { Watch } from './watch.ts';

/** What a domain is given to build itself on. */
export interface Platform {
  readonly env: NodeJS.ProcessEnv;
  readonly log: Logger;
  /** The domain's own database; its migrations have been applied. */
  readonly pool: Pool;
  /** Tells the relay that events were committed. Called after each transaction; costs nothing when there are none. */
  readonly wakeRelay: () => void;
  /** What the instances of this domain share and nobody stores: caches, messages, limits, presence. */
  readonly ephemeral: Ephemeral;
}

/** What a domain adds to the platform. */
export interface Domain<Context extends RequestContext, Tx> {
  readonly transactions: Transactions<Tx>;
  /** The resolvers' context for a request. */
  context(request: RequestContext): Context;
  /** Events of other domains that this one follows. */
  readonly consumes?: { readonly topics: readonly string[]; readonly handlers: Handlers<Tx> };
  /** What this domain does later, again or by the clock: tasks by name, and when (crontab, UTC) by the task's name. */
  readonly jobs?: { readonly tasks: Tasks; readonly cron?: Readonly<Record<string, string>> };
  /** What this domain holds of a member, and how it is erased. Every domain that holds anything has this. */
  readonly memberData?: MemberData<Tx>;
  /** Who sees what everybody sees. Without it no answer of this domain is shared. */
  readonly audience?: Audience;
  /** Events that each instance reads for itself. */
  readonly watches?: Watch;
  /** Everything that this domain can tell again, for projections that are built anew. */
  readonly snapshots?: readonly SnapshotSource[];
  /** `POST /internal/<name>`, for other services only. */
  readonly internal?: Readonly<Record<string, (body: unknown) => Promise<HttpAnswer>>>;
  /** Further routes, open to whoever reaches the process. */
  readonly routes?: Routes;
  stop?(): Promise<void>;
}

export interface SubgraphDefinition<Context extends RequestContext, Tx> {
  /** The domain's name: of its subgraph, its database, its topic and its folder. */
  readonly name: string;
  readonly schema: GraphQLSchema;
  create(platform: Platform): Promise<Domain<Context, Tx>>;
}
