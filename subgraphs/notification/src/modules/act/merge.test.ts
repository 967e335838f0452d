import { describe, expect, it } from 'vitest';
import type { Act, Operation } from './act.ts';
import { merge } from './merge.ts';

const act = (sourceId: string, changes: Partial<Act> = {}): Act => ({
  recipientId: 'author',
  kind: 'LIKE',
  reason: null,
  targetType: 'POST',
  targetId: 'post',
  actorId: sourceId,
  sourceId,
  occurredAt: new Date(0),
  ...changes,
});
const add = (one: Act): Operation => ({ operation: 'ADD', act: one });
const remove = (one: Act): Operation => ({ operation: 'REMOVE', act: one });
const retract: Operation = { operation: 'RETRACT', recipientId: 'author', targetId: 'post' };

describe('operations that follow each other', () => {
  it('come to the last one of each act', () => {
    const [mina, jun] = [act('mina'), act('jun')];
    const merged = merge([add(mina), add(jun), remove(mina), remove(jun), add(mina)]);
    expect(merged.add).toEqual([mina]);
    expect(merged.remove).toEqual([mina, jun]);
  });

  it('leave nothing of a target that is gone but what was done later, and what moderators did', () => {
    const [before, after, elsewhere] = [act('mina'), act('jun'), act('mina', { targetId: 'other' })];
    const moderated = act('event', { kind: 'MODERATION', actorId: null });
    expect(merge([add(before), add(elsewhere), add(moderated), retract, add(after)])).toMatchObject({
      add: [elsewhere, moderated, after],
      retract: [{ recipientId: 'author', targetId: 'post' }],
    });
  });

  it('look once at a pair whose block began and ended', () => {
    const review: Operation = { operation: 'REVIEW', recipientId: 'author', actorId: 'mina' };
    expect(merge([review, review]).review).toHaveLength(1);
  });
});
