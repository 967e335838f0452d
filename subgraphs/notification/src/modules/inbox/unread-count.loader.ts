import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';

/** How many notifications of a member are unread. */
export const unreadCount = defineLoader<Context, string, number>((context, memberIds) =>
  context.stores.inbox.unreadCounts(memberIds),
);
