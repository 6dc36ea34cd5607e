import { findCredit } from '../metadata/credit.ts';
import { CLASS } from './characters.ts';
import type { Choice } from './choose-lines.ts';
import type { Survey } from './features.ts';
import type { Found } from './found.ts';
import { bitOf } from './vocabulary.ts';

/** Lines of a copy in which the headline stands when it is copy of the article alone: a menu is longer. */
const TOP_LINES = 3;
const KICKER_WORDS = 4;
const KICKER_CHARACTERS = 40;
/** What a label above a headline says of any page, whatever stands above it. */
const GENRE =
  /^(?:opinion|op-ed|comment|commentary|editorial|column|analysis|exclusive|interview|feature|explainer|review|obituary|breaking|breaking news|special report|kommentar|meinung|kolumne|analyse|exklusiv|reportage|leitartikel|éditorial|tribune|exclusif|enquête|entretien|opinión|análisis|exclusiva|entrevista|reportaje|opinião|análise|entrevista|exclusivo|opinione|commento|analisi|esclusiva|intervista|opinie|analyse|мнение|аналитика|интервью|社説|评论|評論|分析)$/iu;
const OPINION =
  /^(?:opinion|op-ed|comment|commentary|editorial|column|kommentar|meinung|kolumne|leitartikel|éditorial|tribune|opinión|opinião|opinione|commento|opinie|мнение|社説|评论|評論)$/iu;

/** The label above the headline ("Analysis", "HARBOUR STRIKE"): what the story is, or is about. */
export function findKicker(survey: Survey, title: number): Found<string> | null {
  const i = title - 1;
  const shape = survey.shapes[i];
  const value = survey.lines[i]?.text ?? '';
  if (!shape || shape.words > KICKER_WORDS || value.length > KICKER_CHARACTERS || shape.letters === 0) return null;
  if (GENRE.test(value)) return { value, line: i };
  const labels =
    shape.closes !== CLASS.stop && shape.closes !== CLASS.colon && shape.separators === 0 && shape.digits === 0;
  const said = (survey.wordings[i]?.begins ?? 0) & ~bitOf('navigation');
  return labels && title < TOP_LINES && said === 0 && !survey.dated[i] ? { value, line: i } : null;
}

/** Whether a kicker says that somebody speaks his mind. */
export function saysOpinion(kicker: string): boolean {
  return OPINION.test(kicker);
}

const FEWEST_WORDS = 6;
const MOST_WORDS = 50;
const REACH = 3;
const NO_STANDFIRST =
  bitOf('picture') |
  bitOf('byline') |
  bitOf('stamp') |
  bitOf('related') |
  bitOf('share') |
  bitOf('offers') |
  bitOf('legal');

/**
 * The standfirst: a sentence or second headline between headline and byline. It may be part of the body as well, as on
 * the page; what tells it from a first paragraph is the byline below it, or that the body does not hold it.
 */
export function findStandfirst(survey: Survey, choice: Choice, title: number): Found<string> | null {
  if (title < 0 || title > choice.first) return null;
  for (let i = title + 1; i <= Math.min(title + REACH, choice.first); i++) {
    const shape = survey.shapes[i];
    const value = survey.lines[i]?.text ?? '';
    if (!shape || isStamp(survey, i)) return null;
    if (shape.words < FEWEST_WORDS || shape.words > MOST_WORDS || survey.repeats[i] !== 1) continue;
    if ((survey.wordings[i]?.begins ?? 0) & NO_STANDFIRST || findCredit(value) !== null || shape.separators > 1)
      continue;
    const names = shape.closes !== CLASS.stop && shape.capitalWords >= shape.words * 0.5;
    const stamped = [1, 2].some((step) => i + step <= choice.first + 1 && isStamp(survey, i + step));
    if (!names && (stamped || (choice.keep[i] === 0 && shape.closes === CLASS.stop))) return { value, line: i };
  }
  return null;
}

const STAMP_WORDS = 20;

function isStamp(survey: Survey, i: number): boolean {
  const words = survey.shapes[i]?.words ?? STAMP_WORDS;
  if (words >= STAMP_WORDS || survey.prose[i] === 1) return false;
  return survey.dated[i] === 1 || ((survey.wordings[i]?.begins ?? 0) & (bitOf('byline') | bitOf('stamp'))) !== 0;
}
