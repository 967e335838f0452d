import { createInProcessEphemeral } from '@community/ephemeral/in-process/in-process-ephemeral';
import { newId } from '@community/kit/ids';
import { createLog } from '@community/kit/log';
import { until } from '@community/testing/wait';
import { afterEach, describe, expect, it } from 'vitest';
import type { Message } from '../message/message.ts';
import { channelOf } from './bell.ts';
import type { HubReader } from './hub.reader.ts';
import { createHub } from './hub.ts';
import type { LiveEvents } from './live-event.ts';

const log = createLog('test', 'silent');
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A hub over messages that the test holds. */
function setup(pollMs = 200) {
  const rooms = [newId(), newId(), newId()] as const;
  const [roomId] = rooms;
  const state = { last: 0, failures: 0, reads: [] as string[][], member: true };
  const rights = () => ({
    cohortEpoch: () => 1,
    memberEpoch: () => (state.member ? 1 : undefined),
    divided: () => false,
    hiddenReactions: () => undefined,
  });
  const reader: HubReader = {
    async begin() {
      return { last: { message: state.last, messageChange: 0, roomChange: 0 }, rights: rights() };
    },
    async read(streams) {
      state.reads.push(streams.map((stream) => stream.roomId));
      if (state.failures > 0) {
        state.failures -= 1;
        throw new Error('the database is away');
      }
      const from = Math.min(...streams.map((stream) => stream.position));
      const events = Array.from({ length: state.last - from }, (_, index) => {
        const number = from + index + 1;
        return { event: { id: newId(), roomId, number, senderId: newId() } as Message, number };
      });
      return { rights, events: () => events, more: new Set<string>() };
    },
  };
  const ephemeral = createInProcessEphemeral({ log });
  const hub = createHub({ reader, ephemeral, log, pollMs });
  stops.push(() => hub.stop());
  const open = async (after: number | null = null, room: string = roomId) => {
    const seen: number[] = [];
    const stream = await hub.open(room, 'message', { memberId: newId() }, after);
    const done = (async () => {
      for await (const event of stream as AsyncIterable<LiveEvents['message']>) seen.push(event.number);
    })();
    done.catch(() => {});
    return { seen, done, stream };
  };
  const ring = (ids: readonly string[] = [roomId]) =>
    Promise.all(ids.map((id) => ephemeral.publish(channelOf(id), {})));
  return { state, rooms, open, ring };
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

describe('the hub', () => {
  it('delivers in order from each stream’s own position, whenever it was opened', async () => {
    const { state, open, ring } = setup();
    const first = await open();
    const opening = open();
    state.last = 3;
    await ring();
    const second = await opening;
    const third = await open(0);
    state.last = 5;
    await ring();
    await until(() => [first, second, third].every(({ seen }) => seen.at(-1) === 5));
    expect(first.seen).toEqual(upTo(5));
    expect(third.seen).toEqual(upTo(5));
    expect(second.seen).toEqual(upTo(5).slice(5 - second.seen.length));
  });

  it('reads all rooms that are rung for at once by one reading', async () => {
    const { state, rooms, open, ring } = setup(60_000);
    const opened = await Promise.all(rooms.map((room) => open(null, room)));
    await until(() => rooms.every((room) => state.reads.flat().includes(room)));
    const atRest = performance.now() + 100;
    await until(() => performance.now() > atRest, 'the hub having nothing to do');
    const before = state.reads.length;
    state.last = 1;
    await ring(rooms);
    await until(() => opened.every(({ seen }) => seen.length === 1));
    expect(state.reads.slice(before).map((read) => read.sort())).toEqual([[...rooms].sort()]);
  });

  it('reads without being rung for, and again when reading fails', async () => {
    const { state, open } = setup();
    const { seen } = await open();
    state.failures = 2;
    state.last = 4;
    await until(() => seen.length === 4);
    expect(seen).toEqual(upTo(4));
  });

  it('ends the stream of who lost the right to it before the next event, and forgets a room without streams', async () => {
    const { state, open, ring } = setup();
    const { seen, done } = await open();
    state.member = false;
    state.last = 1;
    await ring();
    await expect(done).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    expect(seen).toEqual([]);
    state.member = true;
    const other = await open();
    await other.stream.return?.();
    const reads = state.reads.length;
    await ring();
    await new Promise((resolve) => setImmediate(resolve));
    expect(state.reads).toHaveLength(reads);
  });
});
