import { type Invalid, invalid } from '@community/kit/problem';

const LANGUAGES = ['en', 'ko'];

/** What a member may change of her profile. */
export interface ProfileChange {
  readonly displayName?: string;
  readonly bio?: string;
  readonly language?: string;
}

/** The first rule that a (trimmed) change breaks, or null. */
export function checkProfile(change: ProfileChange): Invalid | null {
  const { displayName, bio, language } = change;
  if (displayName !== undefined && (displayName.length < 1 || displayName.length > 60)) {
    return invalid('A display name has 1 to 60 characters.', ['input', 'displayName']);
  }
  if (bio !== undefined && bio.length > 500) return invalid('A bio has at most 500 characters.', ['input', 'bio']);
  if (language !== undefined && !LANGUAGES.includes(language)) {
    return invalid(`The language is one of: ${LANGUAGES.join(', ')}.`, ['input', 'language']);
  }
  return null;
}
