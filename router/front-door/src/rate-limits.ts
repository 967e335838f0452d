import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** `default` is the guide's; `test` lets benchmarks and tests through. */
export type RateLimitProfile = 'default' | 'test';

/** Who is counted. */
export type Caller =
  | { readonly kind: 'anonymous' | 'sign-in'; readonly address: string }
  | { readonly kind: 'member'; readonly memberId: string };

/** How much is left, and when there is more. */
export interface RateDecision {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

interface Window {
  readonly points: number;
  readonly seconds: number;
}

const PROFILES: Record<RateLimitProfile, Record<Caller['kind'], readonly Window[]>> = {
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

/** Counts requests of clients and members in windows of a minute and an hour, in this process. */
export function createRateLimits(profile: RateLimitProfile) {
  const limiters = Object.fromEntries(
    Object.entries(PROFILES[profile]).map(([kind, windows]) => [
      kind,
      windows.map(
        ({ points, seconds }) => new RateLimiterMemory({ keyPrefix: `${kind}-${seconds}`, points, duration: seconds }),
      ),
    ]),
  ) as Record<Caller['kind'], RateLimiterMemory[]>;

  return {
    /** Counts one request. @returns the state of the window that has the least left */
    async count(caller: Caller): Promise<RateDecision> {
      const key = caller.kind === 'member' ? caller.memberId : caller.address;
      const states = await Promise.all(
        limiters[caller.kind].map(async (limiter): Promise<RateDecision> => {
          // The limiter resolves when there was a point left and rejects, with the same shape, when not.
          const [allowed, state] = await limiter.consume(key).then(
            (left: RateLimiterRes) => [true, left] as const,
            (left: RateLimiterRes) => [false, left] as const,
          );
          return {
            allowed,
            limit: limiter.points,
            remaining: state.remainingPoints,
            resetSeconds: Math.ceil(state.msBeforeNext / 1000),
          };
        }),
      );
      return states.reduce((least, state) => (rank(state) < rank(least) ? state : least));
    },
  };
}

/** A refusal comes first, and of several the longest; then the window with the least left. */
function rank(state: RateDecision): number {
  return state.allowed ? state.remaining : -state.resetSeconds;
}

export type RateLimits = ReturnType<typeof createRateLimits>;
