import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { limitOf } from '@community/front-door/override-labels';
import { until } from '@community/testing/wait';
import { expect, it } from 'vitest';
import { followSupergraph } from './placed-supergraph.ts';

it('prepares Hive Router for the percentages of its start, takes the next lower of later ones, and says so', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'placed-')), 'supergraph.graphql');
  const warnings: object[] = [];
  let label = 'percent(12.5)';
  const supergraph = { current: () => `overrideLabel: "${label}"` };
  const placed = followSupergraph(supergraph, file, { warn: (about: object) => warnings.push(about) } as never);
  try {
    expect(placed.limits).toContain(limitOf(12.5));
    expect(readFileSync(file, 'utf8')).toBe('overrideLabel: "place<1250000000"');
    label = 'percent(20)';
    await until(() => readFileSync(file, 'utf8') === 'overrideLabel: "place<2000000000"');
    expect(warnings).toEqual([]);
    label = 'percent(33.3)';
    await until(() => readFileSync(file, 'utf8') === 'overrideLabel: "place<3000000000"');
    expect(warnings).toEqual([{ percentages: [33.3], until: [30] }]);
  } finally {
    placed.stop();
  }
});
