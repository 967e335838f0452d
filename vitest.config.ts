import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './packages/testing/src/long-first.ts';

const require = createRequire(import.meta.url);

export default defineConfig({
  // Vite would load `graphql` once as ESM and once as CommonJS; two copies refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }] },
  test: {
    globalSetup: ['packages/database/src/vitest-global-setup.ts'],
    include: ['{packages,subgraphs,router,rover,schema-registry,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts', '**/*.engines.test.ts'],
    // Tests wait for processes, events and clocks: one worker more than there are cores computes meanwhile. And one that
    // loads a module keeps it for its next file.
    maxWorkers: availableParallelism() + 1,
    isolate: false,
    sequence: { sequencer: LongFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
