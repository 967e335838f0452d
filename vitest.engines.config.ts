import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** What needs real engines: Kafka, Redis. Where the machine has none, these tests say that they are skipped, and why. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: undefined, exclude: undefined } },
  defineConfig({
    test: {
      include: ['{packages,subgraphs,router,tests}/**/*.engines.test.ts'],
      exclude: ['**/node_modules/**'],
      // Whole platforms fill the cores by themselves.
      maxWorkers: '100%',
      testTimeout: 120_000,
      hookTimeout: 180_000,
    },
  }),
);
