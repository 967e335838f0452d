import { pick } from './random.ts';

export type Language = 'en' | 'ko';

const THINGS = {
  en: [
    'the harbour',
    'a night train',
    'our garden',
    'the old bakery',
    'a second-hand bicycle',
    'the public library',
    'a rainy morning',
    'the mountain path',
    'sourdough bread',
    'a small radio',
    'the ferry',
    'an open-air cinema',
  ],
  ko: [
    '항구',
    '밤 기차',
    '우리 텃밭',
    '오래된 빵집',
    '중고 자전거',
    '동네 도서관',
    '비 오는 아침',
    '등산로',
    '손칼국수',
    '작은 라디오',
    '여객선',
    '야외 영화관',
  ],
} as const;
const TITLES = {
  en: [
    'What I learned about {}',
    'A question about {}',
    '{}: worth it?',
    'Notes from {}',
    'Looking for advice on {}',
    'Three pictures of {}',
    'How do you feel about {}?',
    'My first week with {}',
  ],
  ko: [
    '{} 이야기',
    '{}에 대해 질문이 있어요',
    '{}, 어떻게 생각하세요?',
    '{}에서 보낸 하루',
    '{} 추천 부탁드립니다',
    '{} 기록',
    '요즘 빠져 있는 것: {}',
    '{} 사진 세 장',
  ],
} as const;
const SENTENCES = {
  en: [
    'I went there with a friend last weekend and stayed much longer than we had planned.',
    'Nobody told me how much patience it takes, and that is probably for the better.',
    'The best hour is early in the morning, when nobody is around.',
    'It costs less than you would think.',
    'If you have done this before, please tell me what you would do differently.',
    'We took the slow way, talked a lot, and came home after dark.',
    'My neighbour has done it for **twenty years** and still finds something new.',
    'There is a good map at https://example.org/map for those who want to try.',
    'I tried twice; the second time it worked.',
    'Perhaps we could meet and do it together one day.',
  ],
  ko: [
    '지난 주말에 친구와 다녀왔는데 생각보다 훨씬 오래 머물렀습니다.',
    '얼마나 인내심이 필요한지 아무도 말해 주지 않았는데, 차라리 잘된 일이었어요.',
    '사람이 없는 이른 아침이 가장 좋습니다.',
    '생각보다 비용이 적게 듭니다.',
    '해 보신 분이 있다면 무엇을 다르게 하실지 알려 주세요.',
    '천천히 걸으며 이야기를 많이 나누고 어두워져서야 돌아왔습니다.',
    '이웃은 **이십 년**째 하고 있는데도 늘 새로운 것을 찾는다고 합니다.',
    '관심 있는 분은 https://example.org/map 지도를 보세요.',
    '두 번 해 봤고, 두 번째에 성공했습니다.',
    '언젠가 함께 모여서 해 보면 좋겠습니다.',
  ],
} as const;
const REPLIES = {
  en: [
    'Thank you, this is exactly what I was looking for.',
    'I see it a little differently: it depends on the season.',
    'Same here!',
    'Which way did you take?',
    'Please post more of these.',
    'We tried it yesterday and it was lovely.',
    'I would start smaller, and see.',
    'Does anybody know whether it is open on Mondays?',
  ],
  ko: [
    '고맙습니다, 바로 제가 찾던 글이에요.',
    '저는 조금 다르게 봅니다. 계절에 따라 달라요.',
    '저도 그래요!',
    '어느 길로 가셨어요?',
    '이런 글 더 올려 주세요.',
    '어제 해 봤는데 정말 좋았습니다.',
    '처음에는 작게 시작해 보겠습니다.',
    '월요일에도 여는지 아시는 분 계신가요?',
  ],
} as const;
const NAMES = {
  en: ['Anna', 'Ben', 'Clara', 'David', 'Emma', 'Felix', 'Grace', 'Henry', 'Iris', 'Jonas', 'Kate', 'Leo'],
  ko: ['민아', '준호', '서연', '도윤', '하늘', '지우', '수빈', '예린', '태민', '유진', '소라', '건우'],
} as const;
const FAMILIES = {
  en: ['Baker', 'Carter', 'Fischer', 'Hill', 'Moore', 'Olsen', 'Parker', 'Reed'],
  ko: ['김', '이', '박', '최', '정', '강', '조', '윤'],
} as const;

const several = (random: () => number, list: readonly string[], most: number): string[] =>
  Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(random, list));

export const displayName = (random: () => number, language: Language): string => {
  const [family, name] = [pick(random, FAMILIES[language]), pick(random, NAMES[language])];
  return language === 'ko' ? `${family}${name}` : `${name} ${family}`;
};

export const bio = (random: () => number, language: Language): string =>
  random() < 0.4 ? '' : pick(random, SENTENCES[language]);

export const title = (random: () => number, language: Language): string =>
  pick(random, TITLES[language]).replace('{}', pick(random, THINGS[language]));

export const body = (random: () => number, language: Language): string =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => several(random, SENTENCES[language], 4).join(' ')).join(
    '\n\n',
  );

export const reply = (random: () => number, language: Language): string =>
  several(random, REPLIES[language], 2).join(' ');
