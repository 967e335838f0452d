import type { Transactions } from '@community/events/sql';
import type { Member } from '@community/kit/member';
import { type Invalid, isProblem, type NotSignedIn, requireMember } from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { checkSubscription } from './push.policy.ts';
import type { PushStore } from './push.store.ts';

export type PushService = ReturnType<typeof createPushService>;

export interface DeviceChanged<Name extends string> {
  readonly __typename: Name;
  readonly endpoint: string;
}

export function createPushService({ transactions, devices }: { transactions: Transactions<Tx>; devices: PushStore }) {
  return {
    /** Registers the viewer's device until her session ends; well also when it is registered already. */
    async register(
      viewer: Member | null,
      input: { endpoint: string; p256dh: string; auth: string },
    ): Promise<DeviceChanged<'RegisterPushSubscriptionSuccess'> | NotSignedIn | Invalid> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      const fault = checkSubscription(input);
      if (fault) return fault;
      await transactions.run((tx) =>
        devices.register(tx, { ...input, memberId: member.id, sessionId: member.sessionId }),
      );
      return { __typename: 'RegisterPushSubscriptionSuccess', endpoint: input.endpoint };
    },

    /** Removes the viewer's device; well also when it is not registered. */
    async remove(
      viewer: Member | null,
      endpoint: string,
    ): Promise<DeviceChanged<'RemovePushSubscriptionSuccess'> | NotSignedIn> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      await devices.remove(member.id, endpoint);
      return { __typename: 'RemovePushSubscriptionSuccess', endpoint };
    },
  };
}
