import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import { ONE_LINE, type Survey } from './features.ts';
import { namesOf, Rows } from './rows.ts';
import { bitOf } from './vocabulary.ts';

/** Fields an article has and a listing lacks. */
export interface FieldEvidence {
  /** How much the best line reads like a headline, 0 to 1. */
  title: number;
  dated: boolean;
  signed: boolean;
}

const PRICE = /[$€£¥₹]\s?\d|\d\s?(?:[€₽]|kr\b|zł\b)/u;

/** What tells the copy of an article from that of a listing, a product or a search page: one row. */
export function pageRow(survey: Survey, choice: Choice, fields: FieldEvidence): Rows {
  const rows = new Rows(1, PAGE_FEATURES.length);
  writePageFeatures(survey, choice, fields, rows);
  return rows;
}

function writePageFeatures(survey: Survey, choice: Choice, fields: FieldEvidence, rows: Rows): void {
  const { shapes, wordings, prose, repeats, dated, core } = survey;
  const n = shapes.length;
  let words = 0;
  let proseWords = 0;
  let keptWords = 0;
  let keptProse = 0;
  let keptLines = 0;
  let keptScore = 0;
  let keptCore = 0;
  let keptCapitals = 0;
  let sure = 0;
  let unsure = 0;
  let longest = 0;
  let teasers = 0;
  let prices = 0;
  let questions = 0;
  let datedLines = 0;
  let repeated = 0;
  let short = 0;
  let offers = 0;
  let related = 0;
  let runs = 0;
  let longestRun = 0;
  let run = 0;
  let outsideProse = 0;
  for (let i = 0; i < n; i++) {
    const shape = shapes[i];
    if (!shape) continue;
    words += shape.words;
    if (prose[i]) proseWords += shape.words;
    if (shape.words < 5) short++;
    if (shape.trailsOff) teasers++;
    if (shape.words < 20 && shape.digits > 0 && PRICE.test(survey.lines[i]?.text ?? '')) prices++;
    if (
      shape.words >= 3 &&
      shape.words < 30 &&
      shape.closes === CLASS.stop &&
      (survey.lines[i]?.text ?? '').endsWith('?')
    )
      questions++;
    if (dated[i] && shape.words < 14) datedLines++;
    if ((repeats[i] ?? 1) > 1) repeated++;
    if ((wordings[i]?.begins ?? 0) & bitOf('offers')) offers++;
    if ((wordings[i]?.begins ?? 0) & bitOf('related')) related++;
    const score = choice.score[i] ?? 0;
    if (score > 0.15 && score < 0.7) unsure += shape.words;
    if (!choice.keep[i]) {
      if (prose[i]) outsideProse += shape.words;
      run = 0;
      continue;
    }
    if (run === 0) runs++;
    run += shape.words;
    longestRun = Math.max(longestRun, run);
    keptLines++;
    keptWords += shape.words;
    if (prose[i]) keptProse += shape.words;
    keptScore += score * shape.words;
    keptCore += (core[i] ?? 0) * shape.words;
    keptCapitals += shape.capitalWords;
    if (score > 0.85) sure += shape.words;
    longest = Math.max(longest, shape.words);
  }
  rows.put('lines', Math.log1p(n));
  rows.put('words', Math.log1p(words));
  rows.put('kept words', Math.log1p(keptWords));
  rows.put('kept share', keptWords / (words + 1));
  rows.put('kept prose share', keptProse / (keptWords + 1));
  rows.put('kept lines', Math.log1p(keptLines));
  rows.put('words per kept line', keptWords / (keptLines + 1));
  rows.put('kept score', keptScore / (keptWords + 1));
  rows.put('kept core', keptCore / (keptWords + 1));
  rows.put('kept capitals', keptCapitals / (keptWords + 1));
  rows.put('sure share', sure / (keptWords + 1));
  rows.put('unsure share', unsure / (words + 1));
  rows.put('longest line', Math.min(longest, 300));
  rows.put('prose share', proseWords / (words + 1));
  rows.put('prose outside', outsideProse / (proseWords + 1));
  rows.put('teasers', teasers / (n + 1));
  rows.put('teaser lines', Math.min(teasers, 30));
  rows.put('prices', prices / (n + 1));
  rows.put('price lines', Math.min(prices, 30));
  rows.put('questions', Math.min(questions, 20));
  rows.put('title', fields.title);
  rows.put('date line', fields.dated ? 1 : 0);
  rows.put('byline', fields.signed ? 1 : 0);
  rows.put('dated', datedLines / (n + 1));
  rows.put('dated lines', Math.min(datedLines, 50));
  rows.put('repeated', repeated / (n + 1));
  rows.put('short', short / (n + 1));
  rows.put('offers', offers / (n + 1));
  rows.put('related', related / (n + 1));
  rows.put('runs', Math.min(runs, 60));
  rows.put('words per run', keptWords / (runs + 1));
  rows.put('longest run share', longestRun / (keptWords + 1));
  rows.put('first line', choice.first / (n + 1));
  rows.put('last line', choice.last / (n + 1));
  rows.put('span share', keptLines / (choice.last - choice.first + 2));
}

const NOTHING: Choice = { score: new Float32Array(1), keep: new Uint8Array(1), first: -1, last: -1 };

export const PAGE_FEATURES = namesOf((rows) =>
  writePageFeatures(ONE_LINE, NOTHING, { title: 0, dated: false, signed: false }, rows),
);
