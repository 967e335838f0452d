import { emitAll } from '@community/events/outbox';
import { sourceId, text, time } from '@community/import/fields';
import { type ImportStep, importStep } from '@community/import/step';
import { z } from 'zod';
import type { Tx } from '../../database.ts';
import { boardEvents } from '../board/board.events.ts';
import { checkBoard } from '../board/board.policy.ts';
import { type ImportTools, judge } from './tools.ts';

const form = z.object({
  id: sourceId,
  slug: text,
  name: text,
  description: text.default(''),
  createdBy: sourceId,
  createdAt: time,
});

export function boardImport({ transactions, store, idOf }: ImportTools): ImportStep<Tx> {
  return importStep({
    name: 'boards',
    file: 'boards.jsonl',
    form,
    async apply(tx, items) {
      const boards = items.map(({ line, item }) => ({
        ...item,
        line,
        id: idOf('board', item.id),
        createdBy: idOf('member', item.createdBy),
      }));
      const members = await store.membersAmong(
        tx,
        boards.map(({ createdBy }) => createdBy),
      );
      const { good, refused } = judge(boards, (board) =>
        members.has(board.createdBy) ? checkBoard(board)?.message : 'createdBy: there is no such member',
      );
      const { added, there } = await store.addBoards(tx, good);
      await emitAll(
        transactions.sql(tx),
        boardEvents,
        good
          .filter(({ id }) => added.delete(id))
          .map(({ id, slug, createdBy, createdAt }) => ({
            type: 'board.created',
            aggregateId: id,
            aggregateVersion: 1,
            actorId: createdBy,
            importedTime: createdAt,
            payload: { boardId: id, slug },
          })),
      );
      const taken = good.filter(({ id }) => !there.has(id));
      return [...refused, ...taken.map(({ line }) => ({ line, reason: 'slug: another board has it' }))];
    },
  });
}
