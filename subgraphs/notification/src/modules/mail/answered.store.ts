import type { Db, Tx } from '../../database.ts';

export type AnsweredStore = ReturnType<typeof createAnsweredStore>;

/** Which sagas have got their answer: a job that is done twice answers once. */
export function createAnsweredStore(prisma: Db) {
  return {
    async has(sagaId: string): Promise<boolean> {
      return (await prisma.answeredSaga.count({ where: { sagaId } })) > 0;
    },

    /** @returns whether it is the first answer */
    async add(tx: Tx, sagaId: string): Promise<boolean> {
      return (await tx.answeredSaga.createMany({ data: [{ sagaId }], skipDuplicates: true })).count === 1;
    },
  };
}
