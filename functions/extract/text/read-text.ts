import { chooseCanonicalUrl, siteOf } from '../../article/canonical-url.ts';
import type { ExtractedArticle, Image } from '../../article/record.ts';
import { settleLanguage } from '../metadata/language.ts';
import { slug } from '../metadata/slug.ts';
import type { Context, Reading } from '../outcome.ts';
import type { Trace } from '../trace.ts';
import { buildBlocks } from './blocks.ts';
import { type Choice, chooseLines } from './choose-lines.ts';
import { type Survey, survey as surveyLines } from './features.ts';
import { headlineByRule } from './landmark.ts';
import { scoreLines } from './line-model.ts';
import { splitLines } from './lines.ts';
import { findAuthors, findBreadcrumbs, findCaptions, findPublication, findSiteName } from './surroundings.ts';
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
  const lines = unwrapLines(splitLines(source));
  const survey = surveyLines(lines);
  // The headline guessed by rules is a landmark for the model; the one reported is found by the model's own choice.
  const landmark = headlineByRule(survey, chooseLines(survey, survey.rule));
  const choice = chooseLines(survey, scoreLines(survey, landmark));
  if (choice.first < 0) {
    return {
      reject: 'NO_CONTENT',
      detail: 'No running text was found among the lines; upload the text of an article.',
    };
  }
  const title = findTitle(survey, choice);
  if (title >= 0 && choice.keep[title]) drop(choice, title);
  const { text, blocks } = buildBlocks(survey, choice.keep);
  if (context.trace) explain(survey, choice, title, context.trace);

  const { language, direction, rule: languageRule } = settleLanguage(null, text);
  const provenance: Record<string, string> = {};
  const at = (line: number, rule: string) => `line ${lines[line]?.number ?? 0} ${rule}`;
  const breadcrumbs = findBreadcrumbs(survey, title < 0 ? choice.first : title);
  const captions = findCaptions(survey, choice, title);
  const authors = findAuthors(survey, choice, title);
  const { published, modified } = findPublication(survey, choice, title, context.asOf);
  const siteName = findSiteName(survey, choice);
  const section = breadcrumbs?.value.at(-1) ?? null;

  if (language) provenance.language = languageRule;
  provenance.text = `${at(choice.first, 'to')} line ${lines[choice.last]?.number ?? 0}`;
  if (title >= 0) provenance.title = at(title, 'headline');
  if (breadcrumbs) {
    provenance.breadcrumbs = at(breadcrumbs.line, 'breadcrumb');
    provenance.section = at(breadcrumbs.line, 'breadcrumb');
  }
  if (captions[0]) provenance.images = at(captions[0].line, 'caption');
  if (authors) provenance.authors = at(authors.line, 'byline');
  if (published) provenance.publishedAt = at(published.line, 'date line');
  if (modified) provenance.modifiedAt = at(modified.line, 'date line');
  if (siteName) provenance.siteName = at(siteName.line, 'tail');

  const canonicalUrl = chooseCanonicalUrl(context.url, null);
  const article: ExtractedArticle = {
    url: context.url,
    canonicalUrl,
    site: siteOf(canonicalUrl ?? context.url),
    siteName: siteName?.value ?? null,
    title: title >= 0 ? bareTitle(lines[title]?.text ?? '') : null,
    subtitle: null,
    description: null,
    authors: (authors?.value ?? []).map((name) => ({ name, url: null })),
    section: section === null ? null : { label: section, slug: slug(section) },
    breadcrumbs: breadcrumbs?.value ?? [],
    tags: [],
    publishedAt: published?.value.iso ?? null,
    modifiedAt: modified?.value.iso ?? null,
    publishedRaw: published?.value.raw ?? null,
    datePrecision: published?.value.precision ?? null,
    dateSource: published ? at(published.line, 'date line') : null,
    language,
    direction,
    text,
    blocks,
    images: captions.map(
      ({ value }): Image => ({
        url: null,
        alt: null,
        caption: value,
        credit: null,
        width: null,
        height: null,
        afterBlock: -1,
      }),
    ),
    links: [],
    mainImage: null,
    kind: null,
    accessibleForFree: null,
    truncated: null,
    quality: { confidence: 0.5, warnings: [] },
    provenance,
  };
  return { article };
}

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
