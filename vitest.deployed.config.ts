import { defineConfig } from 'vitest/config';

/** End-to-end tests against the real template on the local cloud, deployed once for all files. */
export default defineConfig({
  test: {
    include: ['test/deployed/**/*.test.ts'],
    globalSetup: ['test/deployed/deploy-once.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Two cores also have to run the functions.
    maxWorkers: 2,
  },
});
