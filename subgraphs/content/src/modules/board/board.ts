/** A place for posts on one subject. */
export interface Board {
  readonly id: string;
  /** In URLs: lower case, unique. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: Date;
}
