/** Sends SQL on one connection, usually within somebody's transaction. */
export interface Sql {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Called when events are put into the outbox, which the relay should look for after the commit. */
  told?(): void;
}

/** Runs work in a transaction of a domain's own kind, and lends its SQL to what must be in the same one. */
export interface Transactions<Tx> {
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  sql(tx: Tx): Sql;
}
