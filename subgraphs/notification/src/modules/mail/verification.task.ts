import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { MemberStore } from '../member/member.store.ts';
import type { Contacts } from './contacts.ts';
import { verificationLetter } from './letters.ts';
import type { Postman } from './postman.ts';
import { languageOf } from './sentence.ts';

const payload = z.object({ accountId: z.uuid(), verificationId: z.uuid() });

/** Sends the link by which a member proves that an address is hers, as long as it is asked for. */
export function verificationTask(tools: { members: MemberStore; contacts: Contacts; postman: Postman }): Task {
  return async (given) => {
    const { accountId, verificationId } = payload.parse(given);
    const url = await tools.contacts.verificationLink(verificationId);
    if (!url) return;
    const [member] = await tools.members.byIds([accountId]);
    const letter = verificationLetter(languageOf(member?.language ?? 'en'), { url });
    await tools.postman.send(accountId, `verification-${verificationId}`, letter, { unverified: true });
  };
}
