import { liveSocketsCutTotal } from '@community/kit/metrics';

/** How many peers that did not read were cut off in this process, by whichever test: what counts is how many more. */
export async function slowCuts(): Promise<number> {
  const { values } = await liveSocketsCutTotal.get();
  return values.find(({ labels }) => labels.reason === 'slow')?.value ?? 0;
}
