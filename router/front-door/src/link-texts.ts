import type { Language } from './page.ts';

/** What the page behind a link of a mail says. */
export interface LinkTexts {
  readonly title: string;
  readonly intro: string;
  readonly button: string;
  readonly done: string;
}

export const VERIFY_EMAIL: Readonly<Record<Language, LinkTexts>> = {
  en: {
    title: 'Confirm your e-mail address',
    intro: 'Press the button to confirm that this e-mail address is yours.',
    button: 'Confirm the address',
    done: 'Thank you. Your e-mail address is confirmed.',
  },
  ko: {
    title: '이메일 주소 확인',
    intro: '버튼을 눌러 이 이메일 주소가 본인의 것임을 확인해 주세요.',
    button: '주소 확인하기',
    done: '감사합니다. 이메일 주소가 확인되었습니다.',
  },
};

export const RESET_PASSWORD: Readonly<Record<Language, LinkTexts>> = {
  en: {
    title: 'Choose a new password',
    intro: '10 characters or more, and none that somebody would guess.',
    button: 'Set the password',
    done: 'Your password is set, and all your sessions were ended. Sign in with the new password.',
  },
  ko: {
    title: '새 비밀번호 정하기',
    intro: '10자 이상, 다른 사람이 짐작하기 어려운 비밀번호를 정해 주세요.',
    button: '비밀번호 정하기',
    done: '새 비밀번호가 설정되었고 모든 기기에서 로그아웃되었습니다. 새 비밀번호로 로그인해 주세요.',
  },
};

export const UNSUBSCRIBE: Readonly<Record<Language, LinkTexts>> = {
  en: {
    title: 'Unsubscribe',
    intro: 'Press the button to get no more mails of this kind. Everything stays in your inbox in the community.',
    button: 'Unsubscribe',
    done: 'You will get no more mails of this kind. You can turn them on again in your settings.',
  },
  ko: {
    title: '메일 수신 거부',
    intro: '버튼을 누르면 이런 메일을 더 이상 보내지 않습니다. 알림은 커뮤니티의 알림함에 그대로 남습니다.',
    button: '수신 거부',
    done: '이제 이런 메일을 보내지 않습니다. 설정에서 언제든지 다시 켤 수 있습니다.',
  },
};

export const NEW_PASSWORD: Readonly<Record<Language, string>> = { en: 'New password', ko: '새 비밀번호' };

/** Refusals by their codes; what is not here is told in the subgraph's words, which are English. */
export const REFUSALS_KO: Readonly<Record<string, string>> = {
  INVALID_VERIFICATION_TOKEN: '이미 사용했거나 기한이 지난 링크입니다. 메일을 다시 요청해 주세요.',
  INVALID_PASSWORD_RESET_TOKEN: '이미 사용했거나 기한이 지난 링크입니다. 메일을 다시 요청해 주세요.',
  INVALID_UNSUBSCRIBE_TOKEN: '링크가 완전하지 않습니다. 메일의 링크 전체를 복사해 주세요.',
  PASSWORD_LENGTH: '비밀번호는 10자 이상 200자 이하여야 합니다.',
  PASSWORD_IS_NAME: '이메일 주소나 핸들은 비밀번호로 쓸 수 없습니다.',
  PASSWORD_COMMON: '너무 흔한 비밀번호입니다. 다른 비밀번호를 정해 주세요.',
  SERVICE_UNAVAILABLE: '지금은 처리할 수 없습니다. 잠시 후 다시 시도해 주세요.',
};
