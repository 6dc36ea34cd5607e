/**
 * npm run speed: what the whole record costs beside parsing alone, how it grows with the page, and what it holds in memory.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as cheerio from 'cheerio/slim';
import { decode } from '../../functions/extract/decode.ts';
import { corpusFolder, readGold, readPage } from '../quality/corpus.ts';
import { predict } from '../quality/predict.ts';
import { syntheticPage } from './synthetic-page.ts';

const HELP = `usage: npm run speed -- [CORPUS…] [--rounds N]

  CORPUS      a corpus folder, or the name of one beside the project (default: all four)
  --rounds N  measure every page N times and take its fastest (default 3)

Peers are timed page by page in npm run peers.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' }, help: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
if (values.help || !Number.isInteger(rounds) || rounds < 1) {
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exit(values.help ? 0 : 2);
}

const fastest = (run: () => void) => {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const started = performance.now();
    run();
    best = Math.min(best, performance.now() - started);
  }
  return best;
};
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

process.stdout.write('mean ms a page           load   record   ratio   KB a page\n');
for (const corpus of positionals.length > 0 ? positionals : ['articles', 'news', 'publishers', 'multilingual']) {
  const folder = corpusFolder(corpus);
  const pages = readGold(folder);
  const load: number[] = [];
  const record: number[] = [];
  const bytes: number[] = [];
  for (const page of pages.slice(0, 50)) predict(page, readPage(folder, 'html', page.id), 'html');
  for (const page of pages) {
    const source = readPage(folder, 'html', page.id);
    const text = decode(source, null)?.text ?? '';
    load.push(fastest(() => cheerio.load(text)));
    record.push(fastest(() => predict(page, source, 'html')));
    bytes.push(source.length);
  }
  const row = [
    mean(load).toFixed(2),
    mean(record).toFixed(2),
    `${(mean(record) / mean(load)).toFixed(2)} ×`,
    (mean(bytes) / 1024).toFixed(0),
  ];
  process.stdout.write(`${corpus.padEnd(20)} ${row.map((cell) => cell.padStart(8)).join(' ')}\n`);
}

process.stdout.write('\nsize of one page       ms   ms/MB   peak memory over the page\n');
for (const kilobytes of [10, 100, 1_000, 3_000, 10_000]) {
  const page = new TextEncoder().encode(syntheticPage(kilobytes * 1024));
  const gold = { id: 'synthetic', url: 'https://size.example/page', kind: 'page' };
  const ms = fastest(() => predict(gold, page, 'html'));
  // A process of its own, because the peak of this one has already been reached.
  const peak = Number(
    execFileSync(process.execPath, [join(import.meta.dirname, 'peak-memory.ts'), String(kilobytes)], {
      encoding: 'utf8',
    }),
  );
  const megabytes = page.length / 1024 / 1024;
  process.stdout.write(
    `${`${kilobytes} KB`.padEnd(16)} ${ms.toFixed(1).padStart(8)} ${(ms / megabytes).toFixed(1).padStart(7)}   ${(peak / page.length).toFixed(1)} ×\n`,
  );
}
