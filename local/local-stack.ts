/** The pipeline on the local cloud: opened with what earlier runs left in its folder, closed with everything saved. */
import path from 'node:path';
import { DeploymentFailed, deployStack } from '../functions/aws/stack/stack-deployment.ts';
import { type DeployedStack, findStack } from '../functions/aws/stack/stack-outputs.ts';
import { LOCAL_REGION } from '../functions/aws/stack/target.ts';
import { DEFAULT_DATA_FOLDER } from './announcement.ts';
import { type Cloud, claimPort, startCloud, stopOrphan } from './cloud.ts';
import { lock } from './lock.ts';
import { preparePython } from './python.ts';
import { limitQueries } from './query-limit.ts';
import { resume } from './resume.ts';
import { pipelineFor, synthesize } from './synthesize.ts';

export interface LocalStackOptions {
  /** Folder of the project: its CDK app, its pins, its Node. */
  project: string;
  /** Folder of the data; made where missing. */
  dataFolder: string;
  /** Port on loopback; 0 takes a free one. */
  port: number;
  /** Whether fetches may reach sites on this machine. */
  allowLoopback?: boolean;
  /** Names you to watched sites; null names nobody. */
  contactUrl?: string | null;
  /** Receives a line for every step that takes time. */
  progress: (line: string) => void;
  /** Stops the opening half-way, leaving nothing running. */
  signal?: AbortSignal;
}

export interface LocalStack {
  endpoint: string;
  region: string;
  stack: DeployedStack;
  cloud: Cloud;
  /** Saves everything and stops the cloud. */
  close(): Promise<void>;
}

/**
 * Starts the local cloud, deploys the pipeline to it and picks up what an earlier run left undone.
 *
 * @throws AlreadyRunning, PythonUnavailable, PortInUse, CloudFailed, SynthesisFailed, DeploymentFailed
 */
export async function openLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { project, dataFolder, progress, signal, allowLoopback = false, contactUrl = null } = options;
  const unlock = await lock(dataFolder);
  let cloud: Cloud | null = null;
  const close = async () => {
    await cloud?.stop();
    await unlock();
  };
  try {
    const folder = path.join(dataFolder, 'cloud');
    await stopOrphan(folder);
    const port = await claimPort(options.port);
    progress('synthesizing the stack');
    const synthesis = synthesize(project, path.join(dataFolder, 'cdk.out'), LOCAL_REGION, pipelineFor(contactUrl));
    // Awaited below; a failure meanwhile must not count as unhandled.
    synthesis.catch(() => {});

    const python = await preparePython({
      purpose: 'the local cloud',
      // Of the project and not of the data: several folders of data share it.
      folder: path.join(project, DEFAULT_DATA_FOLDER, 'python'),
      requirements: path.join(project, 'local/requirements.txt'),
      progress,
    });
    signal?.throwIfAborted();
    const nodeFolder = path.dirname(process.execPath);
    const start = () => startCloud({ python, folder, port, nodeFolder, allowLoopback });
    cloud = await start();
    progress(`local cloud at ${cloud.endpoint}`);

    const deployment = await synthesis;
    signal?.throwIfAborted();
    const target = { endpoint: cloud.endpoint, region: LOCAL_REGION };
    const outcome = await deployStack(deployment, target);
    progress(`stack ${deployment.stackName} ${outcome}`);
    if (outcome !== 'unchanged') {
      // The cloud saves its state only when it stops. Without this, one that is killed forgets the stack,
      // and a new one has other buckets: the objects would be lost.
      await cloud.stop();
      cloud = await start();
    }

    signal?.throwIfAborted();
    const stack = await findStack({ name: deployment.stackName, ...target });
    await limitQueries(stack, target);
    const resumed = await resume(stack, target);
    if (resumed > 0) progress(`ingesting ${resumed} objects of an earlier run again`);
    return { ...target, stack, cloud, close };
  } catch (error) {
    await close();
    if (error instanceof DeploymentFailed) {
      progress(`what is in ${dataFolder} stays; a folder of its own starts anew: npm start -- --data FOLDER`);
    }
    throw error;
  }
}
