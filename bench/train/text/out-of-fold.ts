/** The pages of an export with what models that had not seen their sites say of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from '../../../functions/extract/decode.ts';
import { type Choice, chooseLines } from '../../../functions/extract/text/choose-lines.ts';
import { chooseTitle, type Headline } from '../../../functions/extract/text/choose-title.ts';
import { type Survey, survey as surveyLines } from '../../../functions/extract/text/features.ts';
import { headlineByRule } from '../../../functions/extract/text/landmark.ts';
import { splitLines } from '../../../functions/extract/text/lines.ts';
import { mendMojibake } from '../../../functions/extract/text/mojibake.ts';
import { type TitleCandidates, titleCandidates } from '../../../functions/extract/text/title-features.ts';
import { unwrapLines } from '../../../functions/extract/text/unwrap.ts';
import { corpusFolder, type GoldPage, readGold, readPage } from '../../quality/corpus.ts';

/** No page of the corpora was saved later. */
export const AS_OF = new Date('2026-07-01T00:00:00Z');

export interface PageOutOfFold {
  corpus: string;
  site: string;
  fold: number;
  gold: GoldPage;
  survey: Survey;
  choice: Choice;
  candidates: TitleCandidates;
  /** By the headline model of the page's fold, once that has been trained. */
  headline: Headline;
}

interface ExportedPage {
  corpus: string;
  id: string;
  site: string;
  fold: number;
  words: number[];
}

/** What the line model sees of a text: its lines measured, and the line that rules take for the headline. */
export function prepare(source: string): { survey: Survey; landmark: number } {
  const survey = surveyLines(unwrapLines(splitLines(mendMojibake(source)).lines));
  return { survey, landmark: headlineByRule(survey, chooseLines(survey, survey.rule)) };
}

/** Pages in the order of the export; headlines are known from `titles.oof.f32` on. */
export function* pagesOutOfFold(exported: string): Generator<PageOutOfFold> {
  const lineScores = floatsOf(join(exported, 'oof.f32'));
  const titlePath = join(exported, 'titles.oof.f32');
  const titleScores = existsSync(titlePath) ? floatsOf(titlePath) : null;
  const golds = new Map<string, Map<string, GoldPage>>();
  let line = 0;
  let candidate = 0;
  for (const row of readFileSync(join(exported, 'pages.ndjson'), 'utf8').split('\n').filter(Boolean)) {
    const { corpus, id, site, fold, words } = JSON.parse(row) as ExportedPage;
    const folder = corpusFolder(corpus);
    const known = golds.get(corpus) ?? new Map(readGold(folder).map((one) => [one.id, one]));
    golds.set(corpus, known);
    const gold = known.get(id);
    if (!gold) throw new Error(`${id} is not in the corpus ${corpus}: export its lines anew.`);
    const { survey } = prepare(decode(readPage(folder, 'text', id), null)?.text ?? '');
    const choice = chooseLines(survey, lineScores.slice(line, line + words.length));
    line += words.length;
    const candidates = titleCandidates(survey, choice);
    const own = titleScores?.subarray(candidate, candidate + candidates.lines.length) ?? new Float32Array(0);
    candidate += candidates.lines.length;
    yield { corpus, site, fold, gold, survey, choice, candidates, headline: chooseTitle(survey, candidates, own) };
  }
}

function floatsOf(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
