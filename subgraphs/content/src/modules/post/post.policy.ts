import { hasRole, type Member } from '@community/kit/member';
import { type Invalid, invalid } from '@community/kit/problem';
import { readTags } from '../tag/tag.policy.ts';

const LANGUAGES = ['en', 'ko'];
const MAX_TITLE = 200;
const MAX_BODY = 40_000;

/** Only its author changes a post's words. */
export function canEdit(member: Member, post: { authorId: string }): boolean {
  return post.authorId === member.id;
}

/** Who takes a post or a comment away: its author, or a moderator; null for everybody else. */
export function removerOf(member: Member, thing: { authorId: string }): 'author' | 'moderator' | null {
  if (thing.authorId === member.id) return 'author';
  return hasRole(member, 'MODERATOR') ? 'moderator' : null;
}

/** The first rule that a (trimmed) post breaks, or null. */
export function checkPost(post: { title?: string; body?: string; language?: string }): Invalid | null {
  const { title, body, language } = post;
  if (title !== undefined && (title.length < 1 || title.length > MAX_TITLE)) {
    return invalid(`A title has 1 to ${MAX_TITLE} characters.`, ['input', 'title']);
  }
  if (body !== undefined && (body.length < 1 || body.length > MAX_BODY)) {
    return invalid(`A post has 1 to ${MAX_BODY} characters.`, ['input', 'body']);
  }
  if (language !== undefined && !LANGUAGES.includes(language)) {
    return invalid(`The language is one of: ${LANGUAGES.join(', ')}.`, ['input', 'language']);
  }
  return null;
}

/** What a member writes into a post. */
export interface PostWords {
  readonly title: string;
  readonly body: string;
  readonly language: string;
  readonly tags: readonly string[];
}

/** A post's words as they are kept: NFC, without blanks around them, tags in one spelling; or the rule that they break. */
export function readPost({ title, body, language, tags }: PostWords): PostWords | Invalid {
  const words = { title: title.normalize('NFC').trim(), body: body.normalize('NFC').trim(), language };
  const names = readTags(tags);
  if (!Array.isArray(names)) return names;
  return checkPost(words) ?? { ...words, tags: names };
}

/** The same of words that are not finished: they may be empty. */
export function readDraft(draft: PostWords): PostWords | Invalid {
  const words = readPost({ ...draft, title: draft.title.trim() || '-', body: draft.body.trim() || '-' });
  if ('code' in words) return words;
  return { ...words, title: draft.title.trim() && words.title, body: draft.body.trim() && words.body };
}
