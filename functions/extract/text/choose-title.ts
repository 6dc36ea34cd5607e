import { isAgency } from '../metadata/agencies.ts';
import type { Survey } from './features.ts';
import { headsEntry } from './live-entries.ts';
import type { TitleCandidates } from './title-features.ts';

/** What the best candidate must score: out of fold, of 30 pages whose best stayed below it 3 were right, of the next 45 25. */
const TITLE_BAR = 0.31;

/** The same among lines that the entries of a live blog outdid. */
const ENTRIES_BAR = 0.15;

/** Out of fold, odds of 1.6 to 2.7 cost no headline of 1,500 and win two captions back; more loses headlines. */
const VERBATIM_ODDS = 2.1;
const VERBATIM_WORDS = 5;

/** What papers print above their stories about them: how old they are, how long the reading takes. */
const NOTICE =
  /^(?:this (?:article|story|page|post) (?:is (?:more than|over)|was (?:last )?(?:updated|published))|dieser (?:artikel|beitrag) ist (?:mehr als|über|älter)|(?:estimated )?(?:reading|read) time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo de leitura|tempo di lettura|время чтения|czas czytania|leestijd|läsning)(?=\P{L}).{0,60}$|^\d{1,2}(?:\s?[–-]\s?\d{1,2})?[ -]min(?:ute)?s? (?:read|lesezeit|de lecture|de lectura)\b/iu;

/** The headline found: the index of its line, −1 where no line reads like one, and how much the best line does. */
export interface Headline {
  line: number;
  /** 0 to 1. */
  score: number;
}

/** Lines around the best candidate in which the same headline may stand without what is before it. */
const NEAR = 15;
/** Characters from which a line at the end of another is a headline and not its last words. */
const FEWEST_CHARACTERS = 12;

/**
 * The best of some candidates; of a row of crumbs that ends in the headline, the headline.
 *
 * @param scores of the ranking model, 0 to 1 each
 */
export function chooseTitle(survey: Survey, candidates: TitleCandidates, scores: Float32Array): Headline {
  const { lines } = survey;
  const isEntry = headsEntry(survey);
  let line = -1;
  let score = 0;
  let bar = TITLE_BAR;
  for (const [k, at] of candidates.lines.entries()) {
    const own = scores[k] ?? 0;
    // The model has seen few captions above a body; a line that stands in it word for word has the odds against it.
    const fair = (candidates.verbatim[k] ?? 0) >= VERBATIM_WORDS ? own / (own + (1 - own) * VERBATIM_ODDS) : own;
    const text = lines[at]?.text ?? '';
    if (fair <= score || isAgency(text) || NOTICE.test(text)) continue;
    if (isEntry(at)) {
      bar = ENTRIES_BAR;
      continue;
    }
    line = at;
    score = fair;
  }
  if (score <= bar) return { line: -1, score };
  const found = (lines[line]?.text ?? '').toLowerCase();
  for (const i of candidates.lines) {
    const text = lines[i]?.text ?? '';
    if (i === line || Math.abs(i - line) > NEAR || text.length < FEWEST_CHARACTERS || text.length >= found.length)
      continue;
    if (found.endsWith(text.toLowerCase())) return { line: i, score };
  }
  return { line, score };
}
