import { reactedTo } from '../../rules.ts';
import type { BlockStore } from '../block/block.store.ts';
import type { MemberStore } from '../member/member.store.ts';
import type { MessageStore } from '../message/message.store.ts';
import type { MessageChangeStore } from '../message/message-change.store.ts';
import type { ReactionStore } from '../reaction/reaction.store.ts';
import type { After, RoomChangeStore } from '../room/room-change.store.ts';
import type { HubStore } from './hub.store.ts';
import { authorOf, type LiveEvents, type LiveKind, type NumberedKind, type Signal } from './live-event.ts';
import type { Rights, Stream } from './stream.ts';

export type HubReader = ReturnType<typeof createHubReader>;

/** Events of one room and kind that are read at once. */
const LIMIT = 200;

/** An event, with its number where it has one. */
export interface Numbered {
  readonly event: LiveEvents[LiveKind];
  readonly number: number | null;
}

/** Reads what is to be delivered, and then who may receive it, by a constant number of statements. */
export function createHubReader({
  store,
  members,
  blocks,
  reactions,
  messages,
  messageChanges,
  roomChanges,
}: {
  store: HubStore;
  members: MemberStore;
  blocks: BlockStore;
  reactions: ReactionStore;
  messages: MessageStore;
  messageChanges: MessageChangeStore;
  roomChanges: RoomChangeStore;
}) {
  /** From where each room is to be read, so that its stream that is furthest behind misses nothing. */
  function wanted(streams: readonly Stream[], kind: NumberedKind): After[] {
    const after = new Map<string, number>();
    for (const stream of streams)
      if (stream.kind === kind)
        after.set(stream.roomId, Math.min(after.get(stream.roomId) ?? stream.position, stream.position));
    return [...after].map(([roomId, position]) => ({ roomId, after: position }));
  }

  async function changesWithMessages(asked: readonly After[]): Promise<LiveEvents['messageChange'][]> {
    const changes = await messageChanges.after(asked, LIMIT);
    const changed = await messages.byIds([...new Set(changes.map((change) => change.messageId))]);
    const byId = new Map(changed.map((message) => [message.id, message]));
    return changes.map((change) => ({ ...change, message: byId.get(change.messageId) ?? null }));
  }

  async function readRights(
    streams: readonly Stream[],
    authors: readonly string[],
    reacted: readonly string[],
  ): Promise<(roomId: string) => Rights> {
    const own = streams.flatMap(({ roomId, memberId }) => (memberId ? [{ roomId, memberId }] : []));
    const shared = new Set(streams.flatMap(({ roomId, memberId }) => (memberId ? [] : [roomId])));
    const viewers = [...new Set(own.map((one) => one.memberId))];
    const [cohorts, present, divided, hiddenReactions] = await Promise.all([
      store.cohorts([...shared]),
      members.ofRooms(own),
      blocks.pairs(viewers, authors),
      reactions.hidden(viewers, reacted),
    ]);
    const cohortEpochs = new Map(cohorts.map((one) => [`${one.roomId} ${one.cohort}`, one.epoch]));
    const memberEpochs = new Map(present.map((one) => [`${one.roomId} ${one.memberId}`, one.epoch]));
    return (roomId) => ({
      cohortEpoch: (cohort) => cohortEpochs.get(`${roomId} ${cohort}`),
      memberEpoch: (memberId) => memberEpochs.get(`${roomId} ${memberId}`),
      divided: (memberId, senderId) => divided.has(`${memberId} ${senderId}`),
      hiddenReactions,
    });
  }

  return {
    /** Where a room stands, and who may receive its events, before a stream of it begins. */
    async begin(stream: Stream) {
      const last = await store.numbers(stream.roomId);
      return { last, rights: (await readRights([stream], [], []))(stream.roomId) };
    },

    /** Reads what these streams did not get yet. @returns `more`: the rooms of which there is more than was read */
    async read(streams: readonly Stream[], signals: ReadonlyMap<string, readonly Signal[]>) {
      const found = new Map<string, Numbered[]>();
      const counts = new Map<string, number>();
      const add = (roomId: string, kind: LiveKind, event: LiveEvents[LiveKind], number: number | null) => {
        const key = `${roomId} ${kind}`;
        found.set(key, [...(found.get(key) ?? []), { event, number }]);
      };
      const reacted = new Set<string>();
      const sources = { message: messages.after, messageChange: changesWithMessages, roomChange: roomChanges.after };
      await Promise.all(
        (Object.keys(sources) as NumberedKind[]).map(async (kind) => {
          const asked = wanted(streams, kind);
          if (asked.length === 0) return;
          for (const event of await sources[kind](asked, LIMIT)) {
            add(event.roomId, kind, event, event.number);
            if ('message' in event && event.message) for (const id of reactedTo([event.message])) reacted.add(id);
            const key = `${event.roomId} ${kind}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        }),
      );
      for (const [roomId, ofRoom] of signals)
        for (const signal of ofRoom)
          if ('typing' in signal) add(roomId, 'typing', signal.typing, null);
          else add(roomId, 'presence', signal.presence, null);
      const authors = [...found].flatMap(([key, events]) => {
        const kind = key.slice(key.indexOf(' ') + 1) as LiveKind;
        return events.flatMap(({ event }) => authorOf(kind, event) ?? []);
      });
      // After the events: whoever lost her right before one of them was written is seen to have lost it.
      const rights = await readRights(streams, authors, [...reacted]);
      return {
        rights,
        events: (roomId: string, kind: LiveKind): readonly Numbered[] => found.get(`${roomId} ${kind}`) ?? [],
        more: new Set([...counts].flatMap(([key, count]) => (count >= LIMIT ? [key.slice(0, key.indexOf(' '))] : []))),
      };
    },
  };
}
