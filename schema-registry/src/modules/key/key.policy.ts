/** What a key may do. `router` reads the supergraph by Uplink and reports usage; `admin` includes all others. */
export const SCOPES = ['read', 'check', 'publish', 'router', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

const INCLUDES: Record<Scope, readonly Scope[]> = {
  read: ['read'],
  check: ['check', 'read'],
  publish: ['publish', 'check', 'read'],
  router: ['router'],
  admin: SCOPES,
};

export interface Key {
  readonly id: string;
  readonly graphId: string;
  readonly name: string;
  readonly hint: string;
  readonly scopes: readonly Scope[];
  /** `variant:subgraph`, each; empty: all of the graph. */
  readonly subgraphs: readonly string[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** Whether one of the scopes covers what is needed. */
export function covers(scopes: readonly Scope[], needed: Scope): boolean {
  return scopes.some((scope) => INCLUDES[scope].includes(needed));
}

/** Whether a key may write a subgraph; keys without a list may write all. */
export function mayWrite(key: Pick<Key, 'subgraphs'>, variant: string, subgraph: string): boolean {
  return key.subgraphs.length === 0 || key.subgraphs.includes(`${variant}:${subgraph}`);
}
