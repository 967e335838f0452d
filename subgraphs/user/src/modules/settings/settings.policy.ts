import { type Invalid, invalid } from '@community/kit/problem';
import { isTimeZone } from '@community/kit/time-zone';
import { checkProfile } from '../profile/profile.policy.ts';
import type { Settings } from './settings.ts';

export type SettingsChange = Partial<Omit<Settings, 'version'>>;

/** The first rule that a change breaks, or null. */
export function checkSettings({ language, timeZone }: SettingsChange): Invalid | null {
  if (timeZone !== undefined && !isTimeZone(timeZone))
    return invalid('There is no such time zone. Use a name such as Asia/Seoul.', ['input', 'timeZone']);
  return checkProfile({ language });
}
