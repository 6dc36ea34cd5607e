/** Synthesizes the CDK app and reads what it wrote: the template `cdk deploy` would deploy, and its assets. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { zipSync } from 'fflate';
import type { Asset, Deployment } from '../functions/aws/stack/stack-deployment.ts';

const run = promisify(execFile);

/** The account of the local cloud. */
const ACCOUNT = '000000000000';

export class SynthesisFailed extends Error {
  override readonly name = 'SynthesisFailed';
  readonly code = 'SYNTHESIS_FAILED';
}

interface AssetManifest {
  files: Record<
    string,
    {
      source: { path: string; packaging: 'zip' | 'file' };
      destinations: Record<string, { bucketName: string; objectKey: string }>;
    }
  >;
}

interface StackArtifact {
  type: string;
  properties?: { templateFile?: string; stackName?: string };
}

/** A CDK app of one stack. */
export interface CdkApp {
  /** Within the project. */
  file: string;
  /** As `-c name=value` gives it. */
  context: Readonly<Record<string, string>>;
}

/** The pipeline as it runs on this machine. */
export function pipelineFor(contactUrl: string | null): CdkApp {
  return {
    file: 'infra/app.ts',
    context: {
      // Every function that runs at once is a process here; more than there are cores only start more slowly.
      maxConcurrency: String(Math.max(2, availableParallelism())),
      ...(contactUrl !== null && { contactUrl }),
    },
  };
}

/**
 * Runs a CDK app.
 *
 * @param project folder of the project
 * @param output folder to write the assembly into
 * @param region fills the region in the asset bucket's name
 * @throws SynthesisFailed with what the app printed
 */
export async function synthesize(project: string, output: string, region: string, app: CdkApp): Promise<Deployment> {
  const { context } = JSON.parse(await readFile(path.join(project, 'cdk.json'), 'utf8')) as { context: object };
  const env = {
    ...process.env,
    CDK_OUTDIR: path.resolve(output),
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...app.context }),
  };
  try {
    await run(process.execPath, [path.join(project, app.file)], {
      cwd: project,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const printed = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new SynthesisFailed(`The CDK app could not be synthesized:\n${printed}`, { cause: error });
  }
  return readAssembly(output, region);
}

async function readAssembly(folder: string, region: string): Promise<Deployment> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, StackArtifact>;
  };
  const stacks = Object.entries(manifest.artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
  const [stack, ...others] = stacks;
  if (!stack || others.length > 0)
    throw new SynthesisFailed(`${folder} holds ${stacks.length} stacks in place of one.`);
  const [id, { properties }] = stack;

  const listing = JSON.parse(await readFile(path.join(folder, `${id}.assets.json`), 'utf8')) as AssetManifest;
  const files = Object.values(listing.files).map(({ source, destinations }) => {
    const [destination] = Object.values(destinations);
    if (!destination) throw new SynthesisFailed(`The asset ${source.path} has no destination.`);
    const file = path.join(folder, source.path);
    const asset: Asset = {
      bucket: destination.bucketName.replace(/\$\{AWS::AccountId\}/, ACCOUNT).replace(/\$\{AWS::Region\}/, region),
      key: destination.objectKey,
      content: () => (source.packaging === 'zip' ? zipFolder(file) : readFile(file)),
    };
    return { path: source.path, asset };
  });
  const template = files.find((file) => file.path === properties?.templateFile);
  if (!template) throw new SynthesisFailed(`The template of ${id} is not among its assets.`);
  return {
    stackName: properties?.stackName ?? id,
    template: template.asset,
    assets: files.filter((file) => file !== template).map((file) => file.asset),
  };
}

async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const name = path.relative(folder, file).split(path.sep).join('/');
        return [name, await readFile(file)] as const;
      }),
  );
  return zipSync(Object.fromEntries(contents), { level: 1 });
}
