import type { Act } from './act.ts';

/** What the author is told of a post or comment that a moderator took away; not by whom. */
export function hiddenByModerator(
  targetType: 'POST' | 'COMMENT',
  targetId: string,
  authorId: string,
  eventId: string,
  occurredAt: Date,
): Act {
  return {
    recipientId: authorId,
    kind: 'MODERATION',
    reason: `${targetType}_HIDDEN`,
    targetType,
    targetId,
    actorId: null,
    sourceId: eventId,
    occurredAt,
  };
}
