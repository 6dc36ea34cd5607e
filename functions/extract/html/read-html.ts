import { parseDocument } from 'htmlparser2';
import { chooseCanonicalUrl, parseHttpUrl, siteOf } from '../../article/canonical-url.ts';
import type { ExtractedArticle } from '../../article/record.ts';
import { REJECT_CODES } from '../../article/reject.ts';
import { readMetadata } from '../metadata/read-metadata.ts';
import type { Context, Reading } from '../outcome.ts';
import type { Trace } from '../trace.ts';
import { classify, NAME_WEIGHTS, PHRASE_WEIGHTS } from './block-model.ts';
import { assembleBody } from './body.ts';
import { type BodyChoice, chooseBody } from './choose-body.ts';
import { measureBlocks } from './features.ts';
import { readImages } from './images.ts';
import { readLinks } from './links.ts';
import type { Page } from './page.ts';
import { segmentPage } from './segment.ts';

/**
 * Reads the article of an HTML page.
 *
 * @param source the page, decoded
 * @returns the article, or why there is none; it does not throw on any page
 */
export function readHtml(source: string, context: Context): Reading {
  const document = parseDocument(source);
  const metadata = readMetadata(document, context);
  const page = segmentPage(document, NAME_WEIGHTS);
  const { values } = measureBlocks(page, PHRASE_WEIGHTS);
  const choice = chooseBody(page, classify(values));
  if (context.trace) explain(page, choice, context.trace);
  const body = assembleBody(page, choice.keep);
  if (body.blocks.length === 0) return { reject: 'NO_CONTENT', detail: REJECT_CODES.NO_CONTENT };

  const url = context.url ?? metadata.canonicalLink;
  const base = parseHttpUrl(url)?.href ?? null;
  const first = body.segments[0]?.index ?? 0;
  const last = body.segments.at(-1)?.index ?? 0;
  const figures = page.figures.filter((figure) => figure.after >= first && figure.after <= last + 1);
  const blockBefore = (after: number): number => {
    let low = 0;
    let high = body.segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((body.segments[middle]?.index ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const canonicalUrl = chooseCanonicalUrl(context.url, metadata.canonicalLink);
  const article: ExtractedArticle = {
    url,
    canonicalUrl,
    site: siteOf(canonicalUrl ?? url),
    siteName: metadata.siteName,
    title: metadata.title,
    subtitle: metadata.subtitle,
    description: metadata.description,
    authors: metadata.authors,
    section: metadata.section,
    breadcrumbs: metadata.breadcrumbs,
    tags: metadata.tags,
    publishedAt: metadata.publishedAt,
    modifiedAt: metadata.modifiedAt,
    publishedRaw: metadata.publishedRaw,
    datePrecision: metadata.datePrecision,
    dateSource: metadata.dateSource,
    language: metadata.declaredLanguage,
    direction: metadata.declaredDirection,
    text: body.text,
    blocks: body.blocks,
    images: readImages(figures, base, blockBefore),
    links: readLinks(body.segments, base),
    mainImage: metadata.mainImage,
    kind: metadata.kind,
    accessibleForFree: metadata.accessibleForFree,
    truncated: metadata.accessibleForFree === false ? null : false,
    quality: { confidence: choice.expected, warnings: [...metadata.warnings] },
    provenance: { ...metadata.provenance },
  };
  return { article };
}

/** Longest run of words a decision shows. */
const SHOWN = 120;

function explain(page: Page, choice: BodyChoice, trace: Trace): void {
  for (const segment of page.segments) {
    trace({
      step: 'html-body',
      rule: `model ${(choice.scores[segment.index] ?? 0).toFixed(2)}`,
      verdict: choice.keep[segment.index] ? 'keep' : 'drop',
      text: segment.text.slice(0, SHOWN),
      at: selectorOf(page, segment.box),
    });
  }
}

/** Elements named in a selector: enough to find the place, short enough for a line. */
const SELECTOR_DEPTH = 4;

function selectorOf(page: Page, box: number): string {
  const parts: string[] = [];
  for (let at = page.boxes[box]; at?.element && parts.length < SELECTOR_DEPTH; at = page.boxes[at.parent]) {
    const { id, class: names } = at.element.attribs;
    const name = id ? `#${id}` : names ? `.${names.trim().split(/\s+/)[0]}` : '';
    parts.unshift(at.tag + name.slice(0, 40));
  }
  return parts.join(' > ');
}
