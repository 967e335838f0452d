import { createHash } from 'node:crypto';
import type { Log } from '../log.ts';
import { Wakeup } from '../wakeup.ts';
import { keepSession } from './connection.ts';

/** What is appended and known of it before it is read. */
export interface News {
  readonly partitions: readonly number[];
  /** The types of the events; null when there may be others too. */
  readonly types: ReadonlySet<string> | null;
}

/** Told of news of a topic; of undefined when some may have been missed. */
export type OnNews = (news: News | undefined) => void;

/** In one notification; with more, it is no matter which they are. */
const MOST_TYPES = 50;
const TYPE = /^[\w.-]+$/;

/** What is notified when a topic is appended to. The name of a channel is short, that of a topic need not be. */
export const channelOf = (topic: string): string => `log_${createHash('sha1').update(topic).digest('hex')}`;

/** News as they stand in a notification: the partitions, a space, and the types, each separated by commas. */
export function writeNews(partitions: readonly number[], values: readonly object[]): string {
  const types = new Set(values.map((value) => ('type' in value ? String(value.type) : '')));
  const known = types.size <= MOST_TYPES && [...types].every((type) => TYPE.test(type));
  return `${[...new Set(partitions)].join(',')} ${known ? [...types].join(',') : ''}`;
}

function readNews(payload: string): News {
  const [partitions = '', types = ''] = payload.split(' ');
  return { partitions: partitions.split(',').map(Number), types: types ? new Set(types.split(',')) : null };
}

/**
 * The one connection of a process that hears of what is appended, whoever in it reads: PostgreSQL wakes each connection
 * that listens to anything with each notification.
 */
export class Listener {
  readonly #options: { readonly url: string; readonly log: Log };
  readonly #followers = new Map<string, Set<OnNews>>();
  readonly #changed = new Wakeup();
  #session: { stop(): Promise<void> } | undefined;

  constructor(options: { url: string; log: Log }) {
    this.#options = options;
  }

  /** Calls `onNews` after appends to a topic, and where some may have been missed. @returns what ends that */
  follow(topic: string, onNews: OnNews): () => void {
    const channel = channelOf(topic);
    const followers = this.#followers.get(channel) ?? new Set();
    this.#followers.set(channel, followers.add(onNews));
    this.#session ??= this.#listen();
    this.#changed.wake();
    return () => followers.delete(onNews);
  }

  #listen(): { stop(): Promise<void> } {
    return keepSession({
      ...this.#options,
      name: 'events listener',
      session: async (client, signal) => {
        signal.addEventListener('abort', () => this.#changed.wake(), { once: true });
        client.on('notification', ({ channel, payload = '' }) => this.#tell(channel, readNews(payload)));
        const heard = new Set<string>();
        while (!signal.aborted) {
          for (const channel of this.#followers.keys()) {
            if (heard.has(channel)) continue;
            await client.query(`LISTEN ${channel}`);
            heard.add(channel);
            this.#tell(channel, undefined);
          }
          await this.#changed.wait(60_000);
        }
      },
    });
  }

  #tell(channel: string, news: News | undefined): void {
    for (const onNews of this.#followers.get(channel) ?? []) onNews(news);
  }

  async stop(): Promise<void> {
    await this.#session?.stop();
  }
}
