import { defineConfig } from 'vitest/config';

/** End-to-end tests against the real template on the local cloud, deployed once for all files. */
export default defineConfig({
  test: {
    include: ['test/deployed/**/*.test.ts'],
    globalSetup: ['test/deployed/deploy-once.ts'],
    testTimeout: 360_000,
    hookTimeout: 600_000,
    // One file after the other: all share one stack, and some count what is on it. Two cores also have to run the functions.
    fileParallelism: false,
  },
});
