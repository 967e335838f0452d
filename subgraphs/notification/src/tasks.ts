import type { Transactions } from '@community/events/sql';
import type { Tasks } from '@community/jobs/task';
import type { Mailer } from '@community/mail/mailer';
import type { Tx } from './database.ts';
import type { InboxStore } from './modules/inbox/inbox.store.ts';
import type { AnsweredStore } from './modules/mail/answered.store.ts';
import { createContacts } from './modules/mail/contacts.ts';
import { digestsDueTask, digestTask } from './modules/mail/digest.task.ts';
import { linkMailTask, PASSWORD_RESET, VERIFICATION } from './modules/mail/link-mail.task.ts';
import { createNarrator } from './modules/mail/narrator.ts';
import { notificationMailTask } from './modules/mail/notification-mail.task.ts';
import { createPostman } from './modules/mail/postman.ts';
import { securityMailTask } from './modules/mail/security-mail.task.ts';
import { welcomeTask } from './modules/mail/welcome.task.ts';
import type { MemberStore } from './modules/member/member.store.ts';
import type { PreferenceStore } from './modules/preference/preference.store.ts';
import type { PushSender } from './modules/push/push.sender.ts';
import type { PushStore } from './modules/push/push.store.ts';
import { pushTask } from './modules/push/push.task.ts';
import type { UnsubscribeLinks } from './modules/unsubscribe/unsubscribe-link.ts';

/** When digests are looked for: time zones differ by quarters of an hour. */
export const cron = { 'digests-due': '*/15 * * * *' };

/** What this domain does later: mails and push. */
export function createTasks(tools: {
  transactions: Transactions<Tx>;
  answered: AnsweredStore;
  inbox: InboxStore;
  members: MemberStore;
  preferences: PreferenceStore;
  devices: PushStore;
  sender: PushSender;
  mailer: Mailer;
  auth: { baseUrl: string; secret: string };
  unsubscribeLinks: UnsubscribeLinks;
  publicUrl: string;
}): Tasks {
  const contacts = createContacts(tools.auth);
  const postman = createPostman({ mailer: tools.mailer, contacts });
  const all = { ...tools, contacts, postman, narrator: createNarrator(tools) };
  return {
    welcome: welcomeTask(all),
    [VERIFICATION.task]: linkMailTask(VERIFICATION, all),
    [PASSWORD_RESET.task]: linkMailTask(PASSWORD_RESET, all),
    'security-mail': securityMailTask(all),
    'notification-mail': notificationMailTask(all),
    'digests-due': digestsDueTask(all),
    digest: digestTask(all),
    push: pushTask(all),
  };
}
