/**
 * npm run latency: milliseconds from putting an article into the uploads bucket to reading its record, one after the
 * other, on the local stack that runs, or on one started for it.
 */

import path from 'node:path';
import { parseArgs } from 'node:util';
import { MINUTE_MS } from '../../functions/article/durations.ts';
import { findStack } from '../../functions/aws/stack/stack-outputs.ts';
import { DEFAULT_DATA_FOLDER, runningStack } from '../../local/announcement.ts';
import { localStack } from '../../local/ingestion.ts';
import { followStatuses } from '../acceptance/follow.ts';
import { withTemporaryStack } from '../temporary-stack.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
/** The first starts the function; what users wait for day by day is the rest. */
const WARM_UP = 5;
const TIMEOUT_MS = MINUTE_MS;

const HELP = `usage: npm run latency -- [--count N] [--json]

  --count N   articles to put (default 100)
  --json      print the figures as JSON
`;

const { values } = parseArgs({
  options: { count: { type: 'string', default: '100' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
});

async function measure(pipeline: ReturnType<typeof localStack>, count: number): Promise<number[]> {
  const run = Date.now().toString(36);
  const milliseconds: number[] = [];
  for (let n = 0; n < WARM_UP + count; n++) {
    const begun = performance.now();
    const written = await pipeline.writer.put({
      key: `latency/${run}/${n}.html`,
      body: article(run, n),
      contentType: 'text/html',
    });
    const [upload] = await followStatuses([written], pipeline.uploads, TIMEOUT_MS);
    const [id] = upload?.articleIds ?? [];
    if (upload?.status !== 'ingested' || id === undefined || !(await pipeline.articles.get(id))) {
      throw new Error(`Article ${n} was not ingested but ${upload?.status ?? 'without status'}: ${upload?.detail}`);
    }
    if (n >= WARM_UP) milliseconds.push(performance.now() - begun);
  }
  return milliseconds.sort((a, b) => a - b);
}

function article(run: string, n: number): Uint8Array {
  const paragraph = (k: number) =>
    `<p>On day ${n} of run ${run} the measuring party went out for the ${k}. time, walked the whole length of the sea wall, and wrote down what the tide had left there.</p>`;
  return Buffer.from(
    `<!doctype html><html lang="en"><head><title>Measured for the ${n}. time</title><link rel="canonical" href="https://tides.example/${run}/${n}"></head>` +
      `<body><article><h1>Measured for the ${n}. time</h1>${Array.from({ length: 20 }, (_, k) => paragraph(k)).join('\n')}</article></body></html>`,
  );
}

function print(sorted: readonly number[]): void {
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  const figures = { count: sorted.length, p50: at(0.5), p95: at(0.95), max: at(1) };
  console.log(
    values.json
      ? JSON.stringify(figures)
      : `put → record, ${figures.count} articles: p50 ${figures.p50} ms, p95 ${figures.p95} ms, longest ${figures.max} ms`,
  );
}

const count = Number(values.count);
if (values.help) {
  console.log(HELP);
} else if (!Number.isInteger(count) || count < 1) {
  console.error(`--count takes a whole number above 0, not ${values.count}.\n\n${HELP}`);
  process.exitCode = 2;
} else {
  const running = runningStack(path.join(PROJECT, DEFAULT_DATA_FOLDER));
  if (running) {
    const { endpoint, region, stackName } = running;
    print(await measure(localStack(await findStack({ name: stackName, endpoint, region }), endpoint, region), count));
  } else {
    await withTemporaryStack(async ({ stack, endpoint, region }) =>
      print(await measure(localStack(stack, endpoint, region), count)),
    );
  }
}
