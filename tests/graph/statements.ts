import type { TestPlatform } from '../platform.ts';

/** SQL statements that requests have cost in all subgraphs together. */
export async function statements(platform: TestPlatform): Promise<number> {
  const services = Object.entries(platform.runtime().services).filter(([name]) => name !== 'gateway');
  const counts = await Promise.all(
    services.map(async ([, { url }]) =>
      Number(
        /^database_statements_total\{source="request"\} (\d+)/m.exec(
          await (await fetch(`${url}/metrics`)).text(),
        )?.[1] ?? 0,
      ),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
