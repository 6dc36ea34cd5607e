import { chooseCanonicalUrl, parseHttpUrl, siteOf } from '../../article/canonical-url.ts';
import type { ExtractedArticle, Image, Warning } from '../../article/record.ts';
import { REJECT_CODES } from '../../article/reject.ts';
import { slug } from '../../article/slug.ts';
import { splitByline } from '../metadata/author-names.ts';
import { parseDate } from '../metadata/dates.ts';
import { settleLanguage } from '../metadata/language.ts';
import type { Context, Reading } from '../outcome.ts';
import { LISTING_DOUBTED, LISTING_REFUSED, MAX_TEXT_LINES } from '../thresholds.ts';
import type { Trace } from '../trace.ts';
import { dropAboutAuthors, dropAsides, goOnBelowBoxes } from './asides.ts';
import { bareTitle } from './bare-title.ts';
import { buildBlocks } from './blocks.ts';
import { type Choice, chooseLines } from './choose-lines.ts';
import { unglued } from './date-line.ts';
import { type Survey, survey as surveyLines } from './features.ts';
import { type Fields, readFields, rolesOf } from './fields.ts';
import { trimArchiveCopy } from './forms/archive-copy.ts';
import { withoutBrowserPrint } from './forms/browser-print.ts';
import { withoutColumns } from './forms/columns.ts';
import { MARKED_FORMS } from './forms/copy.ts';
import { withoutEmphasis } from './forms/emphasis.ts';
import { emptyPageEdges } from './forms/form-feeds.ts';
import { trimNewsletter } from './forms/newsletter.ts';
import { withoutLineNumbers } from './forms/numbered-lines.ts';
import { openCopy } from './forms/open-copy.ts';
import { trimPrintPages } from './forms/print-pages.ts';
import { mendQuotedPrintable } from './forms/quoted-printable.ts';
import { withoutLinkList, withoutReferenceMarks } from './forms/reference-marks.ts';
import { withoutTimes } from './forms/transcript.ts';
import { trimWire } from './forms/wire.ts';
import { headlineByRule } from './landmark.ts';
import { scoreLines } from './line-model.ts';
import { splitLines } from './lines.ts';
import { loneHeadline } from './lone-headline.ts';
import { mendMojibake } from './mojibake.ts';
import { saysOpinion } from './opening.ts';
import { articleChance, holdsTeasers } from './page-kind.ts';
import { refuseByShape } from './refuse.ts';
import { findSecondArticle } from './second-article.ts';
import { standInOf } from './stand-in.ts';
import { findTitle } from './title.ts';
import { unwrapLines } from './unwrap.ts';

const NO_RUNNING_TEXT: Reading = {
  reject: 'NO_CONTENT',
  detail: 'No running text was found among the lines; upload the text of an article.',
};

/**
 * Reads the article of plain copy: a text dump, a paste, an e-mail, wire copy.
 *
 * @param source the copy, decoded
 * @returns the article, or why there is none; it does not throw on any text
 */
export function readText(source: string, context: Context): Reading {
  const written = mendMojibake(source);
  if (written !== source)
    context.trace?.({ step: 'mojibake', rule: 'UTF-8 read as Windows-1252', verdict: 'choose', text: 'mended' });
  const copy = openCopy(withoutLineNumbers(mendQuotedPrintable(written)));
  context.trace?.({ step: 'text-form', rule: 'content', verdict: 'choose', text: copy.form });
  const split = splitLines(emptyPageEdges(withoutColumns(copy.text)), copy.skipped);
  const own = withoutBrowserPrint(split.lines);
  const whole = MARKED_FORMS.has(copy.form) ? own : unwrapLines(trimPrintPages(own));
  const lines = trimNewsletter(trimWire(trimArchiveCopy(withoutLinkList(withoutTimes(withoutEmphasis(whole))))));
  const survey = surveyLines(lines);
  const unfit = refuseByShape(survey);
  if (unfit !== null) return { reject: 'NOT_ARTICLE', detail: unfit };

  // The headline guessed by rules is a landmark for the model; the one reported is found by the model's own choice.
  const landmark = headlineByRule(survey, chooseLines(survey, survey.rule));
  const choice = chooseLines(survey, scoreLines(survey, landmark));
  const headline = findTitle(survey, choice);
  const title = headline.line >= 0 ? headline.line : loneHeadline(survey, choice);
  if (title >= 0 && choice.keep[title]) drop(choice, title);
  goOnBelowBoxes(survey, choice);
  const standIn = copy.title === null ? standInOf(survey, choice, title) : null;
  if (standIn !== null) {
    if (context.trace) explain(survey, choice, new Map(), context.trace);
    return { reject: standIn, detail: REJECT_CODES[standIn] };
  }
  const draft = buildBlocks(survey, choice.keep, copy.kinds).text;
  if (draft === '') {
    if (context.trace) explain(survey, choice, new Map(), context.trace);
    return NO_RUNNING_TEXT;
  }
  const { language, direction, rule: languageRule } = settleLanguage(null, draft);
  dropAsides(survey, choice, title, language);

  const fields = readFields(survey, choice, title, context.asOf, language);
  const { breadcrumbs, kicker, standfirst, captions, authors, published, modified, tags, siteName } = fields;
  // A line read as byline or date is no line of the body, whatever it scored.
  for (const found of [authors, published, modified]) {
    const line = found?.line ?? -1;
    const short = (survey.shapes[line]?.words ?? FIELD_WORDS) < FIELD_WORDS && survey.prose[line] === 0;
    if (short && choice.keep[line] && choice.first < choice.last) drop(choice, line);
  }
  dropAboutAuthors(survey, choice, authors?.value ?? []);
  const shown = { ...survey, lines: withoutReferenceMarks(lines) };
  const { text, blocks } = buildBlocks(shown, choice.keep, copy.kinds);
  if (context.trace) explain(survey, choice, rolesOf(fields, title), context.trace);
  // What was left beside a byline or a date may be a rule of stars.
  if (text === '') return NO_RUNNING_TEXT;
  const section = breadcrumbs?.value.at(-1) ?? null;

  const signed = authors !== null || copy.byline !== null;
  const dated = (published ?? modified ?? copy.date) !== null;
  // A notice of a line or two is no list of anything, whatever it lacks of an article.
  const notice = lines.length <= NOTICE_LINES;
  const chance = notice ? 1 : articleChance(survey, choice, { title: headline.score, dated, signed });
  if (chance < LISTING_REFUSED && copy.title === null) {
    return {
      reject: 'NOT_ARTICLE',
      detail:
        'The text reads like a listing, a catalogue or a form and not like an article; upload the article it leads to.',
    };
  }
  const warnings: Warning[] = [];
  if (chance < LISTING_DOUBTED || holdsTeasers(survey, choice)) {
    warnings.push({ code: 'MAYBE_LISTING', message: 'The text may be a listing or an overview and not one article.' });
  }
  if (split.cut) {
    const message = `The text has more than ${MAX_TEXT_LINES} lines; those after line ${lines.at(-1)?.number ?? 0} were not read.`;
    warnings.push({ code: 'TEXT_CUT', message });
  }
  const other = findSecondArticle(survey, choice);
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
  const site = copy.siteName ?? siteName?.value ?? null;
  const ownName = site?.toLowerCase();
  const isSite = (name: string) => name.toLowerCase() === ownName;
  const headlineText = copy.title ?? (title >= 0 ? bareTitle(undatedTitle(survey, title, published), isSite) : null);

  const provenance = provenanceOf(survey, choice, fields, title);
  if (language) provenance.language = languageRule;
  if (copy.title !== null) provenance.title = copy.form;
  if (copy.byline !== null) provenance.authors = copy.form;
  if (statedDate) provenance.publishedAt = copy.form;
  if (copy.tags !== null) provenance.tags = copy.form;
  if (copy.siteName !== null) provenance.siteName = copy.form;

  const canonicalUrl = chooseCanonicalUrl(context.url, copy.url);
  const article: ExtractedArticle = {
    url: context.url ?? parseHttpUrl(copy.url)?.href ?? null,
    canonicalUrl,
    site: siteOf(canonicalUrl),
    siteName: site,
    title: headlineText,
    subtitle: standfirst?.value ?? null,
    description: null,
    authors: names.map((name) => ({ name, url: null })),
    section: section === null ? null : { label: section, slug: slug(section) },
    breadcrumbs: breadcrumbs?.value ?? [],
    tags: (copy.tags ?? tags?.value ?? []).map((label) => ({ label, slug: slug(label) })),
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
    kind: kicker && saysOpinion(kicker.value) ? 'opinion' : null,
    accessibleForFree: null,
    truncated: null,
    rights: null,
    quality: { confidence: confidenceOf(survey, choice, chance), warnings },
    provenance,
  };
  return { article };
}

/** The headline's line without the day that stands before it: `9 May 2026 Saltmere dock workers accept pay offer`. */
function undatedTitle({ lines }: Survey, title: number, published: Fields['published']): string {
  const text = lines[title]?.text ?? '';
  if (published?.line !== title || published.value.start !== 0 || unglued(text) !== text) return text;
  return text.slice(published.value.end).replace(/^[\s|:•·–—-]{1,5}/u, '') || text;
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

/** Lines up to which copy is a notice. */
const NOTICE_LINES = 3;

/** Words from which a line says more than who wrote it and when. */
const FIELD_WORDS = 15;

function drop(choice: Choice, line: number): void {
  choice.keep[line] = 0;
  choice.first = choice.keep.indexOf(1);
  choice.last = choice.keep.lastIndexOf(1);
}

/** Longest run of words a decision shows. */
const SHOWN = 120;

function explain(survey: Survey, choice: Choice, roles: ReadonlyMap<number, string>, trace: Trace): void {
  for (const [i, line] of survey.lines.entries()) {
    const role = roles.get(i);
    const score = (choice.score[i] ?? 0).toFixed(2);
    trace({
      step: 'text-body',
      rule: role === undefined ? `score ${score}` : `${role}, score ${score}`,
      verdict: choice.keep[i] ? 'keep' : role === undefined ? 'drop' : 'choose',
      text: line.text.slice(0, SHOWN),
      at: `line ${line.number}`,
    });
  }
}

/** From which line each field came, as the record tells it. */
function provenanceOf(survey: Survey, choice: Choice, fields: Fields, title: number): Record<string, string> {
  const number = (line: number) => survey.lines[line]?.number ?? 0;
  const provenance: Record<string, string> = { text: `line ${number(choice.first)} to line ${number(choice.last)}` };
  const tell = (field: string, line: number | undefined, rule: string) => {
    if (line !== undefined && line >= 0) provenance[field] = `line ${number(line)} ${rule}`;
  };
  tell('title', title, 'headline');
  tell('subtitle', fields.standfirst?.line, 'standfirst');
  tell('breadcrumbs', fields.breadcrumbs?.line, 'breadcrumb');
  if (fields.breadcrumbs) tell('section', fields.breadcrumbs.line, 'breadcrumb');
  if (fields.kicker && saysOpinion(fields.kicker.value)) tell('kind', fields.kicker.line, 'kicker');
  tell('images', fields.captions[0]?.line, 'caption');
  tell('authors', fields.authors?.line, 'byline');
  tell('publishedAt', fields.published?.line, 'date line');
  tell('modifiedAt', fields.modified?.line, 'date line');
  tell('tags', fields.tags?.line, 'tags');
  tell('siteName', fields.siteName?.line, 'tail');
  return provenance;
}
