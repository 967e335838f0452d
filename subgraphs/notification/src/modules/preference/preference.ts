import type { Kind } from '../act/act.ts';

export const CHANNELS = ['IN_APP', 'EMAIL', 'PUSH'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Digest = 'OFF' | 'DAILY' | 'WEEKLY';

/** By which channels a member is told of each kind; kinds that she has not chosen for are told as by default. */
export type Channels = Partial<Readonly<Record<Kind, readonly Channel[]>>>;

/** How a member wants to be told. */
export interface Preferences {
  readonly channels: Channels;
  readonly digest: Digest;
  /** The hour of her day, 0 to 23, at which a digest is sent; a weekly one on Mondays. */
  readonly digestHour: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly version: number;
}

/** Quiet: everything in the inbox, what is said to the member herself by push, and mail only of what cannot be undone. */
const DEFAULTS: Readonly<Record<Kind, readonly Channel[]>> = {
  COMMENT: ['IN_APP'],
  REPLY: ['IN_APP', 'PUSH'],
  MENTION: ['IN_APP', 'PUSH'],
  LIKE: ['IN_APP'],
  FOLLOW: ['IN_APP'],
  MESSAGE: ['IN_APP', 'PUSH'],
  MODERATION: ['IN_APP', 'EMAIL'],
  SYSTEM: ['IN_APP'],
};

/** The channels of a kind. @param chosen null for a member who has chosen nothing */
export function channelsOf(chosen: Channels | null, kind: Kind): readonly Channel[] {
  return chosen?.[kind] ?? DEFAULTS[kind];
}
