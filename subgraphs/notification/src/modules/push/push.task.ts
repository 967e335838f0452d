import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { Narrator } from '../mail/narrator.ts';
import type { PushSender } from './push.sender.ts';
import type { PushStore } from './push.store.ts';

const payload = z.object({ notificationId: z.uuid(), subscriptionId: z.uuid() });

/** Tells a device of a notification, as it is by now, unless it was read meanwhile; forgets a device that is gone. */
export function pushTask(tools: {
  narrator: Narrator;
  devices: PushStore;
  sender: PushSender;
  publicUrl: string;
}): Task {
  const { narrator, devices, sender } = tools;
  return async (given) => {
    const { notificationId, subscriptionId } = payload.parse(given);
    const [told, device] = [await narrator.one(notificationId), await devices.byId(subscriptionId)];
    if (!told || !device || device.memberId !== told.notification.recipientId) return;
    const { kind, targetType, targetId } = told.notification;
    const message = { id: notificationId, kind, targetType, targetId, text: told.line, url: tools.publicUrl };
    if ((await sender.send(device, notificationId.replaceAll('-', ''), message)) === 'GONE')
      await devices.removeById(device.id);
  };
}
