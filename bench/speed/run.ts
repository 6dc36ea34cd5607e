/**
 * npm run speed: what the whole record costs beside parsing alone, how it grows with the page, and what it holds in memory.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as cheerio from 'cheerio/slim';
import { decode } from '../../functions/extract/decode.ts';
import { NODE_OPTIONS } from '../../functions/names.ts';
import { hasPythonPeers, install, runPeer } from '../peers/peers.ts';
import { corpusFolder, readGold, readPage } from '../quality/corpus.ts';
import { predict } from '../quality/predict.ts';
import { syntheticPage } from './synthetic-page.ts';

const HELP = `usage: npm run speed -- [CORPUS…] [--rounds N]

  CORPUS      a corpus folder, or the name of one beside the project (default: all four)
  --rounds N  measure every page N times and take its fastest (default 3)
  --peers     time Trafilatura and rs-trafilatura too, and install them first where they are not; once they are
              installed (npm run peers does so as well) they are timed without asking
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    peers: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
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
/** Timed beside ours, page by page in one pass each. */
const TIMED = ['rs-trafilatura', 'trafilatura'] as const;
const timesPeers = values.peers || hasPythonPeers();
if (timesPeers) install();

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
  if (!timesPeers) continue;
  // Peers run each page once, so ours is compared by one pass as well.
  const ours = mean(pages.map((page) => predict(page, readPage(folder, 'html', page.id), 'html').ms ?? 0));
  for (const peer of TIMED) {
    const theirs = mean((await runPeer(peer, folder)).map(({ ms }) => ms ?? 0));
    process.stdout.write(
      `  ${peer.padEnd(18)} ${theirs.toFixed(2).padStart(17)} ${`${(theirs / ours).toFixed(2)} ×`.padStart(8)} of ours\n`,
    );
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'copydesk-speed-'));
const peak = (file: string, ...mode: string[]) =>
  Number(
    execFileSync(process.execPath, [join(import.meta.dirname, 'peak-memory.ts'), file, ...mode], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS },
    }),
  );
const MEGABYTE = 1024 * 1024;
process.stdout.write('\nsize of one page       ms   ms/MB   memory at its peak over reading the page alone\n');
for (const kilobytes of [10, 100, 1_000, 3_000, 10_000]) {
  const page = new TextEncoder().encode(syntheticPage(kilobytes * 1024));
  const gold = { id: 'synthetic', url: 'https://size.example/page', kind: 'page' };
  const ms = fastest(() => predict(gold, page, 'html'));
  const file = join(scratch, `${kilobytes}.html`);
  writeFileSync(file, page);
  // Processes of their own, because the peak of this one has already been reached.
  const added = peak(file) - peak(file, 'idle');
  const row = [ms.toFixed(1).padStart(8), ((ms * MEGABYTE) / page.length).toFixed(1).padStart(7)];
  process.stdout.write(
    `${`${kilobytes} KB`.padEnd(16)} ${row.join(' ')}   ${(added / MEGABYTE).toFixed(0)} MB, ${(added / page.length).toFixed(1)} ×\n`,
  );
}
rmSync(scratch, { recursive: true });
