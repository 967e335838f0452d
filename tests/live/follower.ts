import { setTimeout } from 'node:timers/promises';
import { createLiveClient } from '@community/live-client/live-client';
import { until } from '@community/testing/wait';
import { print } from 'graphql';
import WebSocket from 'ws';
import type { SignedIn } from '../graph/client.ts';
import { MessageAddedDocument, type MessageAddedSubscription } from '../graph/generated/operations.ts';
import type { LiveClient } from './clients.ts';
import { type Messages, numbersOf, type Scene } from './scene.ts';

const LONG_MS = 120_000;
/** A client that came again at once would do nothing else while the platform is away. */
const PAUSE_MS = 100;

/** Somebody who follows a room, whatever ends her streams. */
export interface Follower {
  readonly name: string;
  /** The numbers that she was shown, in the order in which they came. */
  numbers(): number[];
  /** How often she has subscribed. */
  attempts(): number;
  stop(): Promise<void>;
}

/** Follows as a simple app does: when a stream has ended, it opens the next one after the last number that it saw. */
export function followByNumbers(live: LiveClient, { platform }: Scene, roomId: string, as: SignedIn): Follower {
  const streams: Messages[] = [];
  const numbers = () => streams.flatMap(numbersOf);
  let stopped = false;
  async function run(): Promise<void> {
    while (!stopped) {
      const after = numbers().at(-1) ?? 0;
      const stream = live.subscribe(platform.url, MessageAddedDocument, { roomId, after }, as);
      streams.push(stream);
      await until(() => stream.ended || stopped, `${live.name} being told that its stream has ended`, LONG_MS);
      stream.stop();
      await setTimeout(PAUSE_MS);
    }
  }
  const running = run();
  return {
    name: live.name,
    numbers,
    attempts: () => streams.length,
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** Follows as the web client does: by grants, with the platform's own helper. */
export function followByHelper({ platform, rooms }: Scene, roomId: string, as: SignedIn): Follower {
  const shown: number[] = [];
  let attempts = 0;
  const live = createLiveClient({
    url: `${platform.url.replace('http', 'ws')}/graphql?anonymous`,
    webSocketImpl: WebSocket,
  });
  live.follow<Pick<MessageAddedSubscription['messageAdded'], 'number'>>({
    document: print(MessageAddedDocument),
    async variables() {
      const grant = await rooms.grant(roomId, as);
      attempts += 1;
      return { grant };
    },
    numberOf: ({ number }) => number,
    fetchAfter: (number) => rooms.after(roomId, number, as),
    after: 0,
    onEvent: ({ number }) => void shown.push(number),
  });
  return { name: 'live-client', numbers: () => shown, attempts: () => attempts, stop: () => live.close() };
}
