/** The time now. What depends on time is given its clock, so that tests can move it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A moment `seconds` after another one. */
export function secondsAfter(date: Date, seconds: number): Date {
  return new Date(date.getTime() + seconds * 1000);
}
