import type { Ephemeral } from '@community/ephemeral/ephemeral';
import type { Logger } from '@community/kit/log';
import type { MemberTokenVerifier } from '@community/kit/member-token';
import type { Audiences } from './audiences.ts';
import type { RateLimitProfile } from './rate-limits.ts';

/** What the front door must be told. */
export interface FrontDoorOptions {
  /** auth's address, without a path. */
  readonly authUrl: string;
  /** notification's address, without a path; links of mails lead there. */
  readonly notificationUrl: string;
  readonly routerSecret: string;
  readonly production: boolean;
  /** Where browsers find the platform; `https` makes cookies secure. */
  readonly publicUrl: string;
  /** Other origins whose pages may use the graph with a member's cookies. */
  readonly corsOrigins: readonly string[];
  /** CIDRs of proxies whose `X-Forwarded-For` counts. */
  readonly trustedProxies: readonly string[];
  readonly rateLimits: RateLimitProfile;
  /** Where requests are counted. */
  readonly limits: Pick<Ephemeral, 'consume'>;
  /** Tells a member's requests from anonymous ones; a token that it refuses counts as none. */
  readonly tokens: Pick<MemberTokenVerifier, 'verify'>;
  /** Whether something was hidden, and who sees what everybody sees; without, no answer is given again. */
  readonly audiences: Pick<Audiences, 'now'> | undefined;
  /** The most that the body of an operation may have. */
  readonly bodyBytes: number;
  /** Headers that make the engine answer otherwise than it would answer others. */
  readonly unsharedHeaders: readonly string[];
  readonly log: Logger;
}
