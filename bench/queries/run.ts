/**
 * npm run queries: milliseconds of lists and records with 20,000 records loaded on the local cloud, through the API's
 * app in this process, over HTTP through gateway and function, and straight from the tables; an export of them all, with its peak of memory; a thousand requests at once.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { bulkLoad } from '../../functions/aws/articles/bulk-load.ts';
import { queryPorts } from '../../functions/aws/query-ports.ts';
import { apiAddress } from '../../functions/aws/stack/api-address.ts';
import { documentClient, s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { extract } from '../../functions/extract/extract.ts';
import { queryApp } from '../../functions/query/app.ts';
import { listArticles } from '../../functions/query/list-articles.ts';
import { announce } from '../../local/announcement.ts';
import type { LocalStack } from '../../local/local-stack.ts';
import { withTemporaryStack } from '../temporary-stack.ts';
import { syntheticRecord } from './synthetic.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const ROUNDS = 100;
const WARM_UP = 10;
const AT_ONCE = 1_000;
const LOADS_AT_ONCE = 4;
/** Loaded ahead of the command: says at its end how much memory it had at most. */
const PEAK = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => console.error('peak', Math.round(process.resourceUsage().maxRSS / 1024), 'MB'));",
)}`;
const run = promisify(execFile);

const HELP = `usage: npm run queries -- [--records N] [--latency]

  --records N   records to load (default 20000)
  --latency     milliseconds of lists and records alone: a few minutes in place of ten
`;
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    latency: { type: 'boolean', default: false },
    help: { type: 'boolean' },
  },
});

async function load({ endpoint, region, stack }: LocalStack, records: readonly ArticleRecord[]): Promise<void> {
  const documents = documentClient(connectionTo({ endpoint, region }));
  const begun = performance.now();
  let next = 0;
  const loadNext = async () => {
    for (let n = next++; n * 100 < records.length; n = next++) {
      await bulkLoad(documents, stack.outputs, records.slice(n * 100, n * 100 + 100));
    }
  };
  await Promise.all(Array.from({ length: LOADS_AT_ONCE }, loadNext));
  documents.destroy();
  console.log(`${records.length} records loaded in ${Math.round((performance.now() - begun) / 1000)} s`);
}

async function measure(
  { endpoint, region, stack }: LocalStack,
  records: readonly ArticleRecord[],
  now: Date,
): Promise<void> {
  const connection = connectionTo({ endpoint, region });
  const documents = documentClient(connection);
  const s3 = s3Client(connection);
  let requests = 0;
  const counted = (send: (args: never) => unknown) => (args: never) => {
    requests++;
    return send(args);
  };
  documents.middlewareStack.add(counted as never, { step: 'finalizeRequest', name: 'counted' });
  const faults: unknown[] = [];
  const ports = {
    ...queryPorts(documents, s3, stack.outputs, 10_000_000),
    inspect: () => Promise.reject(new Error('Nothing is looked at here.')),
    extract: async () => extract,
    engineVersion: '1.0.0',
    now: () => now,
    allowLoopback: false,
    onFault: (error: unknown) => faults.push(error),
  };
  const app = queryApp(ports, { description: { version: '1', description: 'a bench' } });
  const ask = (target: string) => async () => {
    const response = await app.request(target);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${target}: ${response.status}`);
  };
  const { articles } = ports;
  const list = (query: object) => async () =>
    void (await listArticles(articles, query, { limit: 50, cursor: null, now }));
  const idOf = (round: number) => records[(round * 37) % records.length]?.id ?? '';

  const time = (what: string, work: (round: number) => Promise<void>) => measured(what, work, () => requests);
  const site = (limit: number, name: string) => async () =>
    void (await articles.listBySite(`${name}.example`, { limit }));
  // What the local cloud takes for a request: a list of several cannot be faster than that many times as much.
  await time('one query that finds nothing', site(1, 'none'));
  await time('one query for 17 cards', site(17, 'site-7'));
  await time('latest 50 across sites, API', ask('/articles?limit=50'));
  await time('latest 50 across sites, direct', list({}));
  await time('latest 50 of a site, API', ask('/articles?site=site-7.example&limit=50'));
  await time('latest 50 of a tag, API', ask('/articles?tag=topic-7&limit=50'));
  await time('latest 50 of a tag, direct', list({ tag: 'topic-7' }));
  await time('one record, API', (round) => ask(`/articles/${idOf(round)}`)());
  // As callers do: over HTTP, through the local cloud's gateway and a function that is warm.
  const address = apiAddress(stack.outputs.queryApi, endpoint);
  const askOver = (target: string) => async () => {
    const response = await fetch(address + target, { headers: { Authorization: 'any' } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${target}: ${response.status}`);
  };
  await time('latest 50 across sites, HTTP', askOver('/articles?limit=50'));
  await time('latest 50 of a site, HTTP', askOver('/articles?site=site-7.example&limit=50'));
  await time('one record, HTTP', (round) => askOver(`/articles/${idOf(round)}`)());
  await time('one record, direct', async (round) => void (await articles.read(idOf(round))));

  if (!values.latency) await crowd(app, idOf(1), faults);
  documents.destroy();
  s3.destroy();
}

/** A thousand requests at once. */
async function crowd(app: ReturnType<typeof queryApp>, id: string, faults: readonly unknown[]): Promise<void> {
  const paths = [
    '/articles?limit=50',
    '/articles?cursor=x',
    `/articles/${id}.md`,
    `/articles/${'0'.repeat(32)}`,
    '/feed.rss',
  ];
  const started = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, n) => {
      const response = await app.request(paths[n % paths.length] as string);
      await response.arrayBuffer();
      return response.status;
    }),
  );
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  const failed = statuses.filter((status) => status >= 500).length;
  console.log(`${AT_ONCE} requests at once: ${failed} with 5xx, ${faults.length} faults, ${seconds} s`);
}

async function measured(what: string, work: (round: number) => Promise<void>, requests: () => number): Promise<void> {
  const times: number[] = [];
  let cpu = process.cpuUsage();
  let before = 0;
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    if (round === WARM_UP) {
      cpu = process.cpuUsage();
      before = requests();
    }
    const begun = performance.now();
    await work(round);
    if (round >= WARM_UP) times.push(performance.now() - begun);
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * sorted.length)] ?? Number.NaN).toFixed(1);
  const { user, system } = process.cpuUsage(cpu);
  const own = ((user + system) / 1_000 / ROUNDS).toFixed(1);
  const each = ((requests() - before) / ROUNDS).toFixed(1);
  console.log(
    `${what.padEnd(34)} p50 ${at(0.5).padStart(6)} ms  p95 ${at(0.95).padStart(6)} ms  fastest ${at(0).padStart(6)} ms  processor time here ${own.padStart(5)} ms  requests ${each}`,
  );
}

/** Runs the command line as people do, and asks it for its peak. */
async function measureExport(
  { endpoint, region, stack }: LocalStack,
  format: string,
  more: string[] = [],
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'copydesk-export-'));
  try {
    await announce(folder, { endpoint, region, stackName: stack.name, pid: process.pid });
    const out = path.join(folder, `all.${format}`);
    const begun = performance.now();
    const argv = ['--import', PEAK, path.join(PROJECT, 'cli/main.ts')];
    const { stderr, stdout } = await run(process.execPath, [
      ...argv,
      'export',
      '--data',
      folder,
      '--format',
      format,
      '--out',
      out,
      ...more,
    ]);
    const seconds = (performance.now() - begun) / 1000;
    const megabytes = ((await stat(out)).size / 1e6).toFixed(1);
    console.log(
      `export ${format}${more.length > 0 ? ` ${more.join(' ')}` : ''}: ${megabytes} MB in ${seconds.toFixed(1)} s; ${`${stdout}${stderr}`.trim().replaceAll('\n', '; ').replaceAll(folder, '')}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const count = Number(values.records);
if (values.help) {
  console.log(HELP);
} else if (!Number.isInteger(count) || count < 100) {
  console.error(`--records takes a whole number from 100 on, not ${values.records}.\n\n${HELP}`);
  process.exitCode = 2;
} else {
  await withTemporaryStack(async (local) => {
    const now = new Date();
    const records = Array.from({ length: count }, (_, n) => syntheticRecord(n, now));
    const quarter = Math.floor(count / 4);
    await load(local, records.slice(0, quarter));
    // What the command takes for itself, and for a quarter of the records.
    if (!values.latency) {
      await measureExport(local, 'ndjson', ['--site', 'none.example']);
      for (const format of ['ndjson', 'parquet']) await measureExport(local, format);
    }
    await load(local, records.slice(quarter));
    await measure(local, records, now);
    if (values.latency) return;
    for (const format of ['ndjson', 'csv', 'parquet', 'rss']) await measureExport(local, format);
    await measureExport(local, 'ndjson', ['--site', 'site-7.example']);
  });
}
