import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { HandleService } from '../modules/handle/handle.service.ts';

const schema = z.object({ accountId: z.uuid(), handle: z.string(), language: z.string() });

/** auth created an account: the profile that was reserved for it becomes a real one. */
export function accountCreated(handles: HandleService) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, event) =>
      handles.confirm(tx, { id: event.data.accountId, handle: event.data.handle, language: event.data.language }),
  });
}
