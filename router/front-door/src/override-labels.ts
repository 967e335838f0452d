import { createHash } from 'node:crypto';
import { memberIdIn } from '@community/kit/member-token';
import { bearerToken } from '@community/kit/request-headers';

/** What the front door says to engines of a member, and nobody else may: her place among all, for fields that move. */
export const PLACE_HEADER = 'x-override-place';

/** A percentage of `@override` has at most eight decimals, so there are so many places. */
const PLACES_A_PERCENT = 100_000_000;
/** Of whoever has no token. They are the last to go, all at once: they share answers and streams. */
export const LAST_PLACE = 100 * PLACES_A_PERCENT - 1;

/** A label that is no percentage (Apollo Federation, `@override`). */
export const LABEL = /^[a-z][\w\-:./]*$/i;
const PERCENT = /(?<=overrideLabel:\s*")percent\(([\d.]+)\)(?=")/g;
/** Nobody's own label looks so: `<` may be in none. */
const PLACED = /place<(\d+)/;

/**
 * A member's place, from 0 to `LAST_PLACE`: made of her id alone, so it is the same in every process, engine and year, and
 * whoever is among the first 10 % is among the first 20 %.
 * @param memberId undefined of whoever has no token
 */
export function placeOf(memberId: string | undefined): number {
  if (memberId === undefined) return LAST_PLACE;
  const digest = createHash('sha256').update(`override-place ${memberId}`).digest();
  return digest.readUIntBE(0, 6) % (LAST_PLACE + 1);
}

/**
 * The headers by which engines are told the place of an operation; none of the last place. The token is not verified, so
 * that a member stays on her side while auth's keys cannot be fetched; a place gives nothing to who forges one, whom the
 * subgraphs on both sides refuse.
 */
export function placeHeaders(authorization: string | undefined): Record<string, string> {
  const token = bearerToken(authorization);
  const place = token === undefined ? LAST_PLACE : placeOf(memberIdIn(token));
  return place === LAST_PLACE ? {} : { [PLACE_HEADER]: String(place) };
}

/** @param header of an operation, as `placeHeaders` gave it */
export const placeIn = (header: string | null | undefined): number => (header ? Number(header) : LAST_PLACE);

/** How many places go by a percentage. */
export const limitOf = (percent: number): number => Math.round(percent * PLACES_A_PERCENT);

export const percentOf = (limit: number): number => limit / PLACES_A_PERCENT;

/** The label that is on for so many places. */
export const labelOf = (limit: number): string => `place<${limit}`;

/**
 * A supergraph whose percentages are labels of places: planners draw a percentage anew for each operation, but ask of a
 * label whether it is on.
 * @param change gives another limit in place of one
 */
export const placeLabels = (sdl: string, change: (limit: number) => number = (limit) => limit): string =>
  sdl.replaceAll(PERCENT, (_, percent) => labelOf(change(limitOf(Number(percent)))));

/** The limits that percentages of a supergraph name. */
export const limitsIn = (sdl: string): number[] => [
  ...new Set([...sdl.matchAll(PERCENT)].map(([, percent]) => limitOf(Number(percent)))),
];

/**
 * Whether a label is on for an operation.
 * @param on the labels that are on for everybody
 */
export function isOn(label: string, place: number, on: readonly string[]): boolean {
  const limit = PLACED.exec(label)?.[1];
  return limit === undefined ? on.includes(label) : place < Number(limit);
}
