import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import type { Ephemeral, Subscription } from '@community/ephemeral/ephemeral';
import type { Logger } from '@community/kit/log';
import { runInBackground } from '@community/kit/request-scope';
import { GraphQLError } from 'graphql';
import { channelOf } from './bell.ts';
import type { HubReader } from './hub.reader.ts';
import { type LiveEvents, type LiveKind, NUMBERED, type NumberedKind, type Signal } from './live-event.ts';
import { type Audience, createStream, type Stream } from './stream.ts';

export type Hub = ReturnType<typeof createHub>;

/**
 * From the beginning of a reading to that of the next. Shorter than the time between two batches of messages: each batch
 * is read as soon as it is kept, and by one reading.
 */
const BETWEEN_READINGS_MS = 25;
/** Without any message of other instances, for instance while Redis is away. */
const POLL_MS = 2_000;
const RETRY_MS = 500;
/** How far behind a stream may begin; what is further back is a query's work. */
const MOST_MISSED = 500;
/** Of a room between two deliveries; more are dropped, as nothing true depends on them. */
const MOST_SIGNALS = 500;

interface Room {
  readonly id: string;
  readonly streams: Set<Stream>;
  /** How many streams are open or are being opened. */
  users: number;
  /** Signals that came since the last delivery. */
  signals: Signal[];
  listening: Promise<Subscription>;
}

const isSignal = (message: unknown): message is Signal =>
  typeof message === 'object' && message !== null && ('typing' in message || 'presence' in message);

const refused = (code: string, message: string) => new GraphQLError(message, { extensions: { code } });

/**
 * Delivers the events of rooms to the streams that are open in this instance. It is told that a room has something new,
 * reads what that is, for all rooms at once, and then who may receive it: what the rights say is never older than the
 * events. Streams without right end before the next event is delivered. Each stream has the number of its last event, so
 * it gets all in order, none twice, whatever messages between instances are lost.
 */
export function createHub({
  reader,
  ephemeral,
  log,
  pollMs = POLL_MS,
}: {
  reader: HubReader;
  ephemeral: Ephemeral;
  log: Logger;
  pollMs?: number;
}) {
  const rooms = new Map<string, Room>();
  let waiting = new Set<Room>();
  let running: Promise<void> | undefined;
  let stopped = false;

  function wake(room: Room): void {
    waiting.add(room);
    running ??= runInBackground(run).finally(() => {
      running = undefined;
      const [next] = waiting;
      if (next && !stopped) wake(next);
    });
  }

  async function run(): Promise<void> {
    while (waiting.size > 0 && !stopped) {
      // The rooms of one batch are rung for in one turn.
      await turn();
      const next = pause(BETWEEN_READINGS_MS);
      const now = [...waiting];
      waiting = new Set();
      try {
        for (const room of await deliver(now)) waiting.add(room);
        await next;
      } catch (error) {
        log.warn({ err: error }, 'live events could not be read; trying again');
        for (const room of now) waiting.add(room);
        await pause(RETRY_MS);
      }
    }
  }

  /** @returns the rooms of which there is more to read */
  async function deliver(some: readonly Room[]): Promise<Room[]> {
    const signals = new Map(some.map((room) => [room.id, room.signals.splice(0)]));
    // Streams that open while this reads are served by the next reading.
    const streams = some.flatMap((room) => [...room.streams]);
    if (streams.length === 0) return [];
    const { events, rights, more } = await reader.read(streams, signals);
    for (const stream of streams) {
      const roomRights = rights(stream.roomId);
      if (!stream.check(roomRights)) continue;
      for (const { event, number } of events(stream.roomId, stream.kind)) {
        if (number !== null && number <= stream.position) continue;
        stream.deliver(event as LiveEvents[typeof stream.kind], roomRights);
        stream.position = number ?? stream.position;
      }
    }
    return some.filter((room) => more.has(room.id));
  }

  function listen(roomId: string): Room {
    const listening = ephemeral.subscribe(
      channelOf(roomId),
      (message) => {
        if (isSignal(message) && room.signals.length < MOST_SIGNALS) room.signals.push(message);
        wake(room);
      },
      () => wake(room),
    );
    const room: Room = { id: roomId, streams: new Set(), users: 0, signals: [], listening };
    rooms.set(roomId, room);
    return room;
  }

  function enter(roomId: string): Room {
    const room = rooms.get(roomId) ?? listen(roomId);
    room.users += 1;
    return room;
  }

  function leave(room: Room, stream: Stream): void {
    stream.stop();
    room.streams.delete(stream);
    room.users -= 1;
    if (room.users > 0) return;
    rooms.delete(room.id);
    void room.listening.then((subscription) => subscription.stop()).catch(() => {});
  }

  /** The number that a stream begins after. */
  function begin(kind: LiveKind, last: Record<NumberedKind, number>, after: number | null): number {
    const numbered = NUMBERED.find((one) => one === kind);
    if (!numbered) return 0;
    if (after === null || after >= last[numbered]) return last[numbered];
    if (after >= 0 && last[numbered] - after <= MOST_MISSED) return after;
    throw refused(
      'BAD_USER_INPUT',
      `\`after\` is a number at most ${MOST_MISSED} events back: fetch earlier ones by a query first.`,
    );
  }

  const poll = setInterval(() => {
    for (const room of rooms.values()) wake(room);
  }, pollMs);
  poll.unref();

  return {
    /**
     * Opens a stream of a room's events.
     * @param after the number after which it begins; null for what comes from now on
     * @throws GraphQLError of the code GRANT_ENDED or NOT_FOUND for who may not have it
     */
    async open<Kind extends LiveKind>(
      roomId: string,
      kind: Kind,
      audience: Audience,
      after: number | null,
    ): Promise<AsyncIterableIterator<LiveEvents[Kind]>> {
      const room = enter(roomId);
      let closed = false;
      const close = () => {
        if (!closed) leave(room, own);
        closed = true;
      };
      const stream = createStream(roomId, kind, audience, close);
      const own = stream as unknown as Stream;
      try {
        await room.listening;
        const { last, rights } = await reader.begin(own);
        if (!stream.check(rights)) await stream.queue.next();
        if (!last) throw refused('NOT_FOUND', 'There is no such room, or you may not see it.');
        stream.position = begin(kind, last, after);
      } catch (error) {
        close();
        throw error;
      }
      room.streams.add(own);
      stream.start();
      // What came since it was looked at, and rights that were lost since.
      wake(room);
      return stream.queue;
    },

    /** The rooms whose presence is followed here. */
    presenceFollowed: (): string[] =>
      [...rooms.values()].flatMap(({ id, streams }) =>
        [...streams].some((stream) => stream.kind === 'presence') ? [id] : [],
      ),

    /** Delivers a signal to the streams that are open here. */
    signal(roomId: string, signal: Signal): void {
      const room = rooms.get(roomId);
      room?.signals.push(signal);
      if (room) wake(room);
    },

    async stop(): Promise<void> {
      stopped = true;
      clearInterval(poll);
      await running;
    },
  };
}
