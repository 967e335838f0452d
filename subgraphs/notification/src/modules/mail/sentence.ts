import type { Kind, Reason, TargetType } from '../act/act.ts';

export const LANGUAGES = ['ko', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language to write to a member in; English unless she reads Korean. */
export function languageOf(language: string): Language {
  return language === 'ko' || language.startsWith('ko-') ? 'ko' : 'en';
}

/** What a sentence is made of. */
export interface Told {
  readonly kind: Kind;
  readonly reason: Reason | null;
  readonly targetType: TargetType;
  readonly actorCount: number;
  /** Handles of the latest actors, as far as they are known. */
  readonly handles: readonly string[];
}

interface Words {
  who(handles: readonly string[], count: number): string;
  readonly acts: Readonly<Record<Exclude<Kind, 'MODERATION' | 'SYSTEM'>, (who: string, told: Told) => string>>;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly other: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    who([first, second], count) {
      if (!first) return count > 1 ? `${count} members` : 'Somebody';
      if (count === 2 && second) return `@${first} and @${second}`;
      if (count > 1) return `@${first} and ${count - 1} ${count === 2 ? 'other' : 'others'}`;
      return `@${first}`;
    },
    acts: {
      COMMENT: (who) => `${who} commented on your post.`,
      REPLY: (who) => `${who} replied to your comment.`,
      MENTION: (who) => `${who} mentioned you.`,
      LIKE: (who, { actorCount, targetType }) =>
        `${who} ${actorCount === 1 ? 'likes' : 'like'} your ${targetType === 'COMMENT' ? 'comment' : 'post'}.`,
      FOLLOW: (who, { actorCount }) => `${who} ${actorCount === 1 ? 'follows' : 'follow'} you.`,
      MESSAGE: (who) => `${who} wrote to you.`,
    },
    reasons: {
      WELCOME: 'Welcome to the community.',
      ROLES_CHANGED: 'Your roles were changed.',
      POST_HIDDEN: 'A moderator took one of your posts away.',
      COMMENT_HIDDEN: 'A moderator took one of your comments away.',
      SUSPENDED: 'Your account was suspended.',
      INVITED: 'You are invited into a room.',
    },
    other: 'There is news for you.',
  },
  ko: {
    who([first, second], count) {
      if (!first) return count > 1 ? `${count}명이` : '누군가';
      if (count === 2 && second) return `@${first}님과 @${second}님이`;
      if (count > 1) return `@${first}님 외 ${count - 1}명이`;
      return `@${first}님이`;
    },
    acts: {
      COMMENT: (who) => `${who} 회원님의 글에 댓글을 남겼습니다.`,
      REPLY: (who) => `${who} 회원님의 댓글에 답글을 남겼습니다.`,
      MENTION: (who) => `${who} 회원님을 언급했습니다.`,
      LIKE: (who, { targetType }) => `${who} 회원님의 ${targetType === 'COMMENT' ? '댓글을' : '글을'} 좋아합니다.`,
      FOLLOW: (who) => `${who} 회원님을 팔로우합니다.`,
      MESSAGE: (who) => `${who} 메시지를 보냈습니다.`,
    },
    reasons: {
      WELCOME: '커뮤니티에 오신 것을 환영합니다.',
      ROLES_CHANGED: '회원님의 역할이 변경되었습니다.',
      POST_HIDDEN: '운영자가 회원님의 글을 숨겼습니다.',
      COMMENT_HIDDEN: '운영자가 회원님의 댓글을 숨겼습니다.',
      SUSPENDED: '회원님의 계정이 정지되었습니다.',
      INVITED: '대화방에 초대되었습니다.',
    },
    other: '새로운 소식이 있습니다.',
  },
};

/** Says in one sentence what a notification tells: for mails and push, where no client chooses the words. */
export function sentence(language: Language, told: Told): string {
  const words = WORDS[language];
  if (told.reason) return words.reasons[told.reason];
  if (told.kind === 'MODERATION' || told.kind === 'SYSTEM') return words.other;
  return words.acts[told.kind](words.who(told.handles, told.actorCount), told);
}
