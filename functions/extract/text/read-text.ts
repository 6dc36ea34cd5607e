import { chooseCanonicalUrl, parseHttpUrl, siteOf } from '../../article/canonical-url.ts';
import type { ExtractedArticle, Image, Warning } from '../../article/record.ts';
import { slug } from '../../article/slug.ts';
import { splitByline } from '../metadata/author-names.ts';
import { parseDate } from '../metadata/dates.ts';
import { settleLanguage } from '../metadata/language.ts';
import type { Context, Reading } from '../outcome.ts';
import { LISTING_DOUBTED, LISTING_REFUSED, MAX_TEXT_LINES } from '../thresholds.ts';
import type { Trace } from '../trace.ts';
import { buildBlocks } from './blocks.ts';
import { findBreadcrumbs } from './breadcrumbs.ts';
import { findAuthors } from './byline.ts';
import { findCaptions } from './captions.ts';
import { type Choice, chooseLines } from './choose-lines.ts';
import { bestSegment, type Survey, survey as surveyLines } from './features.ts';
import { openCopy } from './forms/open-copy.ts';
import { trimWire } from './forms/wire.ts';
import { headlineByRule } from './landmark.ts';
import { scoreLines } from './line-model.ts';
import { splitLines } from './lines.ts';
import { loneHeadline } from './lone-headline.ts';
import { articleChance } from './page-kind.ts';
import { findPublication } from './publication.ts';
import { refuseByShape } from './refuse.ts';
import { findSiteName } from './site-name.ts';
import { findTitle } from './title.ts';
import { bareTitle } from './title-features.ts';
import { unwrapLines } from './unwrap.ts';

/**
 * Reads the article of plain copy: a text dump, a paste, an e-mail, wire copy.
 *
 * @param source the copy, decoded
 * @returns the article, or why there is none; it does not throw on any text
 */
export function readText(source: string, context: Context): Reading {
  const copy = openCopy(source);
  context.trace?.({ step: 'text-form', rule: 'content', verdict: 'choose', text: copy.form });
  const split = splitLines(copy.text, copy.skipped);
  const lines = trimWire(copy.form === 'markdown' ? split.lines : unwrapLines(split.lines));
  const survey = surveyLines(lines);
  const unfit = refuseByShape(survey);
  if (unfit !== null) return { reject: 'NOT_ARTICLE', detail: unfit };

  // The headline guessed by rules is a landmark for the model; the one reported is found by the model's own choice.
  const landmark = headlineByRule(survey, chooseLines(survey, survey.rule));
  const choice = chooseLines(survey, scoreLines(survey, landmark));
  const headline = findTitle(survey, choice);
  const title = headline.line >= 0 ? headline.line : loneHeadline(survey, choice);
  if (title >= 0 && choice.keep[title]) drop(choice, title);
  if (choice.first < 0) {
    if (context.trace) explain(survey, choice, title, context.trace);
    return {
      reject: 'NO_CONTENT',
      detail: 'No running text was found among the lines; upload the text of an article.',
    };
  }
  const draft = buildBlocks(survey, choice.keep).text;
  const { language, direction, rule: languageRule } = settleLanguage(null, draft);

  const provenance: Record<string, string> = {};
  const at = (line: number, rule: string) => `line ${lines[line]?.number ?? 0} ${rule}`;
  const breadcrumbs = findBreadcrumbs(survey, title < 0 ? choice.first : title);
  const captions = findCaptions(survey, choice, title);
  const authors = findAuthors(survey, choice, title);
  const { published, modified } = findPublication(survey, choice, title, context.asOf, language);
  const siteName = findSiteName(survey, choice);
  // A line read as byline or date is no line of the body, whatever it scored.
  for (const found of [authors, published, modified]) {
    const line = found?.line ?? -1;
    const short = (survey.shapes[line]?.words ?? FIELD_WORDS) < FIELD_WORDS && survey.prose[line] === 0;
    if (short && choice.keep[line] && choice.first < choice.last) drop(choice, line);
  }
  const { text, blocks } = buildBlocks(survey, choice.keep);
  if (context.trace) explain(survey, choice, title, context.trace);
  const section = breadcrumbs?.value.at(-1) ?? null;

  const signed = authors !== null || copy.byline !== null;
  const dated = (published ?? modified ?? copy.date) !== null;
  const chance = articleChance(survey, choice, { title: headline.score, dated, signed });
  if (chance < LISTING_REFUSED && copy.title === null) {
    return {
      reject: 'NOT_ARTICLE',
      detail:
        'The text reads like a listing, a catalogue or a form and not like an article; upload the article it leads to.',
    };
  }
  const warnings: Warning[] = [];
  if (chance < LISTING_DOUBTED) {
    warnings.push({ code: 'MAYBE_LISTING', message: 'The text may be a listing or an overview and not one article.' });
  }
  if (split.cut) {
    const message = `The text has more than ${MAX_TEXT_LINES} lines; those after line ${lines.at(-1)?.number ?? 0} were not read.`;
    warnings.push({ code: 'TEXT_CUT', message });
  }
  const other = otherArticle(survey, choice);
  if (other !== null) {
    warnings.push({
      code: 'SECOND_ARTICLE',
      message: `The text seems to hold another article from line ${lines[other]?.number ?? 0} on; the longer one was taken.`,
    });
  }

  // What the form states outright outranks what is read from lines.
  const statedDate = copy.date === null ? null : parseDate(copy.date, { asOf: context.asOf, language });
  const names = copy.byline === null ? (authors?.value ?? []) : splitByline(copy.byline);
  const publishedAs = statedDate ?? published?.value ?? null;
  const headlineText = copy.title ?? (title >= 0 ? bareTitle(lines[title]?.text ?? '') : null);

  if (language) provenance.language = languageRule;
  provenance.text = `${at(choice.first, 'to')} line ${lines[choice.last]?.number ?? 0}`;
  if (copy.title !== null) provenance.title = copy.form;
  else if (title >= 0) provenance.title = at(title, 'headline');
  if (breadcrumbs) {
    provenance.breadcrumbs = at(breadcrumbs.line, 'breadcrumb');
    provenance.section = at(breadcrumbs.line, 'breadcrumb');
  }
  if (captions[0]) provenance.images = at(captions[0].line, 'caption');
  if (copy.byline !== null) provenance.authors = copy.form;
  else if (authors) provenance.authors = at(authors.line, 'byline');
  if (statedDate) provenance.publishedAt = copy.form;
  else if (published) provenance.publishedAt = at(published.line, 'date line');
  if (modified) provenance.modifiedAt = at(modified.line, 'date line');
  if (siteName) provenance.siteName = at(siteName.line, 'tail');

  const canonicalUrl = chooseCanonicalUrl(context.url, copy.url);
  const article: ExtractedArticle = {
    url: context.url ?? parseHttpUrl(copy.url)?.href ?? null,
    canonicalUrl,
    site: siteOf(canonicalUrl),
    siteName: siteName?.value ?? null,
    title: headlineText,
    subtitle: null,
    description: null,
    authors: names.map((name) => ({ name, url: null })),
    section: section === null ? null : { label: section, slug: slug(section) },
    breadcrumbs: breadcrumbs?.value ?? [],
    tags: [],
    publishedAt: publishedAs?.iso ?? null,
    modifiedAt: modified?.value.iso ?? null,
    publishedRaw: publishedAs?.raw ?? null,
    datePrecision: publishedAs?.precision ?? null,
    dateSource: provenance.publishedAt ?? null,
    language,
    direction,
    text,
    blocks,
    images: captions.map(
      ({ value }): Image => ({
        url: null,
        alt: null,
        caption: value.caption,
        credit: value.credit,
        width: null,
        height: null,
        afterBlock: -1,
      }),
    ),
    embeds: [],
    links: [],
    mainImage: null,
    kind: null,
    accessibleForFree: null,
    truncated: null,
    quality: { confidence: confidenceOf(survey, choice, chance), warnings },
    provenance,
  };
  return { article };
}

/** How sure the kept words are, and how much the whole reads like an article. */
function confidenceOf(survey: Survey, choice: Choice, chance: number): number {
  let words = 0;
  let sum = 0;
  for (let i = choice.first; i <= choice.last; i++) {
    if (!choice.keep[i]) continue;
    const own = survey.shapes[i]?.words ?? 0;
    words += own;
    sum += own * (choice.score[i] ?? 0);
  }
  return Math.round(100 * Math.sqrt((sum / (words + 1)) * chance)) / 100;
}

/** Words and share of the article's own worth from which another stretch is an article too. */
const OTHER_WORDS = 150;
const OTHER_SHARE = 0.4;

/** First line of another stretch that scores like an article, or null. */
function otherArticle(survey: Survey, choice: Choice): number | null {
  const own = worthOf(survey, choice, choice.first, choice.last + 1);
  for (const [from, end] of [
    [choice.last + 1, survey.lines.length],
    [0, choice.first],
  ] as const) {
    const shapes = survey.shapes.slice(from, end);
    const { first, last } = bestSegment(shapes, choice.score.subarray(from, end), SURE);
    const worth = last < 0 ? 0 : worthOf(survey, choice, from + first, from + last + 1);
    if (worth >= OTHER_WORDS && worth >= own * OTHER_SHARE) return from + first;
  }
  return null;
}

const SURE = 0.5;

function worthOf(survey: Survey, choice: Choice, from: number, end: number): number {
  let words = 0;
  for (let i = from; i < end; i++) if ((choice.score[i] ?? 0) > SURE) words += survey.shapes[i]?.words ?? 0;
  return words;
}

/** Words from which a line says more than who wrote it and when. */
const FIELD_WORDS = 15;

function drop(choice: Choice, line: number): void {
  choice.keep[line] = 0;
  choice.first = choice.keep.indexOf(1);
  choice.last = choice.keep.lastIndexOf(1);
}

/** Longest run of words a decision shows. */
const SHOWN = 120;

function explain(survey: Survey, choice: Choice, title: number, trace: Trace): void {
  for (const [i, line] of survey.lines.entries()) {
    trace({
      step: 'text-body',
      rule: i === title ? 'headline' : `score ${(choice.score[i] ?? 0).toFixed(2)}`,
      verdict: i === title ? 'choose' : choice.keep[i] ? 'keep' : 'drop',
      text: line.text.slice(0, SHOWN),
      at: `line ${line.number}`,
    });
  }
}
