import type { Act, ActKey, Operation } from './act.ts';

/** How far a member has read a chat room. */
interface Read {
  readonly recipientId: string;
  readonly targetId: string;
  readonly position: number;
}

/** What a run of operations comes to. Applied in this order: retract, remove, add, read, review. */
export interface Merged {
  readonly retract: readonly { recipientId: string; targetId: string }[];
  readonly remove: readonly ActKey[];
  readonly add: readonly Act[];
  readonly read: readonly Read[];
  readonly review: readonly { recipientId: string; actorId: string }[];
}

const groupKey = (act: { recipientId: string; targetId: string }) => `${act.recipientId} ${act.targetId}`;
const actKey = (act: ActKey) => `${groupKey(act)} ${act.kind} ${act.sourceId}`;

/**
 * Works out what is left of operations that follow each other: of a like that was undone and done again, the last one.
 * What was moderated stays told when its target is gone: that is what it tells.
 */
export function merge(operations: readonly Operation[]): Merged {
  const [retract, remove, add, read, review] = [
    new Map<string, { recipientId: string; targetId: string }>(),
    new Map<string, ActKey>(),
    new Map<string, Act>(),
    new Map<string, Read>(),
    new Map<string, { recipientId: string; actorId: string }>(),
  ];
  for (const operation of operations) {
    if (operation.operation === 'ADD') {
      add.set(actKey(operation.act), operation.act);
    } else if (operation.operation === 'REMOVE') {
      add.delete(actKey(operation.act));
      remove.set(actKey(operation.act), operation.act);
    } else if (operation.operation === 'RETRACT') {
      const key = groupKey(operation);
      for (const [each, act] of add) if (groupKey(act) === key && act.kind !== 'MODERATION') add.delete(each);
      retract.set(key, operation);
    } else if (operation.operation === 'READ') {
      const before = read.get(groupKey(operation))?.position ?? 0;
      read.set(groupKey(operation), { ...operation, position: Math.max(before, operation.position) });
    } else {
      review.set(`${operation.recipientId} ${operation.actorId}`, operation);
    }
  }
  return {
    retract: [...retract.values()],
    remove: [...remove.values()],
    add: [...add.values()],
    read: [...read.values()],
    review: [...review.values()],
  };
}
