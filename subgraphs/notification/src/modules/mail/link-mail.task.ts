import type { Task } from '@community/jobs/task';
import { z } from 'zod';
import type { MemberStore } from '../member/member.store.ts';
import type { Contacts, LinkKind } from './contacts.ts';
import type { Letter } from './letter.ts';
import { passwordResetLetter, verificationLetter } from './letters.ts';
import type { Postman } from './postman.ts';
import { type Language, languageOf } from './sentence.ts';

/** A mail that carries a link of auth's. */
export interface LinkMail {
  readonly task: string;
  /** What auth's event calls the request. */
  readonly id: string;
  readonly link: LinkKind;
  readonly letter: (language: Language, link: { url: string }) => Letter;
}

/** By the link a member proves that an address is hers. */
export const VERIFICATION: LinkMail = {
  task: 'verification',
  id: 'verificationId',
  link: 'email-verification-link',
  letter: verificationLetter,
};

/** By the link a member sets a new password. */
export const PASSWORD_RESET: LinkMail = {
  task: 'password-reset',
  id: 'resetId',
  link: 'password-reset-link',
  letter: passwordResetLetter,
};

const payload = z.object({ accountId: z.uuid(), requestId: z.uuid() });
/** As jobs were written before there were other links. */
const older = z.object({ accountId: z.uuid(), verificationId: z.uuid() });

/** Sends a link, as long as it is asked for. */
export function linkMailTask(
  { task, link, letter }: LinkMail,
  tools: { members: MemberStore; contacts: Contacts; postman: Postman },
): Task {
  return async (given) => {
    const { accountId, ...job } = z.union([payload, older]).parse(given);
    const requestId = 'requestId' in job ? job.requestId : job.verificationId;
    const url = await tools.contacts.link(link, requestId);
    if (!url) return;
    const [member] = await tools.members.byIds([accountId]);
    const content = letter(languageOf(member?.language ?? 'en'), { url });
    await tools.postman.send(accountId, `${task}-${requestId}`, content, { unverified: true });
  };
}
