/** Run by itself, with --expose-gc: keeps the records of many large pages, as a warm function may, and prints what memory they hold. */
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import { extract } from '../../functions/extract/extract.ts';

const PAGES = 200;
const MEGABYTE = 1024 * 1024;
const at = new Date('2026-05-02T10:00:00.000Z');
const filler = `<!--${'what no reader sees '.repeat(Math.ceil(MEGABYTE / 20))}-->`;

function record(page: number) {
  const source = Buffer.from(
    `<!doctype html><html lang="en"><title>The bridge of week ${page} was opened by the mayor</title><meta name="author" content="Ann of the ${page}th house"><link rel="canonical" href="https://size.example/weeks/number/${page}"><body>${filler}<article><h1>The bridge of week ${page} was opened by the mayor</h1><p>In week ${page} the council met again, and the <a href="/plans/of/week/${page}">plan for the bridge</a> was read aloud, discussed and sent back for the cost of its third pillar.</p></article>`,
  );
  const outcome = extract(source, { url: null, asOf: at });
  if (outcome.kind !== 'article') throw new Error(`page ${page} was refused: ${outcome.code}`);
  const raw = { bucket: null, key: `${page}.html`, versionId: null, etag: null, bytes: source.length, ...outcome.form };
  return assembleRecord(outcome.article, { raw, sourceId: null, fetchedAt: at, engineVersion: 'test' }, firstSeen(at));
}

/** Twice: memory outside the heap is freed a round later. */
function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('run with --expose-gc');
  globalThis.gc();
  globalThis.gc();
}

/** Bytes; texts decoded from large buffers lie outside the heap. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

record(0);
collectGarbage();
const before = held();
const kept = Array.from({ length: PAGES }, (_, page) => record(page));
collectGarbage();
const megabytes = (held() - before) / MEGABYTE;
process.stdout.write(JSON.stringify({ kept: kept.length, pageMegabytes: filler.length / MEGABYTE, megabytes }));
