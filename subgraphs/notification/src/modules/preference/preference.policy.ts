import { type Invalid, invalid } from '@community/kit/problem';
import type { Preferences } from './preference.ts';

/** Whether a name is one of a time zone, as the IANA database has them. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** The first rule that preferences break, or null. */
export function checkPreferences(change: Partial<Pick<Preferences, 'digestHour' | 'timeZone'>>): Invalid | null {
  const { digestHour, timeZone } = change;
  if (digestHour !== undefined && (digestHour < 0 || digestHour > 23))
    return invalid('The hour of the digest is from 0 to 23.', ['input', 'digestHour']);
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return invalid('There is no such time zone. Use a name such as Asia/Seoul.', ['input', 'timeZone']);
  return null;
}
