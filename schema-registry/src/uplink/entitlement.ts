import type { Entitlement } from './schema.ts';

/** Entitlements are Apollo's to sign; a router without one runs on, without what Apollo licenses. */
export async function noEntitlement(_graphRef: string, ifAfterId: string | null): Promise<Entitlement> {
  return { kind: ifAfterId === 'none' ? 'unchanged' : 'entitlement', id: 'none', jwt: null };
}
