import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { forEach } from '@community/testing/for-each';
import { until } from '@community/testing/wait';
import { getNamedType, isObjectType, isUnionType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActs } from '../graph/acts.ts';
import { signUpAdministrator } from '../graph/administrator.ts';
import { type Client, createClient, type SignedIn } from '../graph/client.ts';
import { CreateBoardDocument } from '../graph/generated/operations.ts';
import { succeeded } from '../graph/rooms.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { queryOn } from '../traffic/databases.ts';
import { countCases } from './count-cases.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { type Path, pathsOf } from './paths.ts';
import { type Scene, setScene } from './scene.ts';

const HOPS = 3;
const BATCH = 10;
const schema = Supergraph.build(readFileSync('router/supergraph.graphql', 'utf8')).apiSchema().toGraphQLJSSchema();

let platform: TestPlatform;
let client: Client;
let boss: SignedIn;
let happenings: Happenings;
let act: ReturnType<typeof createActs>['act'];
beforeAll(async () => {
  platform = await startPlatform({ env: { ERASURE_DELAY_HOURS: '0' } });
  await platform.whole();
  client = createClient(platform.url);
  boss = await signUpAdministrator(client, platform.databaseUrl('auth'));
  happenings = createHappenings(client, boss);
  act = createActs(client).act;
}, 90_000);
afterAll(() => platform?.[Symbol.asyncDispose]());

let boards = 0;

/** A scene on a board of its own, at the top of which her post is. */
async function newScene(): Promise<Scene> {
  boards += 1;
  const input = { slug: `general-${boards}`, name: 'General' };
  const board = await client.send(CreateBoardDocument, { input }, boss);
  const scene = await setScene(client, succeeded(board, (data) => data.createBoard).board.id);
  await act(boss, 'pinPost', `{ postId: "${scene.marks.post}" }`);
  await queryOn(platform.databaseUrl('content'), "SELECT graphile_worker.add_job('hot_rank', job_key => 'now')");
  return scene;
}

/** A place where something of hers is told, and what. */
interface Place {
  readonly path: Path;
  readonly what: string;
}

/** Where along the paths something of hers is told to Vera that she did not name herself. */
async function placesOf(paths: readonly Path[], { marks, vera }: Scene): Promise<Place[]> {
  const batches = Array.from({ length: Math.ceil(paths.length / BATCH) }, (_, i) =>
    paths.slice(i * BATCH, (i + 1) * BATCH),
  );
  const places = await forEach(batches, async (batch) => {
    const response = await fetch(`${platform.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${vera.accessToken}` },
      body: JSON.stringify(batch.map(({ document }) => ({ query: document }))),
    });
    const answers = (await response.json()) as { errors?: object[] }[];
    return batch.flatMap((path, i) => {
      expect([path.document, answers[i]?.errors]).toEqual([path.document, undefined]);
      const told = JSON.stringify(answers[i]);
      return Object.entries(marks).flatMap(([what, mark]) =>
        told.includes(mark) && !path.document.includes(mark) ? [{ path, what }] : [],
      );
    });
  });
  return places.flat();
}

const wayOf = ({ path, what }: Place): string =>
  `${path.coordinates.filter((one) => !/(Connection|Edge)\./.test(one)).join(' ')}: ${what}`;
const goesBy = ({ path }: Place, coordinates: readonly string[]): boolean =>
  coordinates.some((one) => path.coordinates.includes(one));

/** Coordinates of the paths that lead to somebody, or to what somebody said. */
const reaching = (paths: readonly Path[]): string[] => {
  const things = new Set(['User', 'Post', 'Comment', 'Message']);
  const leads = (coordinate: string): boolean => {
    const [type = '', field = ''] = coordinate.split('.');
    const parent = schema.getType(type);
    const inner = isObjectType(parent) && getNamedType(parent.getFields()[field]?.type);
    return inner
      ? things.has(inner.name) || (isUnionType(inner) && inner.getTypes().some(({ name }) => things.has(name)))
      : false;
  };
  return [...new Set(paths.flatMap(({ coordinates }) => coordinates))].filter(leads).sort();
};

/** What leads to members, and not to Hana for Vera; with the reason. Whoever adds a field lets the scene lead there, or says why not. */
const NOT_TO_HER: Readonly<Record<string, string>> = {
  'Account.user': 'the own account',
  'AccountAuditEntry.actor': 'for administrators',
  'AccountAuditEntry.user': 'for administrators',
  'Comment.post': "a comment of hers is on somebody else's post",
  'ModerationCase.author': 'for moderators',
  'ModerationCase.comment': 'for moderators',
  'ModerationCase.decidedBy': 'for moderators',
  'ModerationCase.post': 'for moderators',
  'Report.reporter': 'for moderators',
  'Viewer.user': 'the viewer herself',
};

/** What has happened between Vera and Hana, and where Hana may still be met then. */
interface Case {
  readonly name: string;
  happen(scene: Scene): Promise<unknown>;
  mayBe(place: Place): boolean;
}

/** Her public face, and what she says in a room that both are in. */
const FACE = new Set(['handle', 'called', 'id']);
const CHAT = new Set(['chat', 'message']);

/** In a room that both are in she keeps her place, by an id that says nothing, and so does what she said there (0040, 0064). */
const isPlaceInRoom = (place: Place): boolean =>
  (place.what === 'message' && goesBy(place, ['Room.messages', 'Room.messageChanges', 'Message.replyTo'])) ||
  (place.what === 'id' && wayOf(place).endsWith('Room.members: id'));

/** Of whom Vera blocks: the list in which a block is ended, too. */
const isLeftOfBlocked = (place: Place): boolean => goesBy(place, ['Viewer.blockedUsers']) || isPlaceInRoom(place);

/** What Vera herself chose in a poll, told by the id of a post that she names: nothing of the post, nor whether it is there (0064). */
const isOwnChoice = (place: Place): boolean => wayOf(place) === 'Query.viewer Viewer.postStates: option';

const CASES: readonly Case[] = [
  {
    name: 'Vera blocks her',
    happen: (scene) => happenings.blocks(scene),
    mayBe: isLeftOfBlocked,
  },
  {
    name: 'Vera blocks her, whom she followed',
    async happen({ vera, hana, ...scene }) {
      await act(vera, 'follow', `{ userId: "${hana.id}" }`);
      const feed = pathsOf(schema, scene.known, 1).filter(({ coordinates }) =>
        coordinates.includes('Viewer.followingFeed'),
      );
      await until(
        async () => (await placesOf(feed, { vera, hana, ...scene })).some(({ what }) => what === 'post'),
        'her post being in the feed of those whom Vera follows',
      );
      await happenings.blocks({ vera, hana });
    },
    mayBe: isLeftOfBlocked,
  },
  {
    name: 'she blocks Vera',
    happen: (scene) => happenings.isBlocked(scene),
    mayBe: isPlaceInRoom,
  },
  {
    name: 'Vera mutes her',
    happen: (scene) => happenings.mutes(scene),
    // What Vera looks for is there; what comes by itself is not.
    mayBe: (place) =>
      !/^Query.viewer Viewer.(notifications|notificationChanges NotificationChange.notification)( Notification.(actors|target))?: /.test(
        wayOf(place),
      ) &&
      !/^Query.viewer Viewer.followSuggestions( FollowSuggestion.user)?: /.test(wayOf(place)) &&
      !/^(Query.feed|Query.hotFeed|Query.viewer Viewer.followingFeed|(Query.boards? )Board.(posts|pinnedPosts)|Query.tag Tag.posts)( Post.(author|tags|poll( Poll.options)?))?: /.test(
        wayOf(place),
      ),
  },
  {
    name: 'she is private, and Vera does not follow her',
    happen: (scene) => happenings.isPrivate(scene),
    mayBe: ({ what }) => FACE.has(what) || CHAT.has(what),
  },
  {
    name: 'she is suspended',
    happen: (scene) => happenings.isSuspended(scene),
    // Her name stays where it tells what happened: who wrote to a room, who did something that Vera was told of.
    mayBe: (place) =>
      CHAT.has(place.what) ||
      (FACE.has(place.what) &&
        !goesBy(place, [
          'User.followers',
          'User.following',
          'Viewer.followSuggestions',
          'Viewer.followRequests',
          'Query.members',
          'Query.feed',
          'Board.posts',
          'Query.hotFeed',
          'Board.pinnedPosts',
          'Tag.posts',
          'Viewer.bookmarks',
          'Viewer.followingFeed',
          'Query.post',
        ])),
  },
  {
    name: 'she has had her account erased',
    happen: (scene) => happenings.isErased(scene),
    // A tombstone keeps the place of what was answered.
    mayBe: ({ what }) => what === 'comment' || what === 'message',
  },
];

describe('a member', () => {
  it('is met by Vera on every way that the graph has, when nothing stands between them', async () => {
    const scene = await newScene();
    const paths = pathsOf(schema, scene.known, HOPS);
    const ways = reaching(paths).filter((coordinate) => !NOT_TO_HER[coordinate]);
    expect(ways.length).toBeGreaterThan(20);
    let missing = paths;
    const met = new Set<string>();
    await until(
      async () => {
        const places = await placesOf(missing, scene);
        expect(places.filter(({ what }) => what === 'secret').map(wayOf)).toEqual([]);
        for (const { path } of places) for (const one of path.coordinates) met.add(one);
        missing = missing.filter(({ coordinates }) => coordinates.some((one) => !met.has(one)));
        const left = ways.filter((one) => !met.has(one));
        if (left.length > 0) throw new Error(`not met by ${left.join(', ')}`);
        return true;
      },
      'her being met everywhere',
      30_000,
    );
  }, 90_000);

  it.each(CASES)(
    'is not met where she should not be when $name',
    async ({ happen, mayBe }) => {
      const scene = await newScene();
      const paths = pathsOf(schema, scene.known, HOPS);
      // All of it has been told to every domain when the last to know have her.
      await until(
        async () => {
          const places = await placesOf(paths, scene);
          return [
            'Viewer.followSuggestions',
            'Viewer.notifications',
            'Viewer.followRequests',
            'Viewer.bookmarks',
            'Query.members',
            'Query.hotFeed',
            'Board.pinnedPosts',
            'Tag.posts',
          ].every((one) => places.some((place) => goesBy(place, [one])));
        },
        'her being met',
        30_000,
      );
      await happen(scene);
      const isWrong = (place: Place) => place.what === 'secret' || !(mayBe(place) || isOwnChoice(place));
      let left = paths;
      await until(
        async () => {
          const places = (await placesOf(left, scene)).filter(isWrong);
          left = [...new Set(places.map(({ path }) => path))];
          if (places.length > 0) throw new Error(`she is met by\n${places.map(wayOf).join('\n')}`);
          return true;
        },
        'her being absent',
        20_000,
      );
      expect((await placesOf(paths, scene)).filter(isWrong).map(wayOf)).toEqual([]);
    },
    120_000,
  );
});

countCases(schema, () => ({ client, boss, happenings }));
