import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import { notificationLetter } from './letters.ts';
import type { Narrator } from './narrator.ts';
import type { Postman } from './postman.ts';

const payload = z.object({ notificationId: z.uuid() });

/** Tells a member by mail of one notification, as it is by then, unless she has read it meanwhile or it is gone. */
export function notificationMailTask(tools: { narrator: Narrator; postman: Postman; publicUrl: string }): Task {
  return async (given) => {
    const { notificationId } = payload.parse(given);
    const told = await tools.narrator.one(notificationId);
    if (!told) return;
    const letter = notificationLetter(told.language, { line: told.line, url: tools.publicUrl });
    await tools.postman.send(told.notification.recipientId, `notification-${notificationId}`, letter);
  };
}
