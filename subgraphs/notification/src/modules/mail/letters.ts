import type { Letter } from './letter.ts';
import type { Language } from './sentence.ts';

const FOOTER: Readonly<Record<Language, { member: string; account: string; open: string; stop: string }>> = {
  en: {
    member: 'You get this mail because you are a member of the community and chose to be told by mail.',
    account: 'You get this mail because somebody signed up with this address. If that was not you, ignore it.',
    open: 'Open the community',
    stop: 'Unsubscribe from mails of this kind',
  },
  ko: {
    member: '커뮤니티 회원으로서 메일 알림을 선택하셨기에 보내 드립니다.',
    account: '이 주소로 가입이 요청되어 보내 드립니다. 본인이 아니라면 무시하셔도 됩니다.',
    open: '커뮤니티 열기',
    stop: '이런 메일 수신 거부',
  },
};

/** Greets a new member. @param handle null when it is not known yet */
export function welcomeLetter(language: Language, { handle, url }: { handle: string | null; url: string }): Letter {
  const footer = FOOTER[language];
  const name = handle ? `@${handle}` : null;
  const common = { language, action: { label: footer.open, url }, footer: footer.account };
  if (language === 'ko')
    return {
      ...common,
      subject: '커뮤니티에 오신 것을 환영합니다',
      paragraphs: [
        name ? `${name}님, 환영합니다!` : '환영합니다!',
        '이제 글을 쓰고, 댓글을 달고, 다른 회원과 이야기할 수 있습니다.',
      ],
    };
  return {
    ...common,
    subject: 'Welcome to the community',
    paragraphs: [
      name ? `Welcome, ${name}!` : 'Welcome!',
      'You can write posts, comment, and talk with other members now.',
    ],
  };
}

/** Asks a member to prove that an address is hers. */
export function verificationLetter(language: Language, { url }: { url: string }): Letter {
  const common = { language, footer: FOOTER[language].account };
  if (language === 'ko')
    return {
      ...common,
      subject: '이메일 주소를 확인해 주세요',
      paragraphs: ['아래 버튼을 눌러 이 이메일 주소가 본인의 것임을 확인해 주세요.'],
      action: { label: '주소 확인하기', url },
    };
  return {
    ...common,
    subject: 'Confirm your e-mail address',
    paragraphs: ['Press the button to confirm that this e-mail address is yours.'],
    action: { label: 'Confirm the address', url },
  };
}

/** Lets a member set a new password. */
export function passwordResetLetter(language: Language, { url }: { url: string }): Letter {
  if (language === 'ko')
    return {
      language,
      subject: '비밀번호 재설정',
      paragraphs: ['아래 버튼을 눌러 새 비밀번호를 정해 주세요. 링크는 한 시간 동안 한 번만 쓸 수 있습니다.'],
      action: { label: '새 비밀번호 정하기', url },
      footer:
        '비밀번호 재설정이 요청되어 보내 드립니다. 요청하지 않으셨다면 무시하셔도 됩니다. 비밀번호는 그대로입니다.',
    };
  return {
    language,
    subject: 'Reset your password',
    paragraphs: ['Press the button to choose a new password. The link is good once, for an hour.'],
    action: { label: 'Choose a new password', url },
    footer:
      'You get this mail because somebody asked to reset your password. If that was not you, ignore it: nothing has changed.',
  };
}

/** What changed in how a member signs in, by the code that auth gives. */
const SECURITY_CHANGES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  PASSWORD_CHANGED: {
    en: 'Your password was changed, and your other sessions were ended.',
    ko: '비밀번호가 바뀌었고, 다른 기기에서는 로그아웃되었습니다.',
  },
  PASSWORD_RESET: {
    en: 'Your password was reset by a link in a mail, and all your sessions were ended.',
    ko: '메일의 링크로 비밀번호가 재설정되었고, 모든 기기에서 로그아웃되었습니다.',
  },
  TOTP_ENABLED: {
    en: 'Signing in asks for a code of your authenticator app now.',
    ko: '이제 로그인할 때 인증 앱의 코드를 묻습니다.',
  },
  TOTP_DISABLED: {
    en: 'Signing in asks for no code of an authenticator app any more.',
    ko: '이제 로그인할 때 인증 앱의 코드를 묻지 않습니다.',
  },
  RECOVERY_CODES_RENEWED: {
    en: 'You have new recovery codes; the earlier ones are good for nothing.',
    ko: '복구 코드가 새로 발급되었고, 이전 코드는 쓸 수 없습니다.',
  },
  IDENTITY_LINKED: {
    en: 'An account at another provider was linked: it signs in to your account now.',
    ko: '다른 서비스의 계정이 연결되어, 이제 그 계정으로 로그인할 수 있습니다.',
  },
  IDENTITY_UNLINKED: {
    en: 'An account at another provider was unlinked from yours.',
    ko: '다른 서비스 계정과의 연결이 해제되었습니다.',
  },
  PASSKEY_ADDED: { en: 'A passkey was added to your account.', ko: '계정에 패스키가 추가되었습니다.' },
  PASSKEY_REMOVED: { en: 'A passkey was removed from your account.', ko: '계정에서 패스키가 삭제되었습니다.' },
  RECOVERY_CODE_USED: {
    en: 'Somebody signed in with one of your recovery codes.',
    ko: '복구 코드로 로그인했습니다.',
  },
};

/** Tells a member what changed in how she signs in. */
export function securityLetter(language: Language, { change, url }: { change: string; url: string }): Letter {
  const what = SECURITY_CHANGES[change]?.[language];
  const action = { label: FOOTER[language].open, url };
  if (language === 'ko')
    return {
      language,
      action,
      subject: '로그인 방법이 바뀌었습니다',
      paragraphs: [
        what ?? '계정의 로그인 방법이 바뀌었습니다.',
        '본인이 아니라면 지금 비밀번호를 재설정하고 운영자에게 알려 주세요.',
      ],
      footer: '계정의 안전을 위해 언제나 보내 드리는 메일입니다.',
    };
  return {
    language,
    action,
    subject: 'How you sign in was changed',
    paragraphs: [
      what ?? 'Something changed in how you sign in to your account.',
      'If that was not you, reset your password now and tell those who run the community.',
    ],
    footer: 'Mails of this kind are always sent, for the safety of your account.',
  };
}

/** Tells one thing. */
export function notificationLetter(
  language: Language,
  { line, url, stopUrl }: { line: string; url: string; stopUrl: string },
): Letter {
  const footer = FOOTER[language];
  return {
    language,
    subject: line,
    paragraphs: [line],
    action: { label: footer.open, url },
    footer: footer.member,
    unsubscribe: { label: footer.stop, url: stopUrl },
  };
}

/** Sums up what is unread. @param count how many are unread; `lines` holds the latest of them */
export function digestLetter(
  language: Language,
  { count, lines, url, stopUrl }: { count: number; lines: readonly string[]; url: string; stopUrl: string },
): Letter {
  const footer = FOOTER[language];
  const more = count - lines.length;
  const common = {
    language,
    action: { label: footer.open, url },
    footer: footer.member,
    unsubscribe: { label: footer.stop, url: stopUrl },
  };
  if (language === 'ko')
    return {
      ...common,
      subject: `읽지 않은 알림 ${count}개`,
      paragraphs: [`읽지 않은 알림이 ${count}개 있습니다.`],
      lines: more > 0 ? [...lines, `그 밖에 ${more}개`] : lines,
    };
  return {
    ...common,
    subject: count === 1 ? '1 unread notification' : `${count} unread notifications`,
    paragraphs: [
      count === 1
        ? 'There is 1 notification that you have not read.'
        : `There are ${count} notifications that you have not read.`,
    ],
    lines: more > 0 ? [...lines, `and ${more} more`] : lines,
  };
}
