import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { Account } from './account.ts';

/** The viewer's own account; nobody else's is there to be seen. */
export const ownAccount = defineLoader<Context, string, Account | null>(async (context, ids) => {
  const own = ids.filter((id) => isId(id) && id === context.member?.id);
  const [account] = own.length > 0 ? await context.stores.account.byIds(own.slice(0, 1)) : [null];
  return ids.map((id) => (account?.id === id ? account : null));
});
