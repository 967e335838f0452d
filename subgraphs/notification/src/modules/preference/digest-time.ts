import type { Preferences } from './preference.ts';

const HOUR_MS = 3_600_000;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The hour and the day of the week that a clock of a time zone shows. */
function clockOf(timeZone: string): (at: Date) => { hour: number; day: number } {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hour: 'numeric', hourCycle: 'h23', weekday: 'short' });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return { hour: Number(parts.get('hour')), day: DAYS.indexOf(parts.get('weekday') ?? '') };
  };
}

/**
 * When the next digest is due: the first quarter of an hour after a moment at which the member's clock shows her hour,
 * and Monday for a weekly one. Where a change to summer time skips that hour, the one behind it.
 * @returns null when she wants none
 */
export function nextDigest(
  { digest, digestHour, timeZone }: Pick<Preferences, 'digest' | 'digestHour' | 'timeZone'>,
  after: Date,
): Date | null {
  if (digest === 'OFF') return null;
  const clock = clockOf(timeZone);
  const step = HOUR_MS / 4;
  let at = new Date(Math.floor(after.getTime() / step) * step + step);
  for (let before = clock(new Date(at.getTime() - step)); ; at = new Date(at.getTime() + step)) {
    const now = clock(at);
    // The hour begins, or was skipped: the clock jumped from before it to behind it.
    const begins = now.hour === digestHour ? before.hour !== digestHour : jumped(before.hour, now.hour, digestHour);
    if (begins && (digest === 'DAILY' || now.day === 1)) return at;
    before = now;
  }
}

/** Whether a clock went from one hour to another over a third one that it never showed. */
function jumped(from: number, to: number, hour: number): boolean {
  return (to - from + 24) % 24 > 1 && (hour - from + 24) % 24 < (to - from + 24) % 24 && hour !== from;
}
