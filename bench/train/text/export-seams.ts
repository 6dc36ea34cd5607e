/**
 * Wraps the corpora's copy at many widths and writes the seams that width alone does not settle as training data: where a
 * line of the source ended, and where only a wrapper broke it. Of most widths only the seams beside a headline are written:
 * a page has one headline, and few widths at which it is as wide as the text.
 *
 * usage: node bench/train/text/export-seams.ts EXPORT
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDomain } from 'tldts';
import { decode } from '../../../functions/extract/decode.ts';
import { splitLines } from '../../../functions/extract/text/lines.ts';
import { mendMojibake } from '../../../functions/extract/text/mojibake.ts';
import { Rows } from '../../../functions/extract/text/rows.ts';
import { SEAM_FEATURES, SeamReader } from '../../../functions/extract/text/seam-features.ts';
import { wrapOf } from '../../../functions/extract/text/wrap.ts';
import { corpusFolder, readGold, readPage } from '../../quality/corpus.ts';
import { foldOf } from './folds.ts';
import { plainWords } from './plain-words.ts';
import { wrapCopy } from './wrap-copy.ts';

const CORPORA = ['articles', 'news', 'publishers', 'multilingual'];
/** Columns of mailers, terminals and typewriters. */
const NARROWEST = 58;
const WIDEST = 82;
/** Every how many widths all seams of a page are written. */
const WHOLE = 8;
/** Every how many widths the seams of headings are. */
const HEADINGS = 3;
const LONGEST_HEADING = 160;

interface Seam {
  start: number;
  i: number;
  opens: boolean;
  headline: boolean;
  /** The paragraph before the seam is a line without a full stop: a heading, a teaser, a label. */
  heading: boolean;
}

/** The seams of a page's copy at a width; null where the copy does not count as wrapped. */
function seamsOf(source: string, title: string, width: number): { reader: SeamReader; seams: Seam[] } | null {
  const { text, origin } = wrapCopy(source, width);
  const { lines } = splitLines(text);
  const wrap = wrapOf(lines);
  if (wrap === null) return null;
  const reader = new SeamReader(lines, wrap);
  const written = source.split('\n');
  const originOf = (i: number) => origin[(lines[i]?.number ?? 1) - 1] ?? 0;
  const isTitle = (i: number) => title !== '' && plainWords(written[originOf(i)] ?? '') === title;
  const isHeading = (i: number) => {
    const line = written[originOf(i)] ?? '';
    return line.length < LONGEST_HEADING && !/[.!?…:;,]\W{0,2}$/u.test(line);
  };
  const seams: Seam[] = [];
  let start = 0;
  for (let i = 1; i < lines.length; i++) {
    const opens = originOf(i) !== originOf(i - 1);
    if (reader.couldGoOn(i) && reader.isOpen(i)) {
      // The line before, where it was joined with the headline, counts too.
      seams.push({ start, i, opens, headline: isTitle(start) || isTitle(i), heading: isHeading(start) });
    }
    if (opens || !reader.couldGoOn(i)) start = i;
  }
  return { reader, seams };
}

function main(): void {
  const [exported] = process.argv.slice(2);
  if (!exported) throw new Error('usage: node bench/train/text/export-seams.ts EXPORT');
  mkdirSync(exported, { recursive: true });
  const tables: Buffer[] = [];
  const pages: string[] = [];
  let turn = 0;
  for (const corpus of CORPORA) {
    const folder = corpusFolder(corpus);
    for (const gold of readGold(folder)) {
      const copy = mendMojibake(decode(readPage(folder, 'text', gold.id), null)?.text ?? '');
      const source = copy.replace(/\r\n?/g, '\n');
      // Other line ends count lines anew.
      if (/[\v\f\u0085\u2028\u2029]/.test(source)) continue;
      turn++;
      // A few pages have no address; they are sites of their own.
      const fold = foldOf((gold.url ? getDomain(gold.url) : null) ?? gold.id);
      for (let width = NARROWEST; width <= WIDEST; width++) {
        const whole = (width + turn) % WHOLE === 0;
        const headings = (width + turn) % HEADINGS === 0;
        const found = seamsOf(source, plainWords(gold.title ?? ''), width);
        const seams = found?.seams.filter(({ headline, heading }) => whole || headline || (headings && heading)) ?? [];
        if (found === null || seams.length === 0) continue;
        const rows = new Rows(seams.length, SEAM_FEATURES.length);
        for (const [row, { start, i }] of seams.entries()) {
          rows.seek(row);
          found.reader.write(start, i, rows);
        }
        tables.push(Buffer.from(rows.values.buffer));
        const labels = seams.map(({ opens }) => (opens ? 1 : 0));
        const beside = seams.map(({ headline, heading }) => (headline ? 1 : heading ? 2 : 0));
        pages.push(JSON.stringify({ corpus, id: gold.id, fold, width, of: found.seams.length, labels, beside }));
      }
    }
  }
  writeFileSync(join(exported, 'seams.f32'), Buffer.concat(tables));
  writeFileSync(join(exported, 'seams.json'), JSON.stringify(SEAM_FEATURES));
  writeFileSync(join(exported, 'seams.ndjson'), `${pages.join('\n')}\n`);
}

main();
