import { createActs } from '../graph/acts.ts';
import type { Client, SignedIn } from '../graph/client.ts';

/** Two of whom one should not meet the other. */
export interface Pair {
  readonly vera: SignedIn;
  readonly hana: SignedIn;
}

/** What can come between Vera and Hana, each as it is done. @param boss an administrator */
export function createHappenings(client: Client, boss: SignedIn) {
  const { act } = createActs(client);
  return {
    blocks: ({ vera, hana }: Pair) => act(vera, 'block', `{ userId: "${hana.id}" }`),
    isBlocked: ({ vera, hana }: Pair) => act(hana, 'block', `{ userId: "${vera.id}" }`),
    mutes: ({ vera, hana }: Pair) => act(vera, 'mute', `{ userId: "${hana.id}" }`),
    /** Of Hana's profile nothing else was changed than its names, once. */
    isPrivate: ({ hana }: Pair) => act(hana, 'updateSettings', '{ private: true, expectedVersion: 2 }'),
    isSuspended: ({ hana }: Pair) => act(boss, 'suspendAccount', `{ accountId: "${hana.id}", reason: "Spam" }`),
    isErased: ({ hana }: Pair) => act(hana, 'requestErasure', `{ password: "${hana.password}" }`),
  };
}

export type Happenings = ReturnType<typeof createHappenings>;
