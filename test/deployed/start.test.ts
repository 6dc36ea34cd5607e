import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../../cli/api/stack.ts';
import { isSettled, type Upload } from '../../functions/article/upload.ts';
import { s3Client } from '../../functions/aws/stack/clients.ts';
import { findStack } from '../../functions/aws/stack/stack-outputs.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { objectVersions } from '../../functions/aws/uploads/object-versions.ts';
import { type Announcement, runningStack } from '../../local/announcement.ts';
import { type Ingested, localStack } from '../../local/ingestion.ts';
import { copydesk } from '../support/cli.ts';
import { eventually, page, paragraphsAbout } from './stack.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');

interface Run {
  process: ChildProcess;
  stdout: string;
  stderr: string;
  /** Settles with the exit code. */
  ended: Promise<number>;
}

/** `npm start -- ARGUMENTS`, without npm in between. */
function start(...args: string[]): Run {
  // What a user exports for the real account must not matter.
  const env = { ...process.env, AWS_PROFILE: 'nobody', AWS_ENDPOINT_URL: 'http://127.0.0.1:9', COPYDESK_PORT: '0' };
  const child = spawn(process.execPath, [path.join(PROJECT, 'local/start.ts'), ...args], { env, cwd: PROJECT });
  const run: Run = { process: child, stdout: '', stderr: '', ended: once(child, 'close').then(([code]) => code) };
  child.stdout.on('data', (data) => {
    run.stdout += data;
  });
  child.stderr.on('data', (data) => {
    run.stderr += data;
  });
  return run;
}

async function finished(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const run = start(...args);
  return { code: await run.ended, stdout: run.stdout, stderr: run.stderr };
}

/** Waits until the pipeline is up and has shown what became of its files. */
const upAndShown = (run: Run, folder: string): Promise<Announcement> =>
  eventually(async () => {
    if (run.process.exitCode !== null) throw new Error(`npm start ended:\n${run.stderr}`);
    return run.stdout.includes('dynamodb query') ? runningStack(folder) : null;
  }, 'npm start shows its commands');

async function pipelineAt({ endpoint, region, stackName }: Announcement) {
  return localStack(await findStack({ name: stackName, endpoint, region }), endpoint, region);
}

/** The newest version's status, once it has one. */
const settledUpload = (pipeline: Stack, object: string): Promise<Upload> =>
  eventually(async () => {
    const upload = await pipeline.uploads.get(object);
    return upload && isSettled(upload, new Date()) ? upload : null;
  }, `${object} has a terminal status`);

/** Waits until nothing is under way: what a stop interrupts is taken up again, and rightly so. */
async function everythingSettled({ endpoint, region, stackName }: Announcement): Promise<void> {
  const stack = await findStack({ name: stackName, endpoint, region });
  const pipeline = localStack(stack, endpoint, region);
  const s3 = s3Client(connectionTo({ endpoint, region }));
  for await (const { bucket, key, versionId } of objectVersions(s3, stack.outputs.uploadsBucket)) {
    await eventually(async () => {
      const upload = await pipeline.uploads.get(`${bucket}/${key}`, versionId);
      return upload && isSettled(upload, new Date()) ? upload : null;
    }, `${key} has a terminal status`);
  }
}

describe('the command line of npm start', () => {
  it('refuses an unknown option with exit code 2', async () => {
    const { code, stdout, stderr } = await finished('--nonsense');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--nonsense');
  });

  it('names a file that is not there before it starts anything', async () => {
    const { code, stderr } = await finished('--once', 'no-such-file.html');
    expect(code).toBe(1);
    expect(stderr).toContain('no-such-file.html: there is no such file or folder');
    expect(stderr).not.toContain('synthesizing');
  });
});

describe('npm start', () => {
  let folder: string;
  let files: string;
  let run: Run;
  let running: Announcement;
  const article = () => path.join(files, 'article.html');

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'copydesk-start-'));
    files = await mkdtemp(path.join(tmpdir(), 'copydesk-files-'));
    const body = page({
      title: 'Open again',
      url: 'https://news.example/open',
      paragraphs: paragraphsAbout('the pier'),
    });
    await writeFile(article(), body);
    run = start('--data', folder, '--port', '0');
    running = await upAndShown(run, folder);
  });

  afterAll(async () => {
    run.process.kill('SIGTERM');
    await run.ended;
    await rm(folder, { recursive: true, force: true });
    await rm(files, { recursive: true, force: true });
  });

  it('shows what became of every sample and commands with the real names', async () => {
    expect(run.stdout).toMatch(/^file +status +title +section +site +published +words$/m);
    expect(run.stdout).toMatch(
      /^harbour-ferry\.html +ingested +Night ferry.* Transport +harbour-courier\.example +2026/m,
    );
    expect(run.stdout).toMatch(/^empty\.txt +rejected +EMPTY/m);
    expect(run.stdout).toMatch(/^front-page\.html +rejected +NOT_ARTICLE/m);
    expect(run.stdout).not.toMatch(/failed|no status yet/);
    const { outputs } = await pipelineAt(running);
    expect(run.stdout).toContain(
      `aws --endpoint-url ${running.endpoint} s3 cp article.html s3://${outputs.uploadsBucket}/`,
    );
    expect(run.stdout).toContain(`--table-name ${outputs.articlesTable}`);
    const status = /^ {2}npx copydesk (status) (\S+) (--data) (\S+)$/m.exec(run.stdout)?.slice(1) ?? [];
    expect(await copydesk(status)).toMatchObject({ code: 1, stderr: expect.stringContaining(running.endpoint) });
  });

  it('says so when one runs already', async () => {
    const { code, stderr } = await finished('--data', folder);
    expect(code).toBe(1);
    expect(stderr).toContain(`already running at ${running.endpoint}`);
    expect(stderr).toContain(`npm start -- --data ${folder} --once FILE…, or npx copydesk put FILE… --data ${folder}`);
  });

  it('names a port in use and how to choose another', async () => {
    const other = await mkdtemp(path.join(tmpdir(), 'copydesk-port-'));
    const server: Server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, stderr } = await finished('--data', other, '--port', String(port));
    server.close();
    await rm(other, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is in use`);
    expect(stderr).toContain('--port');
    expect(stderr).toContain('COPYDESK_PORT');
  });

  it('--once prints nothing but JSON, of every file, and uses the pipeline that runs', async () => {
    const empty = path.join(files, 'nothing.txt');
    await writeFile(empty, '');
    const { code, stdout, stderr } = await finished('--data', folder, '--once', '--json', article(), empty);
    expect(stderr).toContain(`using the pipeline that runs at ${running.endpoint}`);
    const [ingested, rejected] = JSON.parse(stdout) as Ingested[];
    expect(ingested).toMatchObject({
      file: article(),
      upload: { status: 'ingested' },
      article: { title: 'Open again' },
    });
    expect(rejected).toMatchObject({ file: empty, upload: { status: 'rejected', reason: 'EMPTY' }, article: null });
    expect(code).toBe(0);
  });

  it.runIf(process.platform === 'linux')(
    '--once goes on past a file that cannot be named, and ends with 1',
    async () => {
      await mkdir(path.join(files, 'dump'));
      await copyFile(article(), path.join(files, 'dump/fine.html'));
      await writeFile(Buffer.from(`${files}/dump/caf\xe9.txt`, 'latin1'), 'x');
      const { code, stdout, stderr } = await finished('--data', folder, '--once', '--json', path.join(files, 'dump'));
      expect(code).toBe(1);
      expect(stderr).toContain('caf\ufffd.txt: its name is not valid UTF-8');
      expect(JSON.parse(stdout)).toMatchObject([{ upload: { articleIds: [expect.any(String)] } }]);
    },
  );

  it('--once ends with exit code 1 when a file has no status in time', async () => {
    // Reading it takes far longer than asking for its status once.
    const slow = path.join(files, 'slow.html');
    await writeFile(slow, page({ title: 'Long', paragraphs: Array<string>(15_000).fill('Words '.repeat(25)) }));
    const { code, stdout, stderr } = await finished('--data', folder, '--once', '--timeout', '0.001', slow);
    expect(code).toBe(1);
    expect(stdout).toContain('no status yet');
    expect(stderr).toContain('--timeout');
    const pipeline = await pipelineAt(running);
    expect(await settledUpload(pipeline, `${pipeline.outputs.uploadsBucket}/slow.html`)).toMatchObject({
      status: 'ingested',
    });
  });

  it('says that the cloud died, with the end of its log, and ingests everything again at the next start', async () => {
    const before = await pipelineAt(running);
    const object = `${before.outputs.uploadsBucket}/article.html`;
    const versions = (await before.uploads.versionsOf(object)).map(({ version }) => version);
    const known = await settledUpload(before, object);

    const { pid } = JSON.parse(await readFile(path.join(folder, 'cloud/process.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    expect(await run.ended).toBe(1);
    expect(run.stderr).toContain('the local cloud ended by itself');
    expect(run.stderr).toContain('cloud.log');
    expect(runningStack(folder)).toBeNull();

    // Another port, which queues are named by.
    run = start('--data', folder, '--port', '0');
    running = await upAndShown(run, folder);
    expect(run.stderr).toMatch(/ingesting \d+ objects of an earlier run again/);
    const after = await pipelineAt(running);
    expect(after.outputs.uploadsBucket).toBe(before.outputs.uploadsBucket);
    const settled = await eventually(async () => {
      const found = await Promise.all(versions.map((version) => after.uploads.get(object, version)));
      return found.every((upload) => upload !== null && upload.status !== 'processing') ? found : null;
    }, 'every version has its status again');
    expect(settled).toHaveLength(versions.length);
    const newest = await after.uploads.get(object);
    expect(newest).toMatchObject({ version: known.version, articleIds: known.articleIds });
    expect(await after.articles.get(known.articleIds[0] ?? '')).toMatchObject({ title: 'Open again' });
  });

  it('keeps everything over a clean stop, and finds nothing to do again', async () => {
    const before = await pipelineAt(running);
    const object = `${before.outputs.uploadsBucket}/article.html`;
    await everythingSettled(running);
    const known = await before.uploads.get(object);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(runningStack(folder)).toBeNull();

    run = start('--data', folder, '--port', '0');
    running = await upAndShown(run, folder);
    expect(run.stderr).not.toContain('of an earlier run again');
    expect(run.stderr).toMatch(/nothing to upload; \d+ known from an earlier run/);
    expect(await (await pipelineAt(running)).uploads.get(object)).toEqual(known);
  });

  it('--once starts a cloud where none runs, ending one that outlived a killed npm start, with all its data', async () => {
    const before = await pipelineAt(running);
    const known = await settledUpload(before, `${before.outputs.uploadsBucket}/article.html`);
    run.process.kill('SIGKILL');
    await run.ended;

    const { code, stdout, stderr } = await finished('--data', folder, '--once', '--json', article());
    expect(code).toBe(0);
    expect(stderr).not.toContain('of an earlier run again');
    expect(JSON.parse(stdout)).toMatchObject([{ upload: { status: 'unchanged', articleIds: known.articleIds } }]);
    expect(runningStack(folder)).toBeNull();
  });
});
