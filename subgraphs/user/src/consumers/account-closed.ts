import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { HandleService } from '../modules/handle/handle.service.ts';

const schema = z.object({ accountId: z.uuid() });

/** auth closed an account: a handle that is only reserved for it is free. A profile stays until it is erased. */
export function accountClosed(handles: HandleService) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) => handles.release(tx, data.accountId),
  });
}
