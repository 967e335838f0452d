/** A post that is being written. */
export interface Draft {
  readonly id: string;
  readonly authorId: string;
  /** Null while none is chosen. */
  readonly boardId: string | null;
  readonly title: string;
  readonly body: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly savedAt: Date;
}
