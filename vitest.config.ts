import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  // Vite would load `graphql` once as ESM and once as CommonJS; two copies refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql/index.js') }] },
  test: {
    globalSetup: ['packages/database/src/vitest-global-setup.ts'],
    include: ['{packages,subgraphs,router,rover,schema-registry,tests}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts', '**/*.engines.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
