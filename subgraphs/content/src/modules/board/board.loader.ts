import { isId } from '@community/kit/ids';
import { defineLoader } from '@community/kit/loader';
import type { Context } from '../../context.ts';
import type { Board } from './board.ts';

export const boardById = defineLoader<Context, string, Board | null>(async (context, ids) => {
  const known = new Map(
    (await context.stores.board.byIds(ids.filter(isId))).flatMap((board) => (board ? [[board.id, board]] : [])),
  );
  return ids.map((id) => known.get(id) ?? null);
});

export const boardBySlug = defineLoader<Context, string, Board | null>((context, slugs) =>
  context.stores.board.bySlugs(slugs),
);
