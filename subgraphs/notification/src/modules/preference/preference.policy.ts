import { type Invalid, invalid } from '@community/kit/problem';
import { isTimeZone } from '@community/kit/time-zone';
import type { Preferences } from './preference.ts';

/** The first rule that preferences break, or null. */
export function checkPreferences(change: Partial<Pick<Preferences, 'digestHour' | 'timeZone'>>): Invalid | null {
  const { digestHour, timeZone } = change;
  if (digestHour !== undefined && (digestHour < 0 || digestHour > 23))
    return invalid('The hour of the digest is from 0 to 23.', ['input', 'digestHour']);
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return invalid('There is no such time zone. Use a name such as Asia/Seoul.', ['input', 'timeZone']);
  return null;
}
