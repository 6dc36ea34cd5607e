/** `npm start`: the pipeline on this machine, from nothing to records. Read top to bottom. */
import path from 'node:path';
import { SingleBar } from 'cli-progress';
import { type Plan, type PlannedUpload, planUploads } from '../cli/api/put.ts';
import { readSourceFile } from '../cli/api/source-file.ts';
import { renderError } from '../cli/render/error.ts';
import { printable } from '../cli/render/printable.ts';
import { renderProblem } from '../cli/render/problem.ts';
import { findStack } from '../functions/aws/stack/stack-outputs.ts';
import { declareSources } from '../functions/scrape/sources/declare-sources.ts';
import { announce, runningStack, withdraw } from './announcement.ts';
import { type Ingestion, ingestFiles, localStack } from './ingestion.ts';
import { type LocalStack, openLocalStack } from './local-stack.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { dataOption, ingestedJson, renderIngested, renderNextSteps, renderProblems, renderWatched } from './report.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const SAMPLES = 'samples';
/** The Lambda runtime's: functions run on the Node that runs this. */
const NODE_MAJOR = 24;
const INTERRUPTED = 130;
/** What is shown of the log of a cloud that died. */
const LOG_LINES = 5;

const { stdout, stderr, env } = process;
// npm changes into the project's folder; paths are meant from where it was called.
const cwd = env.INIT_CWD ?? process.cwd();
const interruption = new AbortController();
const progress = (line: string) => stderr.write(`copydesk: ${printable(line)}\n`);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // npm passes on what the terminal has already sent.
    if (!interruption.signal.aborted) progress('stopping');
    interruption.abort();
  });
}

async function main(): Promise<number> {
  const options = readStartOptions(process.argv.slice(2), { env, cwd, project: PROJECT, stdout, stderr });
  if (typeof options === 'number') return options;
  if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR) {
    progress(
      `this is Node ${process.versions.node}, and ${NODE_MAJOR} is needed. Run npm ci, then npm start: it brings its own.`,
    );
    return 1;
  }
  const { uploads, problems } = await planFiles(options);
  showProblems(problems);
  if (uploads.length === 0) return 1;
  if (!options.once) return runUntilStopped(uploads, options);
  const code = await runOnce(uploads, options);
  return problems.length === 0 ? code : 1;
}

async function runOnce(files: PlannedUpload[], options: StartOptions): Promise<number> {
  const running = runningStack(options.dataFolder);
  if (running) {
    progress(`using the pipeline that runs at ${running.endpoint}`);
    const stack = await findStack({ name: running.stackName, endpoint: running.endpoint, region: running.region });
    return printOnce(await ingest(files, options, { ...running, stack }), options);
  }
  return withLocalStack(options, async (local) => printOnce(await ingest(files, options, local), options));
}

async function runUntilStopped(files: PlannedUpload[], options: StartOptions): Promise<number> {
  const data = dataOption(options.dataFolder, PROJECT);
  const running = runningStack(options.dataFolder);
  if (running) {
    progress(
      `already running at ${running.endpoint} (process ${running.pid}). ` +
        `To send files through it: npm start --${data} --once FILE…, or npx copydesk put FILE…${data}`,
    );
    return 1;
  }
  // What is wrong with the file is known before anything is started.
  const file = await readSourceFile(options.sources, options.sources === null ? PROJECT : cwd);
  return withLocalStack(options, async (local) => {
    const { endpoint, region, stack } = local;
    const { allowLoopback } = options;
    await announce(options.dataFolder, { endpoint, region, stackName: stack.name, pid: process.pid, allowLoopback });
    const { sources } = localStack(stack, endpoint, region);
    if (file) {
      const done = await declareSources(file.declared, sources, new Date());
      const refused = done.filter(({ did }) => did === 'refused');
      const fresh = done.filter(({ did }) => did !== 'unchanged' && did !== 'refused').length;
      progress(`${file.declared.length} sources of ${file.file}, ${fresh} of them new or changed`);
      for (const { id, reason = '' } of refused) progress(`${id} is not watched: ${reason}`);
    }
    const { ingested, problems } = await ingest(files, { ...options, onlyNew: options.files.length === 0 }, local);
    showProblems(problems);
    stdout.write(`\n${renderIngested(ingested, stdout, env)}`);
    stdout.write(renderWatched(await sources.list(), new Date(), data));
    stdout.write(renderNextSteps(endpoint, stack.outputs, ingested, data));
    await untilInterrupted();
    return 0;
  });
}

/** Opens the stack for the work, and closes it whatever happens. */
async function withLocalStack(options: StartOptions, work: (local: LocalStack) => Promise<number>): Promise<number> {
  const { dataFolder, port, allowLoopback, contactUrl } = options;
  const { signal } = interruption;
  const local = await openLocalStack({
    project: PROJECT,
    dataFolder,
    port,
    allowLoopback,
    contactUrl,
    progress,
    signal,
  });
  let died = false;
  let stopping = false;
  void local.cloud.exited.then(() => {
    // We stop it ourselves only after the work, or when interrupted.
    died = !signal.aborted && !stopping;
    interruption.abort();
  });
  try {
    const code = await work(local);
    if (!died) return code;
  } catch (error) {
    if (!died) throw error;
  } finally {
    stopping = true;
    if (!died) progress('stopping the local cloud');
    await withdraw(dataFolder);
    await local.close();
  }
  progress('the local cloud ended by itself; uploaded objects are kept, and npm start takes them up again');
  progress(`the end of ${local.cloud.logFile}:\n${await local.cloud.lastLogLines(LOG_LINES)}`);
  return 1;
}

type Reachable = Pick<LocalStack, 'endpoint' | 'region' | 'stack'>;

async function ingest(
  files: PlannedUpload[],
  { timeoutMs, onlyNew = false }: StartOptions & { onlyNew?: boolean },
  { endpoint, region, stack }: Reachable,
): Promise<Ingestion> {
  const bar = stderr.isTTY ? new SingleBar({ format: '{bar} {value} of {total} settled', stream: stderr }) : null;
  try {
    const ingestion = await ingestFiles(files, localStack(stack, endpoint, region), {
      timeoutMs,
      onlyNew,
      onUpload: (count) => {
        const known = files.length - count;
        const knownOnes = known === 0 ? '' : `; ${known} known from an earlier run`;
        progress(
          `${count === 0 ? 'nothing to upload' : `uploading ${count} ${count === 1 ? 'file' : 'files'}`}${knownOnes}`,
        );
        bar?.start(files.length, known);
      },
      onSettled: (settled) => bar?.update(settled),
      signal: interruption.signal,
    });
    return ingestion;
  } finally {
    bar?.stop();
  }
}

function printOnce({ ingested, problems }: Ingestion, { json, timeoutMs }: StartOptions): number {
  stdout.write(json ? ingestedJson(ingested) : renderIngested(ingested, stdout, env));
  stderr.write(renderProblems(ingested, stderr, env));
  showProblems(problems);
  const open = ingested.filter(({ upload }) => upload === null);
  if (open.length === 0) return problems.length === 0 ? 0 : 1;
  progress(
    `${open.length} of ${ingested.length} have no status after ${timeoutMs / 1000} s, the first being ${open[0]?.file}. ` +
      'Give them longer with --timeout SECONDS.',
  );
  return 1;
}

/** What cannot be read is known before anything is started. */
async function planFiles({ files }: StartOptions): Promise<Plan> {
  if (files.length > 0) return planUploads(files, { cwd });
  const { uploads, problems } = await planUploads([SAMPLES], { cwd: PROJECT });
  return { uploads: uploads.map((upload) => ({ ...upload, name: path.basename(upload.name) })), problems };
}

function showProblems(problems: Plan['problems']): void {
  for (const problem of problems) stderr.write(renderProblem(problem, stderr, env));
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    if (interruption.signal.aborted) resolve();
    else interruption.signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (interruption.signal.aborted) process.exitCode = INTERRUPTED;
  else {
    stderr.write(renderError(error));
    process.exitCode = 1;
  }
}
