import { emit } from '@community/events/outbox';
import type { Transactions } from '@community/events/sql';
import { oncePerKey } from '@community/kit/client-mutation';
import { newId } from '@community/kit/ids';
import type { Member } from '@community/kit/member';
import {
  type Conflict,
  type Forbidden,
  forbidden,
  type Invalid,
  isProblem,
  type NotSignedIn,
  type Problem,
  problem,
  requireMember,
} from '@community/kit/problem';
import type { Tx } from '../../database.ts';
import { boardEvents } from './board.events.ts';
import { canCreateBoard, checkBoard } from './board.policy.ts';
import type { BoardStore } from './board.store.ts';
import type { Board } from './board.ts';

export type BoardService = ReturnType<typeof createBoardService>;

export interface BoardCreated {
  readonly __typename: 'CreateBoardSuccess';
  readonly board: Board;
}

export interface NewBoard {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly clientMutationId: string | null;
}

type Refused = NotSignedIn | Forbidden | Invalid | Conflict | Problem<'SlugTakenError'>;

export function createBoardService({ transactions, boards }: { transactions: Transactions<Tx>; boards: BoardStore }) {
  async function create(
    tx: Tx,
    member: Member,
    board: Omit<NewBoard, 'clientMutationId'>,
  ): Promise<BoardCreated | Problem<'SlugTakenError'>> {
    const created = await boards.create(tx, { ...board, id: newId(), createdBy: member.id });
    if (!created)
      return problem('SlugTakenError', 'SLUG_TAKEN', 'There is a board with this slug already.', ['input', 'slug']);
    await emit(transactions.sql(tx), boardEvents, {
      type: 'board.created',
      aggregateId: created.id,
      aggregateVersion: 1,
      actorId: member.id,
      payload: { boardId: created.id, slug: created.slug },
    });
    return { __typename: 'CreateBoardSuccess', board: created };
  }

  return {
    /** Makes a board; for moderators. */
    async create(viewer: Member | null, { clientMutationId, ...input }: NewBoard): Promise<BoardCreated | Refused> {
      const member = requireMember(viewer);
      if (isProblem(member)) return member;
      if (!canCreateBoard(member)) return forbidden('Only moderators make boards.');
      const board = {
        slug: input.slug.trim(),
        name: input.name.normalize('NFC').trim(),
        description: input.description.normalize('NFC').trim(),
      };
      const fault = checkBoard(board);
      if (fault) return fault;
      return transactions.run((tx) =>
        oncePerKey<BoardCreated | Problem<'SlugTakenError'>>(
          transactions.sql(tx),
          { actor: member.id, key: clientMutationId, operation: 'createBoard', input: board },
          async () => {
            const result = await create(tx, member, board);
            return isProblem(result) ? result : { result, remember: { id: result.board.id } };
          },
          async ({ id }) => {
            const earlier = await boards.byId(tx, String(id));
            if (!earlier) throw new Error(`board ${String(id)} is gone`);
            return { __typename: 'CreateBoardSuccess', board: earlier };
          },
        ),
      );
    },
  };
}
