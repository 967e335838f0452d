import { ACCESS_TOKEN_SECONDS } from '@community/kit/member-token';
import { secondsAfter } from '../../clock.ts';

const DAY = 86_400;
/** How long a key signs. */
const SIGNS_SECONDS = 30 * DAY;
/** How long a key is published before it signs, so that nobody meets a token of a key that she does not know. */
const PUBLISHED_BEFORE_SECONDS = DAY;
/** How long a key is published after its last token has expired, for clocks that differ. */
const CLOCK_SKEW_SECONDS = 300;

interface Scheduled {
  readonly signsFrom: Date;
}

function bySchedule<Key extends Scheduled>(keys: readonly Key[]): Key[] {
  return [...keys].sort((a, b) => a.signsFrom.getTime() - b.signsFrom.getTime());
}

/** The key that signs now: the latest whose time has come. */
export function signingNow<Key extends Scheduled>(keys: readonly Key[], now: Date): Key | undefined {
  return bySchedule(keys).findLast((key) => key.signsFrom <= now);
}

/** From when a key that has to be made now shall sign; null when none has to be made. */
export function nextKeyDue(keys: readonly Scheduled[], now: Date): Date | null {
  const latest = bySchedule(keys).at(-1);
  if (!latest) return now;
  const successor = secondsAfter(latest.signsFrom, SIGNS_SECONDS);
  const publish = secondsAfter(successor, -PUBLISHED_BEFORE_SECONDS);
  if (now < publish) return null;
  const known = secondsAfter(now, PUBLISHED_BEFORE_SECONDS);
  return new Date(Math.max(successor.getTime(), known.getTime()));
}

/** Keys whose last token has expired. */
export function outlivedKeys<Key extends Scheduled>(keys: readonly Key[], now: Date): Key[] {
  const sorted = bySchedule(keys);
  return sorted.filter((_, i) => {
    const successor = sorted[i + 1];
    return successor && secondsAfter(successor.signsFrom, ACCESS_TOKEN_SECONDS + CLOCK_SKEW_SECONDS) <= now;
  });
}
