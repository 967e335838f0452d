import { handler } from '@community/events/handler';
import { z } from 'zod';
import type { Tx } from '../database.ts';
import type { HandleService } from '../modules/handle/handle.service.ts';

const schema = z.object({ accountId: z.uuid(), handle: z.string(), language: z.string() });

/** auth knows of no answer to an account that it created: it gets one, the same again if there was one. */
export function profileRequested(handles: HandleService) {
  return handler<Tx, typeof schema>({
    schema,
    version: 1,
    mode: 'each',
    handle: (tx, { data }) =>
      handles.confirm(tx, { id: data.accountId, handle: data.handle, language: data.language }, { again: true }),
  });
}
