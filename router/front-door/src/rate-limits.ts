import type { Ephemeral, RateDecision, RateLimit } from '@community/ephemeral/ephemeral';

/** `default` is the guide's; `test` lets benchmarks and tests through. */
export type RateLimitProfile = 'default' | 'test';

/** Who is counted. */
export type Caller =
  | { readonly kind: 'anonymous' | 'sign-in'; readonly address: string }
  | { readonly kind: 'member'; readonly memberId: string };

const PROFILES: Record<RateLimitProfile, Record<Caller['kind'], readonly RateLimit[]>> = {
  default: {
    anonymous: [
      { points: 100, seconds: 60 },
      { points: 1_000, seconds: 3_600 },
    ],
    member: [
      { points: 600, seconds: 60 },
      { points: 10_000, seconds: 3_600 },
    ],
    'sign-in': [
      { points: 20, seconds: 60 },
      { points: 200, seconds: 3_600 },
    ],
  },
  test: {
    anonymous: [{ points: 1_000_000, seconds: 60 }],
    member: [{ points: 1_000_000, seconds: 60 }],
    'sign-in': [{ points: 1_000_000, seconds: 60 }],
  },
};

/** Counts requests of clients and members in windows of a minute and an hour, over all gateways that share `limits`. */
export function createRateLimits(profile: RateLimitProfile, limits: Pick<Ephemeral, 'consume'>) {
  return {
    /** Counts one request. @returns the state of the window that has the least left */
    async count(caller: Caller): Promise<RateDecision> {
      const key = `${caller.kind} ${caller.kind === 'member' ? caller.memberId : caller.address}`;
      const states = await Promise.all(PROFILES[profile][caller.kind].map((window) => limits.consume(key, window)));
      return states.reduce((least, state) => (rank(state) < rank(least) ? state : least));
    },
  };
}

/** A refusal comes first, and of several the longest; then the window with the least left. */
function rank(state: RateDecision): number {
  return state.allowed ? state.remaining : -state.resetSeconds;
}

export type RateLimits = ReturnType<typeof createRateLimits>;
