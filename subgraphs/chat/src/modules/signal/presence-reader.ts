import type { Ephemeral } from '@community/ephemeral/ephemeral';
import { presenceOf } from './signal.service.ts';

/** Tells which members look at a room now. */
export interface PresenceReader {
  among(roomId: string, memberIds: readonly string[]): Promise<Set<string>>;
}

export function createPresenceReader(ephemeral: Pick<Ephemeral, 'present'>): PresenceReader {
  return { among: (roomId, memberIds) => ephemeral.present(presenceOf(roomId), memberIds) };
}
