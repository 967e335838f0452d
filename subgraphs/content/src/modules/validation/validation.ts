import type { Ephemeral, RateLimit } from '@community/ephemeral/ephemeral';
import { hasRole, type Member } from '@community/kit/member';
import { type Forbidden, forbidden, type Invalid, invalid } from '@community/kit/problem';
import { countLinks } from '../../markdown.ts';
import type { Verdict } from './banned-words.ts';

export type Validation = ReturnType<typeof createValidation>;

/** More links are no talk; more than a few are looked at first. */
const MOST_LINKS = 20;
const MOST_LINKS_UNSEEN = 5;

const LIMITS = {
  post: [
    { points: 30, seconds: 600 },
    { points: 200, seconds: 86_400 },
  ],
  comment: [
    { points: 120, seconds: 600 },
    { points: 2_000, seconds: 86_400 },
  ],
} satisfies Record<string, readonly RateLimit[]>;

/** What becomes of words that may be written. */
export interface Admitted {
  /** By the code of which rule a moderator looks at them first; null when nobody need. */
  readonly heldFor: 'BANNED_WORDS' | 'MANY_LINKS' | null;
}

/** Judges what members write: by the words, the links, and how much they write in a time. */
export function createValidation({
  bannedWords,
  ephemeral,
  limited,
}: {
  bannedWords: (text: string) => Verdict | null;
  ephemeral: Pick<Ephemeral, 'consume'>;
  limited: boolean;
}) {
  return {
    /** Judges a text. What moderators write nobody need look at first. */
    judge(member: Member, text: { readonly title?: string; readonly body?: string }): Admitted | Invalid {
      const verdicts = new Set<Verdict | null>();
      for (const part of ['title', 'body'] as const) {
        const verdict = bannedWords(text[part] ?? '');
        if (verdict === 'refuse') return invalid('These words are not welcome here.', ['input', part], 'BANNED_WORDS');
        verdicts.add(verdict);
      }
      const links = countLinks(text.body ?? '');
      if (links > MOST_LINKS)
        return invalid(`A text has at most ${MOST_LINKS} links.`, ['input', 'body'], 'TOO_MANY_LINKS');
      if (hasRole(member, 'MODERATOR')) return { heldFor: null };
      if (verdicts.has('hold')) return { heldFor: 'BANNED_WORDS' };
      return { heldFor: links > MOST_LINKS_UNSEEN ? 'MANY_LINKS' : null };
    },

    /** Judges the words of an edit: what would have to be looked at first is refused, as the rest is shown already. */
    judgeEdit(member: Member, text: { readonly title?: string; readonly body?: string }): Invalid | null {
      const judged = this.judge(member, text);
      if ('code' in judged) return judged;
      if (judged.heldFor === null) return null;
      return invalid(
        'A moderator would have to look at these words first, which an edit cannot wait for.',
        ['input', text.body === undefined ? 'title' : 'body'],
        judged.heldFor,
      );
    },

    /** Counts what a member publishes. Moderators may write as much as they want. */
    async count(member: Member, kind: keyof typeof LIMITS): Promise<Forbidden | null> {
      if (!limited || hasRole(member, 'MODERATOR')) return null;
      const states = await Promise.all(
        LIMITS[kind].map((limit) => ephemeral.consume(`${kind} ${limit.seconds} ${member.id}`, limit)),
      );
      const refused = states.find(({ allowed }) => !allowed);
      if (!refused) return null;
      return forbidden(
        `That was much in a short time. Go on in ${Math.ceil(refused.resetSeconds / 60)} minutes.`,
        'WRITING_TOO_FAST',
      );
    },
  };
}
