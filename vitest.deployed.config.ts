import { defineConfig } from 'vitest/config';

/** End-to-end tests against the real template on the local cloud, deployed once for all files. */
export default defineConfig({
  test: {
    include: ['test/deployed/**/*.test.ts'],
    globalSetup: ['test/deployed/deploy-once.ts'],
    testTimeout: 360_000,
    hookTimeout: 600_000,
    // Two cores also have to run the functions.
    maxWorkers: 2,
  },
});
