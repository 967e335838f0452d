import type { Db } from '../../database.ts';

export interface Graph {
  readonly id: string;
  readonly title: string;
  readonly createdAt: Date;
}

export function createGraphStore(db: Db) {
  return {
    find: (id: string): Promise<Graph | null> => db.graph.findUnique({ where: { id } }),
    /** Makes a graph unless it is there. */
    async ensure(id: string): Promise<Graph> {
      return db.graph.upsert({ where: { id }, create: { id, title: id }, update: {} });
    },
  };
}

export type GraphStore = ReturnType<typeof createGraphStore>;
