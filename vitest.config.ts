import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The stack is deployed once for all end-to-end files; they have a config of their own.
    exclude: ['test/deployed/**'],
    testTimeout: 90_000,
  },
});
