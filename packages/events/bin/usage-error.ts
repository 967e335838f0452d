/** A command that cannot be meant so; the message says what can. */
export class UsageError extends Error {}
