import { limitOf, limitsIn, percentOf, placeLabels } from '@community/front-door/override-labels';
import type { SupergraphFile } from '@community/gateway/supergraph-file';
import { replaceFile } from '@community/gateway/uplink';
import type { Logger } from '@community/kit/log';

const FOLLOW_MS = 250;
/** Percentages that a move mostly goes through. Each costs every operation about 0.3 µs, so they are not a hundred. */
const USUAL = [0, 1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 98, 99, 100];

/**
 * Keeps a supergraph for Hive Router in a file of its own, in which percentages are labels that it decides by the place of
 * an operation. It reads what it decides labels by at its start and never again: the usual percentages, and those that the
 * supergraph has then. Another one that comes later counts as the next lower until the next start, which the log says.
 */
export function followSupergraph(supergraph: SupergraphFile, path: string, log: Pick<Logger, 'warn'>) {
  const atStart = supergraph.current();
  const limits = [...new Set([...USUAL.map(limitOf), ...limitsIn(atStart)])];
  const prepared = (limit: number): number => Math.max(...limits.filter((known) => known <= limit));
  let followed: string | undefined;

  function follow(): void {
    const current = supergraph.current();
    if (current === followed) return;
    followed = current;
    const lowered = limitsIn(current).filter((limit) => !limits.includes(limit));
    if (lowered.length > 0)
      log.warn(
        { percentages: lowered.map(percentOf), until: lowered.map((limit) => percentOf(prepared(limit))) },
        'Hive Router learns these percentages of @override when it starts the next time; until then it takes the next lower',
      );
    replaceFile(path, placeLabels(current, prepared));
  }

  follow();
  const timer = setInterval(follow, FOLLOW_MS);
  return { limits, stop: () => clearInterval(timer) };
}
