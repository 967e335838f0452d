import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { MemberStore } from '../member/member.store.ts';
import { securityLetter } from './letters.ts';
import type { Postman } from './postman.ts';
import { languageOf } from './sentence.ts';

const payload = z.object({ accountId: z.uuid(), change: z.string(), eventId: z.uuid() });

/** Tells a member that something changed in how she signs in: if it was not her, she has to know. */
export function securityMailTask(tools: { members: MemberStore; postman: Postman; publicUrl: string }): Task {
  return async (given) => {
    const { accountId, change, eventId } = payload.parse(given);
    const [member] = await tools.members.byIds([accountId]);
    const letter = securityLetter(languageOf(member?.language ?? 'en'), { change, url: tools.publicUrl });
    await tools.postman.send(accountId, `security-${eventId}`, letter, { unverified: true });
  };
}
