import { createEventQueue } from '@community/kit/event-queue';
import { GraphQLError } from 'graphql';
import { seenAcrossBlock, withoutHiddenReactions } from '../../rules.ts';
import type { HiddenReactions } from '../reaction/reaction.store.ts';
import type { Grant, Holder } from './grant.ts';
import { authorOf, type LiveEvents, type LiveKind } from './live-event.ts';

/** For whom a stream is: whoever holds a grant, or a member who is asked for at each delivery. */
export type Audience = { readonly grant: Grant } | { readonly memberId: string };

/** What is known, at a delivery, of who may receive a room's events. */
export interface Rights {
  cohortEpoch(cohort: number): number | undefined;
  /** Of a member who is in the room; undefined for one who is not. */
  memberEpoch(memberId: string): number | undefined;
  divided(memberId: string, senderId: string): boolean;
  readonly hiddenReactions: HiddenReactions;
}

const refused = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });
const GRANT_ENDED = () =>
  refused(
    'GRANT_ENDED',
    'This stream has ended. Ask for a new grant, subscribe, and fetch what came after the last number that you saw.',
  );
const NOT_IN_ROOM = () => refused('NOT_FOUND', 'There is no such room, or you may not see it.');

/** One subscription to a room's events of a kind. @param onClose called once when nobody takes events any more */
export function createStream<Kind extends LiveKind>(
  roomId: string,
  kind: Kind,
  audience: Audience,
  onClose: () => void,
) {
  const queue = createEventQueue<LiveEvents[Kind]>(onClose);
  const holder: Holder = 'grant' in audience ? audience.grant.holder : audience;
  const memberId = 'memberId' in holder ? holder.memberId : null;
  let term: NodeJS.Timeout | undefined;

  /** What the audience gets of an event: a hidden message keeps its place; of a hidden member nothing comes. */
  function seen(event: LiveEvents[Kind], rights: Rights): LiveEvents[Kind] | null {
    if (!memberId) return event;
    const author = authorOf(kind, event);
    return author && author !== memberId && rights.divided(memberId, author)
      ? seenAcrossBlock(kind, event)
      : withoutHiddenReactions(kind, event, memberId, rights.hiddenReactions);
  }

  return {
    roomId,
    kind,
    queue,
    /** The member whose rules it goes by; null for one that a cohort shares. */
    memberId,
    /** The number of the last event that it got. */
    position: 0,

    /** Ends it when its term is over, whatever happens until then. */
    start(): void {
      if (!('grant' in audience)) return;
      term = setTimeout(() => queue.end(GRANT_ENDED()), audience.grant.expiresAt - Date.now());
      term.unref();
    },
    /** @returns whether the audience may receive what comes; ends the stream where it may not */
    check(rights: Rights): boolean {
      const epoch = 'memberId' in holder ? rights.memberEpoch(holder.memberId) : rights.cohortEpoch(holder.cohort);
      const right = 'grant' in audience ? epoch === audience.grant.epoch : epoch !== undefined;
      if (!right) queue.end('grant' in audience ? GRANT_ENDED() : NOT_IN_ROOM());
      return right;
    },
    deliver(event: LiveEvents[Kind], rights: Rights): void {
      const given = seen(event, rights);
      if (given) queue.push(given);
    },
    stop(): void {
      clearTimeout(term);
    },
  };
}

export type Stream = ReturnType<typeof createStream>;
