import { readFileSync } from 'node:fs';
import { connect } from '@community/schema-registry/cli/api';
import { launches } from '@community/schema-registry/cli/launches';
import { publishSubgraphs } from '@community/schema-registry/cli/publish';
import { until } from '@community/testing/wait';
import { describe, expect, it } from 'vitest';
import type { TestPlatform } from '../platform.ts';
import { LIVE_CLIENTS } from './clients.ts';
import { followByHelper, followByNumbers } from './follower.ts';
import { type Scene, upTo } from './scene.ts';

const GRAPH_REF = 'community@current';

/** Publishes a change of the graph, as its owner does, for the router to take while streams are open. */
async function replaceSupergraph(platform: TestPlatform): Promise<void> {
  const { url, env } = platform.runtime().services.registry ?? { url: '', env: {} as Record<string, string> };
  const api = connect(url, env.REGISTRY_KEY);
  await until(
    async () => (await launches(api, GRAPH_REF, { first: 1 })).includes('in service'),
    'the schemas of the start being in service',
    60_000,
  );
  const sdl = `${readFileSync('subgraphs/content/schema.graphql', 'utf8')}\nextend type Query { fresh: Int }\n`;
  const { errors } = await publishSubgraphs(api, GRAPH_REF, [{ name: 'content', url: 'http://content/graphql', sdl }]);
  if (errors.length > 0) throw new Error(errors.join('\n'));
}

/** Sends, again until it is acknowledged: the key makes that one message. */
const sendSurely = ({ rooms, mina }: Scene, roomId: string, body: string): Promise<number> =>
  until(() => rooms.say(roomId, body, mina, `${roomId} ${body}`), `"${body}" being acknowledged`, 60_000);

/** What clients see of parts that go away. @param router the processes between clients and subgraphs */
export function resumeCases(scene: () => Scene, router: readonly string[]): void {
  const faults: [string, (platform: TestPlatform) => Promise<void>][] = [
    ...[...router, 'chat'].map((name): [string, (platform: TestPlatform) => Promise<void>] => [
      `${name} is killed`,
      (platform) => platform.kill(name),
    ]),
    ['the supergraph is replaced', replaceSupergraph],
  ];

  describe('every client', () => {
    it.each(faults)(
      'is shown each message once and in order when %s',
      async (_, fault) => {
        const { platform, rooms, mina, jun } = scene();
        const roomId = await rooms.open('Resumed', [mina, jun]);
        const followers = [
          ...LIVE_CLIENTS.map((live) => followByNumbers(live, scene(), roomId, jun)),
          followByHelper(scene(), roomId, jun),
        ];
        try {
          const before = await sendSurely(scene(), roomId, 'before');
          for (const { name, numbers } of followers)
            await until(() => numbers().at(-1) === before, `${name} being shown the first message`);
          let [running, sent] = [true, 0];
          const talking = (async () => {
            for (; running; sent += 1) await sendSurely(scene(), roomId, `during ${sent}`);
          })();
          await fault(platform);
          for (const { name, attempts } of followers)
            await until(() => attempts() > 1, `${name} subscribing again`, 60_000);
          running = false;
          await talking;
          const last = await sendSurely(scene(), roomId, 'after');
          expect(last).toBe(sent + 2);
          for (const { name, numbers } of followers)
            await until(() => numbers().at(-1) === last, `${name} being shown the last message`, 60_000);
          for (const { name, numbers } of followers)
            expect({ name, numbers: numbers() }).toEqual({ name, numbers: upTo(last) });
        } finally {
          await Promise.all(followers.map((follower) => follower.stop()));
        }
      },
      120_000,
    );
  });
}
