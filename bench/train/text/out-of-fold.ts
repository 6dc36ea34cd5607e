/** The pages of an export with what models that had not seen their sites say of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../../functions/extract/decode.ts';
import { Forest, type ForestFile } from '../../../functions/extract/forest.ts';
import { type Choice, chooseLines } from '../../../functions/extract/text/choose-lines.ts';
import { chooseTitle, type Headline } from '../../../functions/extract/text/choose-title.ts';
import { type Survey, survey as surveyLines } from '../../../functions/extract/text/features.ts';
import { headlineByRule } from '../../../functions/extract/text/landmark.ts';
import { type LineModelFile, type LineScorer, lineScorer } from '../../../functions/extract/text/line-model.ts';
import { splitLines } from '../../../functions/extract/text/lines.ts';
import { mendMojibake } from '../../../functions/extract/text/mojibake.ts';
import { paragraphStarts } from '../../../functions/extract/text/paragraph-start.ts';
import { SEAM_FEATURES } from '../../../functions/extract/text/seam-features.ts';
import { type TitleCandidates, titleCandidates } from '../../../functions/extract/text/title-features.ts';
import { unwrapLines } from '../../../functions/extract/text/unwrap.ts';
import { corpusFolder, type GoldPage, readGold, readPage } from '../../quality/corpus.ts';
import { FOLDS } from './folds.ts';

/** No page of the corpora was saved later. */
export const AS_OF = new Date('2026-07-01T00:00:00Z');

/** What is read of a text up to the lines that may be its headline. */
export interface TextRead {
  survey: Survey;
  choice: Choice;
  candidates: TitleCandidates;
}

export interface PageOutOfFold extends TextRead {
  corpus: string;
  fold: number;
  gold: GoldPage;
  /** The page's copy, mended. */
  source: string;
  /** By the headline model of the page's fold, once that has been trained. */
  headline: Headline;
}

interface ExportedPage {
  corpus: string;
  id: string;
  fold: number;
}

/** What the line model sees of a text: its lines measured, and the line that rules take for the headline. */
export function prepare(source: string, startsOf = paragraphStarts): { survey: Survey; landmark: number } {
  const survey = surveyLines(unwrapLines(splitLines(mendMojibake(source)).lines, startsOf));
  return { survey, landmark: headlineByRule(survey, chooseLines(survey, survey.rule)) };
}

/** Reads texts by the models of a fold, which have not seen its sites. */
export class FoldReader {
  readonly #seams: Forest[] = [];
  readonly #lines: LineScorer[] = [];

  /** @param exported the folder that {@link train_seams.py} and {@link train_lines.py} wrote the folds' models to */
  constructor(exported: string) {
    const read = <T>(name: string) => JSON.parse(readFileSync(join(exported, name), 'utf8')) as T;
    for (let fold = 0; fold < FOLDS; fold++) {
      const seams = `paragraph-start-${fold}.model.json`;
      this.#seams.push(new Forest(read<ForestFile>(seams), SEAM_FEATURES, seams));
      const lines = `lines-${fold}.model.json`;
      this.#lines.push(lineScorer(read<LineModelFile>(lines), lines));
    }
  }

  read(source: string, fold: number): TextRead {
    const seams = this.#seams[fold] as Forest;
    const { survey, landmark } = prepare(source, (lines, wrap) =>
      paragraphStarts(lines, wrap, (row) => seams.chance(row)),
    );
    const choice = chooseLines(survey, (this.#lines[fold] as LineScorer)(survey, landmark));
    return { survey, choice, candidates: titleCandidates(survey, choice) };
  }
}

/** Pages in the order of the export; headlines are known from `titles.oof.f32` on. */
export function* pagesOutOfFold(exported: string, reader = new FoldReader(exported)): Generator<PageOutOfFold> {
  const titlePath = join(exported, 'titles.oof.f32');
  const titleScores = existsSync(titlePath) ? floatsOf(titlePath) : null;
  const golds = new Map<string, Map<string, GoldPage>>();
  let candidate = 0;
  for (const row of readFileSync(join(exported, 'pages.ndjson'), 'utf8').split('\n').filter(Boolean)) {
    const { corpus, id, fold } = JSON.parse(row) as ExportedPage;
    const folder = corpusFolder(corpus);
    const known = golds.get(corpus) ?? new Map(readGold(folder).map((one) => [one.id, one]));
    golds.set(corpus, known);
    const gold = known.get(id);
    if (!gold) throw new Error(`${id} is not in the corpus ${corpus}: export its lines anew.`);
    const source = mendMojibake(decode(readPage(folder, 'text', id), null)?.text ?? '');
    const read = reader.read(source, fold);
    const { survey, candidates } = read;
    const own = titleScores?.subarray(candidate, candidate + candidates.lines.length) ?? new Float32Array(0);
    candidate += candidates.lines.length;
    yield { ...read, corpus, fold, gold, source, headline: chooseTitle(survey, candidates, own) };
  }
}

function floatsOf(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
