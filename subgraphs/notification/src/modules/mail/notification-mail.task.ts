import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { PreferenceStore } from '../preference/preference.store.ts';
import { channelsOf } from '../preference/preference.ts';
import type { UnsubscribeLinks } from '../unsubscribe/unsubscribe-link.ts';
import { notificationLetter } from './letters.ts';
import type { Narrator } from './narrator.ts';
import type { Postman } from './postman.ts';

const payload = z.object({ notificationId: z.uuid() });

/**
 * Tells a member by mail of one notification, as it is by then, unless she has read it meanwhile, it is gone, or she wants
 * no such mail any more.
 */
export function notificationMailTask(tools: {
  narrator: Narrator;
  postman: Postman;
  preferences: PreferenceStore;
  unsubscribeLinks: UnsubscribeLinks;
  publicUrl: string;
}): Task {
  return async (given) => {
    const { notificationId } = payload.parse(given);
    const told = await tools.narrator.one(notificationId);
    if (!told) return;
    const { recipientId: memberId, kind } = told.notification;
    const { channels } = await tools.preferences.of(memberId);
    if (!channelsOf(channels, kind).includes('EMAIL')) return;
    const stopUrl = tools.unsubscribeLinks.write({ memberId, topic: kind });
    const letter = notificationLetter(told.language, { line: told.line, url: tools.publicUrl, stopUrl });
    await tools.postman.send(memberId, `notification-${notificationId}`, letter);
  };
}
