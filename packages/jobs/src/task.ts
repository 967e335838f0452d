/** What a task is told of the job that it does. */
export interface Job {
  readonly id: string;
  /** 1 at the first try. */
  readonly attempt: number;
  readonly maxAttempts: number;
}

/**
 * Does one kind of job. It must be safe to repeat: a process may die between the work and its record.
 * @throws to be tried again later, with growing pauses, up to the job's `maxAttempts`
 */
export type Task = (payload: unknown, job: Job) => Promise<void>;

/** Tasks by name. */
export type Tasks = Readonly<Record<string, Task>>;
