/**
 * npm run peers: the extractors people use today and ours over the same pages, one after the other, on one machine.
 *
 * Prints accuracy and time for each, and every page where two of them beat ours by 0.1 of word F1: each is a cause to
 * find. Our models were trained on these corpora; what they reach on sites they have not seen is shown from the
 * predictions of bench/train/score-folds.ts where they are given, and stands in functions/extract/html/figures.json.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { corporaBeside, corpusFolder, type GoldPage, readGold, readPage } from '../quality/corpus.ts';
import { predict } from '../quality/predict.ts';
import { type PageScore, type Prediction, type Score, score } from '../quality/score.ts';
import { install, PEERS, type Peer, runPeer } from './peers.ts';

const HELP = `usage: npm run peers -- [CORPUS…] [--only PEER,…] [--folds FOLDER] [--out FOLDER]

  CORPUS        a corpus folder, or the name of one beside the project; without it, all that are beside it
  --only        of: copydesk, trafilatura, rs-trafilatura, readability, defuddle
  --folds FOLDER  what bench/train/score-folds.ts --predictions wrote: ours on sites not seen in training, which is then
                what peers are compared with
  --out FOLDER  keep every prediction there as CORPUS.PEER.ndjson, and use what is there instead of running a peer again

  npm run peers -- articles --only copydesk,trafilatura
`;

/** Our row for sites that the models had not seen. */
const UNSEEN = 'copydesk, unseen sites';
/** A lead by this much of two peers at once is no accident of one tool's habits. */
const LEAD = 0.1;

function runOurs(gold: GoldPage[], folder: string): Prediction[] {
  for (const page of gold.slice(0, 30)) predict(page, readPage(folder, 'html', page.id), 'html');
  return gold.map((page) => predict(page, readPage(folder, 'html', page.id), 'html'));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    folds: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const names = values.only?.split(',') ?? ['copydesk', ...Object.keys(PEERS)];
const unknown = names.filter((name) => name !== 'copydesk' && !Object.hasOwn(PEERS, name));
const corpora = positionals.length > 0 ? positionals : corporaBeside();
if (values.help || corpora.length === 0 || unknown.length > 0) {
  if (corpora.length === 0) process.stderr.write('No corpora are beside the project; name a folder.\n');
  if (unknown.length > 0) process.stderr.write(`No peer called ${unknown.join(', ')}.\n`);
  (values.help ? process.stdout : process.stderr).write(HELP);
  process.exit(values.help ? 0 : 2);
}
if (values.out) mkdirSync(values.out, { recursive: true });
if (names.some((name) => name !== 'copydesk')) install();

const readPredictions = (path: string): Prediction[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Prediction);

for (const corpus of corpora) {
  const folder = corpusFolder(corpus);
  const gold = readGold(folder);
  const results = new Map<string, { score: Score; byPage: PageScore[] }>();
  for (const name of names) {
    const kept = values.out ? join(values.out, `${basename(corpus)}.${name}.ndjson`) : null;
    let predictions: Prediction[];
    if (name === 'copydesk') predictions = runOurs(gold, folder);
    else if (kept && existsSync(kept)) predictions = readPredictions(kept);
    else predictions = await runPeer(name as Peer, folder);
    if (kept) writeFileSync(kept, predictions.map((prediction) => `${JSON.stringify(prediction)}\n`).join(''));
    results.set(name, score(gold, predictions));
  }
  if (values.folds) results.set(UNSEEN, score(gold, readPredictions(join(values.folds, `${basename(corpus)}.ndjson`))));
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');

  const figure = (value: number | undefined) => (value === undefined ? '' : value.toFixed(3));
  const table = new Table({
    head: [corpus, 'word F1', 'shingle F1', 'snippet F1', 'title', 'author', 'date', 'tags F1', 'ms mean', 'ms p95'],
    style: { head: [], border: [] },
  });
  for (const [name, { score: s }] of results) {
    table.push([
      name,
      figure(s.word?.f1),
      figure(s.shingle?.f1),
      figure(s.snippet?.f1),
      figure(s.title?.exact),
      figure(s.author?.exact),
      figure(s.date?.exact),
      figure(s.tags?.f1),
      s.ms?.mean?.toFixed(1) ?? '',
      s.ms?.p95?.toFixed(1) ?? '',
    ]);
  }
  process.stdout.write(`${table}\n`);
  if (results.has('copydesk') && !values.folds) {
    process.stdout.write(
      'copydesk was trained on these pages; for unseen sites see functions/extract/html/figures.json\n',
    );
  }

  const ours = results.get(UNSEEN) ?? results.get('copydesk');
  for (const page of ours?.byPage ?? []) {
    const ahead = [...results].filter(
      ([name, { byPage }]) =>
        Object.hasOwn(PEERS, name) && (byPage.find((p) => p.id === page.id)?.f1 ?? 0) >= page.f1 + LEAD,
    );
    if (ahead.length >= 2)
      process.stdout.write(
        `behind ${ahead.map(([name]) => name).join(', ')}: ${page.f1.toFixed(3)} ${page.id} ${page.url}\n`,
      );
  }
}
