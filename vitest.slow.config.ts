import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What takes longer than `npm test` allows: Prisma's own command line, whole platforms started, killed and stopped. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: undefined, exclude: undefined } },
  defineConfig({
    test: {
      include: ['{packages,subgraphs,router,rover,schema-registry,tests}/**/*.slow.test.ts'],
      exclude: ['**/node_modules/**'],
      // Whole platforms fill the cores by themselves.
      maxWorkers: '100%',
      testTimeout: 180_000,
      hookTimeout: 180_000,
    },
  }),
);
