import { newId } from '@community/kit/ids';
import { createMemberKey } from '@community/testing/member-key';
import { describe, expect, it } from 'vitest';
import {
  isOn,
  LABEL,
  LAST_PLACE,
  limitOf,
  limitsIn,
  placeHeaders,
  placeIn,
  placeLabels,
  placeOf,
} from './override-labels.ts';

describe('the place of a member', () => {
  it('is made of her id, and is so for all time: who has moved must not move back', () => {
    expect(placeOf('0199a5f0-0000-7000-8000-000000000001')).toBe(9_108_189_839);
    const { token } = createMemberKey().member({ id: '0199a5f0-0000-7000-8000-000000000001' });
    expect(placeHeaders(`Bearer ${token}`)).toEqual({ 'x-override-place': '9108189839' });
  });

  it('spreads members evenly', () => {
    const places = Array.from({ length: 1_000 }, () => placeOf(newId()));
    for (const percent of [10, 50, 90]) {
      const share = places.filter((place) => place < limitOf(percent)).length / 10;
      expect(Math.abs(share - percent), `${share} of ${percent} %`).toBeLessThan(8);
    }
  });

  it('is the last of whoever has no token, and then not said', () => {
    expect(placeOf(undefined)).toBe(LAST_PLACE);
    for (const authorization of [undefined, '', 'Bearer x', 'Bearer a.bnVsbA.c', 'Basic eDp5'])
      expect(placeHeaders(authorization)).toEqual({});
    expect(placeIn(undefined)).toBe(LAST_PLACE);
  });
});

describe('percentages of a supergraph', () => {
  const field = (label: string) => `a: Int @join__field(graph: B, override: "a", overrideLabel: "${label}")`;

  it('become labels that are on for so many places, to the eighth decimal', () => {
    const sdl = [field('percent(12.34567891)'), field('percent(100)'), field('mine'), '"percent(5)" b: Int'].join('\n');
    expect(limitsIn(sdl)).toEqual([1_234_567_891, 10_000_000_000]);
    const placed = placeLabels(sdl);
    expect(placed).toContain('overrideLabel: "place<1234567891"');
    expect(placed).toContain('overrideLabel: "mine"');
    expect(placed).toContain('"percent(5)" b');
    expect(isOn('place<1234567891', 1_234_567_890, [])).toBe(true);
    expect(isOn('place<1234567891', 1_234_567_891, [])).toBe(false);
    expect(isOn('place<10000000000', LAST_PLACE, [])).toBe(true);
    expect(isOn('place<0', 0, [])).toBe(false);
  });

  it("are apart from labels of one's own, which are on when they are set", () => {
    expect(isOn('mine', 0, ['mine'])).toBe(true);
    expect(isOn('mine', 0, [])).toBe(false);
    expect(LABEL.test('shop/search-2:ready')).toBe(true);
    for (const label of ['percent(5)', 'place<5', '2nd', '']) expect(LABEL.test(label), label).toBe(false);
  });
});
