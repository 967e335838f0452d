import type { Act } from './act.ts';

/** What those are told whom a post or a comment mentions. @param told who is told of it in another way already */
export function mentions(
  targetType: 'POST' | 'COMMENT',
  text: { id: string; authorId: string; mentionedIds: readonly string[]; writtenAt: Date },
  told: ReadonlySet<string> = new Set(),
): Act[] {
  return text.mentionedIds
    .filter((id) => !told.has(id))
    .map((recipientId) => ({
      recipientId,
      kind: 'MENTION',
      reason: null,
      targetType,
      targetId: text.id,
      actorId: text.authorId,
      sourceId: text.id,
      occurredAt: text.writtenAt,
    }));
}
