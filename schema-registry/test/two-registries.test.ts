import { createTestDatabase } from '@community/database/template';
import { until } from '@community/testing/wait';
import { expect, test } from 'vitest';
import { startRegistry } from '../src/registry.ts';
import { GRAPH, LINK } from './harness.ts';

const REF = { graphId: GRAPH, variant: 'current' };
const BY = { actor: 'test', client: '', git: {} };

test('two registries over one database launch one after the other, lose nothing, and see each other', async () => {
  await using database = await createTestDatabase({
    name: 'registries',
    migrations: [{ directory: 'prisma/registry/migrations' }],
  });
  const config = {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    databaseUrl: database.url,
    graphs: [GRAPH],
    firstKey: 'a-key-of-two-registries',
    retentionDays: 90,
  };
  const one = await startRegistry(config);
  const two = await startRegistry(config);
  try {
    const names = Array.from({ length: 10 }, (_, index) => `part${index}`);
    const results = await Promise.all(
      names.map((name, index) =>
        (index % 2 ? one : two).services.subgraphs.publish(
          REF,
          [{ name, url: `http://${name}/graphql`, sdl: `${LINK}type Query { ${name}: Int }`, revision: '' }],
          BY,
        ),
      ),
    );
    expect(results.map(({ launch }) => launch.number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    const last = results.find(({ launch }) => launch.number === 10);
    expect(last?.launch.inputs.map(({ name }) => name)).toEqual(names);
    // Each serves what the other launched, and takes keys that the other made and revoked, within seconds.
    for (const { services } of [one, two])
      await until(() => services.delivery.of(`${GRAPH}@current`)?.supergraph?.id === last?.launch.supergraphHash);
    const { key, token } = await one.services.keys.create({
      graphId: GRAPH,
      name: 'shared',
      scopes: ['read'],
      createdBy: 'test',
    });
    await until(() => two.services.keys.authenticate(token) !== null);
    await two.services.keys.revoke(GRAPH, key.id);
    await until(() => one.services.keys.authenticate(token) === null);
  } finally {
    await one.stop();
    await two.stop();
  }
});
