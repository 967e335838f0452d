import type { Agent } from 'node:https';
import type { SubgraphDefinition } from '@community/kit/domain';
import { createPublicAgent } from '@community/kit/public-network';
import { createMailer } from '@community/mail/create-mailer';
import { readNotificationConfig } from './config.ts';
import { createHandlers, topics } from './consumers/handlers.ts';
import type { Context } from './context.ts';
import { openDatabase, type Tx } from './database.ts';
import { createMergerStore } from './modules/act/merger.store.ts';
import { startMerger } from './modules/act/merger.ts';
import { createOutlets } from './modules/act/outlets.ts';
import { createPendingStore } from './modules/act/pending.store.ts';
import { createBlockStore } from './modules/block/block.store.ts';
import { createBell } from './modules/inbox/bell.ts';
import { createChangeStore } from './modules/inbox/change.store.ts';
import { openChangeStream } from './modules/inbox/change-stream.ts';
import { createInboxService } from './modules/inbox/inbox.service.ts';
import { createInboxStore } from './modules/inbox/inbox.store.ts';
import { createSweepStore } from './modules/inbox/sweep.store.ts';
import { startSweep } from './modules/inbox/sweep.ts';
import { createAnsweredStore } from './modules/mail/answered.store.ts';
import { createMemberStore } from './modules/member/member.store.ts';
import { createMemberDataStore } from './modules/member-data/member-data.store.ts';
import { createMemberData } from './modules/member-data/member-data.ts';
import { createMuteStore } from './modules/mute/mute.store.ts';
import { createPreferenceService } from './modules/preference/preference.service.ts';
import { createPreferenceStore } from './modules/preference/preference.store.ts';
import { createPushSender, vapidKeys } from './modules/push/push.sender.ts';
import { createPushService } from './modules/push/push.service.ts';
import { createPushStore } from './modules/push/push.store.ts';
import { createRoomStore } from './modules/room/room.store.ts';
import { createUnsubscribeService } from './modules/unsubscribe/unsubscribe.service.ts';
import { createUnsubscribeLinks } from './modules/unsubscribe/unsubscribe-link.ts';
import { schema } from './schema.ts';
import { createTasks, cron } from './tasks.ts';

/**
 * The notification domain: the inbox of every member, made of what the other domains tell.
 * @param pushAgent connects to push services; the public internet alone, except in tests
 */
export function defineNotification(pushAgent: Agent): SubgraphDefinition<Context, Tx> {
  return {
    name: 'notification',
    schema,
    async create({ env, pool, wakeRelay, ephemeral, log }) {
      const config = readNotificationConfig(env);
      const mailer = createMailer(env, log);
      const { prisma, transactions } = openDatabase(pool, wakeRelay);
      const stores = {
        inbox: createInboxStore(prisma),
        change: createChangeStore(prisma),
        preference: createPreferenceStore(prisma),
      };
      const tools = {
        transactions,
        bell: createBell(ephemeral, log),
        pending: createPendingStore(),
        blocks: createBlockStore(),
        mutes: createMuteStore(),
        members: createMemberStore(prisma),
        memberData: createMemberDataStore(prisma),
        rooms: createRoomStore(),
        devices: createPushStore(prisma),
        answered: createAnsweredStore(prisma),
        inbox: stores.inbox,
        changes: stores.change,
        preferences: stores.preference,
        log,
      };
      const merger = startMerger({ ...tools, store: createMergerStore(), outlets: createOutlets(tools) });
      const sweep = startSweep({ sweep: createSweepStore(prisma), log });
      const sender = createPushSender(vapidKeys(config.VAPID_PRIVATE_KEY, config.VAPID_SUBJECT), pushAgent);
      const unsubscribeLinks = createUnsubscribeLinks({
        secret: config.VAPID_PRIVATE_KEY,
        publicUrl: config.PUBLIC_URL,
      });
      const services = {
        inbox: createInboxService(tools),
        preference: createPreferenceService(tools),
        push: createPushService(tools),
        unsubscribe: createUnsubscribeService({ ...tools, links: unsubscribeLinks }),
        openChangeStream: (memberId: string, after: number | null) => openChangeStream({ ...tools, memberId, after }),
      };
      return {
        transactions: {
          ...transactions,
          async run(work) {
            const result = await transactions.run(work);
            merger.wake();
            return result;
          },
        },
        context: (request) => Object.assign(request, { services, stores, webPushPublicKey: sender.publicKey }),
        consumes: { topics, handlers: createHandlers(tools) },
        jobs: {
          tasks: createTasks({
            ...tools,
            sender,
            mailer,
            auth: { baseUrl: config.SUBGRAPH_URL_AUTH, secret: config.SERVICE_SECRET },
            unsubscribeLinks,
            publicUrl: config.PUBLIC_URL,
          }),
          cron,
        },
        memberData: createMemberData(tools.memberData),
        async stop() {
          await Promise.all([merger.stop(), sweep.stop()]);
          await Promise.all([mailer.close(), prisma.$disconnect()]);
          pushAgent.destroy();
        },
      };
    },
  };
}

export const notification = defineNotification(createPublicAgent());
