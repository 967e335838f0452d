import { isId } from '@community/kit/ids';
import { type Invalid, invalid } from '@community/kit/problem';
import type { Image, ProfileLink } from './profile.ts';

const LANGUAGES = ['en', 'ko'];
const MAX_LINKS = 5;
const MAX_URL = 300;
const MAX_LABEL = 40;
const MAX_ALT = 200;

/** What a member may change of her profile. */
export interface ProfileChange {
  readonly displayName?: string;
  readonly bio?: string;
  readonly language?: string;
  readonly links?: readonly ProfileLink[];
  /** Null for none. */
  readonly avatar?: Image | null;
}

/** Whether a link leads to a web page: what a browser would run, and addresses that hold a password, are none. */
export function isWebAddress(text: string): boolean {
  if (text.length > MAX_URL || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '';
}

function checkLinks(links: readonly ProfileLink[]): Invalid | null {
  if (links.length > MAX_LINKS) return invalid(`A profile has at most ${MAX_LINKS} links.`, ['input', 'links']);
  for (const [place, { url, label }] of links.entries()) {
    if (!isWebAddress(url))
      return invalid(`A link begins with http:// or https:// and has at most ${MAX_URL} characters.`, [
        'input',
        'links',
        String(place),
        'url',
      ]);
    if (label.length < 1 || label.length > MAX_LABEL)
      return invalid(`A link's label has 1 to ${MAX_LABEL} characters.`, ['input', 'links', String(place), 'label']);
  }
  return null;
}

function checkAvatar({ id, alt }: Image): Invalid | null {
  if (!isId(id)) return invalid('This is not the id of an image.', ['input', 'avatar', 'id']);
  if (alt.length > MAX_ALT)
    return invalid(`The text of an image has at most ${MAX_ALT} characters.`, ['input', 'avatar', 'alt']);
  return null;
}

/** The first rule that a (trimmed) change breaks, or null. */
export function checkProfile(change: ProfileChange): Invalid | null {
  const { displayName, bio, language, links, avatar } = change;
  if (displayName !== undefined && (displayName.length < 1 || displayName.length > 60)) {
    return invalid('A display name has 1 to 60 characters.', ['input', 'displayName']);
  }
  if (bio !== undefined && bio.length > 500) return invalid('A bio has at most 500 characters.', ['input', 'bio']);
  if (language !== undefined && !LANGUAGES.includes(language)) {
    return invalid(`The language is one of: ${LANGUAGES.join(', ')}.`, ['input', 'language']);
  }
  return (links && checkLinks(links)) ?? (avatar ? checkAvatar(avatar) : null);
}
