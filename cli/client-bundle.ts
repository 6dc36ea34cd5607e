import type { BuildOptions } from 'esbuild';

/** How the client is bundled, wherever that is done: for the package, and where its size is measured. */
export const CLIENT_BUNDLE = {
  bundle: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'] as string[],
  target: 'es2022',
} as const satisfies BuildOptions;
