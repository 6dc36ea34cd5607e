/** Deploys the stack to a local cloud of its own before the end-to-end tests, and removes both after them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { DeployedStack } from '../../functions/aws/stack/stack-outputs.ts';
import { openLocalStack } from '../../local/local-stack.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the stack is deployed. */
    deployed: { endpoint: string; region: string; stack: DeployedStack };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'copydesk-test-'));
  const local = await openLocalStack({
    project: path.resolve(import.meta.dirname, '../..'),
    dataFolder,
    port: 0,
    // The sites that these tests watch run here.
    allowLoopback: true,
    progress: (line) => console.error(`deployed tests: ${line}`),
  }).catch(async (error: unknown) => {
    await rm(dataFolder, { recursive: true, force: true });
    throw error;
  });
  const { endpoint, region, stack } = local;
  project.provide('deployed', { endpoint, region, stack });
  return async () => {
    await local.close();
    await rm(dataFolder, { recursive: true, force: true });
  };
}
