/** What is banned unless `BANNED_WORDS_FILE` says otherwise: a beginning, that every community makes its own. */
export const DEFAULT_WORDS = `
refuse nigger*
refuse faggot*
refuse kill yourself
hold fuck*
hold motherfuck*
hold cunt*
hold bitch*
hold asshole*
hold shit
hold bullshit

hold 시발
hold 씨발
hold 씨팔
hold 병신
hold 개새끼
hold 지랄
hold 좆
hold ㅅㅂ
hold ㅆㅂ
hold ㅂㅅ
allow 시발점
allow 시발역
allow 시발택시
`;
