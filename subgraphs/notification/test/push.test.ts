import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { newId } from '@community/kit/ids';
import type { TestMember } from '@community/testing/member-key';
import { serve } from '@community/testing/serve';
import { until } from '@community/testing/wait';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auth, content, type Harness, startNotification } from './support.ts';

/** A browser's push subscription, that can read what was encrypted for it (RFC 8291, RFC 8188). */
function createDevice() {
  const keys = createECDH('prime256v1');
  const publicKey = keys.generateKeys();
  const secret = randomBytes(16);
  return {
    subscription: {
      endpoint: `https://push.example.com/${newId()}`,
      p256dh: publicKey.toString('base64url'),
      auth: secret.toString('base64url'),
    },
    read(body: Buffer): Record<string, unknown> {
      const salt = body.subarray(0, 16);
      const sender = body.subarray(21, 21 + (body[20] ?? 0));
      const sealed = body.subarray(21 + sender.length);
      const derive = (ikm: Buffer, salted: Buffer, info: Buffer, length: number) =>
        Buffer.from(hkdfSync('sha256', ikm, salted, info, length));
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
      const ikm = derive(keys.computeSecret(sender), secret, info, 32);
      const key = derive(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = derive(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
    },
  };
}

interface Received {
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

let notifications: Harness;
let service: Awaited<ReturnType<typeof serve>>;
const received: Received[] = [];
const answers = new Map<string, number[]>();

/** The exception of the test: whatever the name, the connection goes to the push service of this test, without TLS. */
class LocalAgent extends Agent {
  override createConnection() {
    return connect(Number(new URL(service.url).port), '127.0.0.1');
  }
}

beforeAll(async () => {
  service = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(answers.get(request.url ?? '')?.shift() ?? 201).end();
  });
  notifications = await startNotification({ pushAgent: new LocalAgent() });
});
afterAll(async () => {
  await notifications[Symbol.asyncDispose]();
  await service.close();
});

const REGISTER =
  'mutation($input: RegisterPushSubscriptionInput!) { registerPushSubscription(input: $input) { __typename ... on Error { code path } } }';
const REMOVE =
  'mutation($endpoint: String!) { removePushSubscription(input: { endpoint: $endpoint }) { __typename ... on Error { code } } }';

const register = async (member: TestMember | null, input: object) =>
  (await notifications.query<{ registerPushSubscription: object }>(REGISTER, { input }, member)).data
    .registerPushSubscription;
const sentTo = (endpoint: string) => received.filter(({ path }) => endpoint.endsWith(path));
const reply = (author: TestMember) =>
  content.commented({
    commentId: newId(),
    postId: newId(),
    authorId: newId(),
    postAuthorId: newId(),
    parentId: newId(),
    parentAuthorId: author.id,
  });

describe('web push', () => {
  it('tells a device in words that only it can read, signed by the key that it subscribed with', async () => {
    const member = notifications.member();
    const device = createDevice();
    const { endpoint } = device.subscription;
    expect(await register(member, device.subscription)).toEqual({ __typename: 'RegisterPushSubscriptionSuccess' });
    expect(await register(member, device.subscription)).toEqual({ __typename: 'RegisterPushSubscriptionSuccess' });
    await notifications.tell(reply(member), content.liked(newId(), member.id, newId()));
    await until(() => sentTo(endpoint).length > 0, 'the message at the push service', 30_000);
    const [message] = sentTo(endpoint);
    expect(device.read(message?.body ?? Buffer.alloc(0))).toMatchObject({
      kind: 'REPLY',
      targetType: 'COMMENT',
      text: 'Somebody replied to your comment.',
    });
    const { data } = await notifications.query<{ webPushPublicKey: string }>('{ webPushPublicKey }');
    const [, token = '', key] = /^vapid t=(.+), k=(.+)$/.exec(String(message?.headers.authorization)) ?? [];
    expect(key).toBe(data.webPushPublicKey);
    expect(jwt.decode(token)).toMatchObject({ aud: 'https://push.example.com', sub: 'https://community.example' });
    await until(() => notifications.jobsDone(), 'all jobs being done');
    expect(sentTo(endpoint)).toHaveLength(1);
  });

  it('tries again later what a push service does not take now, and forgets a device that is gone', async () => {
    const member = notifications.member();
    const [busy, gone] = [createDevice(), createDevice()];
    answers.set(new URL(busy.subscription.endpoint).pathname, [503]);
    answers.set(new URL(gone.subscription.endpoint).pathname, [410]);
    for (const { subscription } of [busy, gone]) await register(member, subscription);
    await notifications.tell(reply(member));
    await until(() => sentTo(busy.subscription.endpoint).length === 2, 'the second try', 40_000);
    expect(sentTo(gone.subscription.endpoint)).toHaveLength(1);
    const { rows } = await notifications.domain.database.query(
      'SELECT endpoint FROM push_subscription WHERE member_id = $1',
      [member.id],
    );
    expect(rows).toEqual([{ endpoint: busy.subscription.endpoint }]);
  }, 60_000);

  it('ends with the session of the device, by its removal, and when another member takes the device over', async () => {
    const [one, two, three, other] = [0, 1, 2, 3].map(() => notifications.member());
    if (!one || !two || !three || !other) throw new Error('four members');
    const devices = [createDevice(), createDevice(), createDevice()];
    for (const [i, member] of [one, two, three].entries()) await register(member, devices[i]?.subscription ?? {});
    await notifications.query(REMOVE, { endpoint: devices[0]?.subscription.endpoint }, other);
    await notifications.query(REMOVE, { endpoint: devices[0]?.subscription.endpoint }, one);
    await register(other, devices[1]?.subscription ?? {});
    await notifications.tell(auth.sessionRevoked(three.sessionId, three.id));
    await notifications.tell(...[one, two, three, other].map(reply));
    await until(
      () => sentTo(devices[1]?.subscription.endpoint ?? '').length > 0,
      'the message to the new owner',
      30_000,
    );
    await until(() => notifications.jobsDone(), 'all jobs being done');
    expect(devices.map(({ subscription }) => sentTo(subscription.endpoint).length)).toEqual([0, 1, 0]);
  });

  it('takes only what is a subscription, of who is signed in', async () => {
    const { subscription } = createDevice();
    expect(await register(null, subscription)).toMatchObject({ code: 'NOT_SIGNED_IN' });
    const inner = { ...subscription, endpoint: 'https://169.254.169.254/latest' };
    expect(await register(notifications.member(), inner)).toMatchObject({ path: ['input', 'endpoint'] });
  });
});
