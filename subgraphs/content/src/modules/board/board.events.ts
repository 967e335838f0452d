import { defineEvents } from '@community/events/contract';
import { z } from 'zod';

const payload = z.object({ boardId: z.uuid(), slug: z.string() });

/** What this domain tells of boards. */
export const boardEvents = defineEvents('content', {
  'board.created': { version: 1, aggregate: 'board', payload },
  'board.snapshot': { version: 1, aggregate: 'board', payload },
});
