/**
 * npm run quality: the engine over a corpus, one prediction a line, and the published figures.
 */
import { createWriteStream, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CorpusNotFound, corpusFolder, type Input, readGold, readPage } from './corpus.ts';
import { brokenFloors, type Floors } from './floors.ts';
import { predict } from './predict.ts';
import { type Prediction, score } from './score.ts';

const HELP = `usage: npm run quality -- CORPUS… [options]

  CORPUS              a folder with gold.ndjson and html/ or text/, or the name of one
                      beside the project (articles, news, publishers, multilingual)
  --input html|text   which track to run (default html)
  --out FILE          write one prediction a line, with its milliseconds
  --worst N           list the N pages with the lowest word F1
  --floors            compare with bench/quality/floors.json; exit 1 below any
  --json              print the figures as one JSON object a corpus

  npm run quality -- articles --worst 20
  npm run quality -- articles multilingual --floors
`;

function usage(message: string): never {
  process.stderr.write(`${message}\n\n${HELP}`);
  process.exit(2);
}

const options = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        input: { type: 'string', default: 'html' },
        out: { type: 'string' },
        worst: { type: 'string', default: '0' },
        floors: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return usage((error as Error).message);
  }
})();
const { values, positionals } = options;
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (positionals.length === 0) usage('Name a corpus.');
if (values.input !== 'html' && values.input !== 'text') usage(`--input takes html or text, not ${values.input}.`);
const input: Input = values.input;
const worst = Number(values.worst);
if (!Number.isInteger(worst) || worst < 0) usage(`--worst takes a whole number, not ${values.worst}.`);

const floors = JSON.parse(readFileSync(`${import.meta.dirname}/floors.json`, 'utf8')) as Floors;
const out = values.out ? createWriteStream(values.out) : null;
let failed = false;

for (const name of positionals) {
  let folder: string;
  try {
    folder = corpusFolder(name);
  } catch (error) {
    if (error instanceof CorpusNotFound) usage(error.message);
    throw error;
  }
  const gold = readGold(folder);
  const predictions: Prediction[] = [];
  // The first pages run before the compiler has seen the code; a warm process is what a function is.
  for (const page of gold.slice(0, 30)) predict(page, readPage(folder, input, page.id), input);
  for (const [i, page] of gold.entries()) {
    const prediction = predict(page, readPage(folder, input, page.id), input);
    predictions.push(prediction);
    out?.write(`${JSON.stringify(prediction)}\n`);
    if (process.stderr.isTTY && i % 20 === 0) process.stderr.write(`\r${name} ${i + 1}/${gold.length} `);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');

  const { score: figures, byPage } = score(gold, predictions);
  if (values.json) process.stdout.write(`${JSON.stringify({ corpus: name, input, ...figures })}\n`);
  else {
    process.stdout.write(`${name} (${input}): ${figures.pages} pages\n`);
    for (const [field, value] of Object.entries(figures)) {
      if (typeof value !== 'object') continue;
      const shown = Object.entries(value).map(([k, v]) => `${k} ${Number.isInteger(v) ? v : (v as number).toFixed(4)}`);
      process.stdout.write(`  ${field.padEnd(8)} ${shown.join('  ')}\n`);
    }
  }
  for (const page of byPage.sort((a, b) => a.f1 - b.f1).slice(0, worst)) {
    process.stdout.write(
      `  ${page.f1.toFixed(3)}  P ${page.precision.toFixed(2)} R ${page.recall.toFixed(2)}  ${page.id}  ${page.url}\n`,
    );
  }
  if (values.floors) {
    for (const broken of brokenFloors(floors, name, input, figures)) {
      process.stderr.write(`floors: ${broken}\n`);
      failed = true;
    }
  }
}
out?.end();
process.exitCode = failed ? 1 : 0;
