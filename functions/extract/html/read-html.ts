import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { ExtractedArticle, Warning } from '../../article/record.ts';
import { REJECT_CODES, type RejectCode } from '../../article/reject.ts';
import { type ColumnMemory, inSharedColumns } from '../markup/column-memory.ts';
import { parseMarkup } from '../markup/parse.ts';
import type { Source } from '../markup/source.ts';
import { type MarkupTree, type Node, ROOT } from '../markup/tree.ts';
import { settleLanguage } from '../metadata/language.ts';
import { type Metadata, readMetadata } from '../metadata/read-metadata.ts';
import type { Context, Reading } from '../outcome.ts';
import type { RuleFindings } from '../rules/apply-rule.ts';
import { addressesOf, type ReadAddress } from './addresses.ts';
import { classifyBlocks, NAME_WEIGHTS, PHRASE_WEIGHTS } from './block-model.ts';
import { assembleBody, type Body } from './body.ts';
import { chooseBody } from './choose-body.ts';
import { type AddressLine, emptyBoxes, readEmbeds, shownByAddress } from './embeds.ts';
import { explainBlocks } from './explain.ts';
import { measureBlocks } from './features.ts';
import { dropFrontMatter } from './front-matter.ts';
import { hiddenBody } from './hidden-body.ts';
import { dateInState } from './hidden-date.ts';
import { FIGURE_CAPTION } from './hints.ts';
import { readImages } from './images.ts';
import { leadImage } from './lead-image.ts';
import { readLinks } from './links.ts';
import type { Figure, Page, Segment } from './page.ts';
import { measurePage } from './page-features.ts';
import { classifyPage } from './page-model.ts';
import { dropWall } from './paywall.ts';
import { isPressWire } from './press-wire.ts';
import { keepByRule } from './ruled-body.ts';
import { segmentPage } from './segment.ts';
import { type ShownKind, shownKind } from './shown-kind.ts';
import { signedToTheRight } from './signature.ts';
import { FLAG_BELOW, isEmpty, isStandIn, noticeOf, REFUSE_BELOW, saysNothing } from './verdict.ts';

/**
 * Reads the article of an HTML page.
 *
 *   1. parse      into a tree, however broken
 *   2. metadata   what the page says about its article, and what a rule of its site finds
 *   3. segment    the page as blocks of text in boxes, in one walk
 *   4. choose     each block judged by the block classifier, then mended as a whole
 *   5. verdict    refuse what is no article: challenges, consent notices, listings, products
 *   6. assemble   text, kinds of blocks, images, links
 *
 * @param source the page, decoded or as UTF-8
 * @returns the article, or why there is none; it does not throw on any page
 */
export function readHtml(source: string | Source, context: Context): Reading {
  return inSharedColumns((memory) => readIn(memory, source, context));
}

function readIn(memory: ColumnMemory, source: string | Source, context: Context): Reading {
  const tree = parseMarkup(source, memory);
  if (tree === null) return { reject: 'TOO_COMPLEX', detail: REJECT_CODES.TOO_COMPLEX };
  const read = readMetadata(tree, context);
  const { ruled } = read;
  const page = segmentPage(tree, NAME_WEIGHTS, ROOT, ruled && ruled.dropped.size > 0 ? ruled.dropped : null);
  if (ruled) {
    const keep = keepByRule(page, ruled);
    if (keep !== null) return { article: ruledArticle(page, keep, ruled.rule, read, context) };
    if (ruled.matches.some(({ part }) => part === 'body')) read.warnings.push(missed(ruled));
  }
  const measures = measureBlocks(page, PHRASE_WEIGHTS);
  const choice = chooseBody(page, classifyBlocks(measures));
  const metadata = read.authors.length > 0 ? read : signedBy(read, signedToTheRight(page, choice.keep));
  const said = {
    title: metadata.title,
    siteName: metadata.siteName,
    authors: metadata.authors,
    language: metadata.declaredLanguage,
    publishedDay: metadata.publishedDay,
  };
  dropFrontMatter(page.segments, choice.keep, said, context.asOf);
  for (const segment of page.segments)
    if (choice.keep[segment.index] === 1 && shownByAddress(segment)) choice.keep[segment.index] = 0;
  const isWalled = dropWall(page, choice.keep);
  if (context.trace) {
    explainBlocks(page, choice.keep, (index) => `model ${(choice.scores[index] ?? 0).toFixed(2)}`, context.trace);
  }

  const refuse = (reject: RejectCode, rule: string): Reading => {
    context.trace?.({ step: 'html-verdict', rule, verdict: 'drop', text: metadata.title ?? '' });
    return { reject, detail: REJECT_CODES[reject] };
  };
  const inMarkup = assembleBody(page, choice.keep);
  const hidden = hiddenBody(tree, metadata.articleBody, said, context.asOf, inMarkup);
  if (hidden === null) {
    const notice = noticeOf(page, choice.keep);
    if (notice !== null) return refuse(notice, 'notice');
    if (isStandIn(page, choice.keep)) return refuse('NOT_ARTICLE', 'stands in place');
  }
  const body = hidden?.body ?? inMarkup;
  if (body.blocks.length === 0) return refuse(isEmpty(page) ? 'NO_CONTENT' : 'NOT_ARTICLE', 'no blocks');
  if (saysNothing(body.text)) return refuse('NO_CONTENT', 'a word or two');
  const chance =
    hidden?.isStated && metadata.pageType.says !== 'not-article'
      ? 1
      : classifyPage(measurePage(page, measures, choice, metadata, metadata.url));
  if (chance < REFUSE_BELOW) return refuse('NOT_ARTICLE', `model ${chance.toFixed(2)}`);
  context.trace?.({
    step: 'html-verdict',
    rule: hidden && chance === 1 ? hidden.rule : `model ${chance.toFixed(2)}`,
    verdict: 'keep',
    text: metadata.title ?? '',
  });
  const dated = metadata.publishedAt === null ? datedByState(tree, metadata, context) : metadata;
  const article = articleOf(page, body, dated, { chance, expected: choice.expected, isWalled });
  if (hidden) article.provenance.text = hidden.rule;
  return { article };
}

/** The same with who signs below the text, where nothing else names an author. */
function signedBy(metadata: Metadata, names: readonly string[]): Metadata {
  if (names.length === 0) return metadata;
  const provenance = { ...metadata.provenance, authors: 'signature to the right' };
  return { ...metadata, authors: names.map((name) => ({ name, url: null })), provenance };
}

/** The same with the day that the state of a script gives, where no other statement gave one. */
function datedByState(tree: MarkupTree, metadata: Metadata, { asOf }: Context): Metadata {
  const date = dateInState(tree, metadata.title, { asOf, language: metadata.declaredLanguage });
  if (date === null) return metadata;
  const { iso, day, raw, precision } = date;
  return {
    ...metadata,
    publishedAt: iso,
    publishedDay: day,
    publishedRaw: raw,
    datePrecision: precision,
    dateSource: 'script state',
    provenance: { ...metadata.provenance, publishedAt: 'script state' },
  };
}

/** A rule that finds nothing any more wants an end and a successor. */
function missed({ rule }: RuleFindings): Warning {
  return { code: 'RULE_MISSED', message: `The body of ${rule} is not on this page; the engine chose the text itself.` };
}

/** The article where a rule of the site says which it is: nothing is left to judge. */
function ruledArticle(
  page: Page,
  keep: Uint8Array,
  rule: string,
  metadata: Metadata,
  context: Context,
): ExtractedArticle {
  if (context.trace) explainBlocks(page, keep, () => rule, context.trace);
  context.trace?.({ step: 'html-verdict', rule, verdict: 'keep', text: metadata.title ?? '' });
  const article = articleOf(page, assembleBody(page, keep), metadata, { chance: 1, expected: 1, isWalled: false });
  article.provenance.text = rule;
  return article;
}

function articleOf(
  page: Page,
  body: Body,
  metadata: Metadata,
  /** How likely it is an article, the word F1 to expect of its text, and whether a wall says that it goes on. */
  { chance, expected, isWalled }: { chance: number; expected: number; isWalled: boolean },
): ExtractedArticle {
  const { url } = metadata;
  const base = parseHttpUrl(page.head.base, url)?.href ?? url;
  const read = addressesOf(base, page.isArchived);
  const figures = figuresOf(page, body, read);
  const main = leadImage(metadata.mainImages, figures.images, read);
  const settled = settleLanguage(metadata.declaredLanguage, body.text);
  const warnings: Warning[] = [...metadata.warnings];
  const isArticle = metadata.kind === null || metadata.kind === 'article';
  const wire: ShownKind | null = isPressWire(body.text) ? { kind: 'pressRelease', rule: 'dateline of a wire' } : null;
  const seen =
    wire ?? (isArticle ? shownKind(page, body, { title: metadata.title, url, images: figures.images }) : null);
  const shown = chance >= FLAG_BELOW ? seen : null;
  const free = metadata.accessibleForFree ?? (isWalled ? false : null);
  if (chance < FLAG_BELOW) {
    warnings.push({
      code: 'DOUBTFUL_ARTICLE',
      message: 'The page looks more like a listing or a product than like an article.',
    });
  }
  return {
    url,
    canonicalUrl: metadata.canonicalUrl,
    site: metadata.site,
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
    language: settled.language,
    direction: metadata.declaredDirection ?? settled.direction,
    text: body.text,
    blocks: body.blocks,
    ...figures,
    links: readLinks(page.tree, body.segments, read),
    mainImage: main?.value ?? null,
    kind: chance < FLAG_BELOW ? 'other' : (shown?.kind ?? metadata.kind),
    accessibleForFree: free,
    rights: metadata.rights,
    truncated: isTruncated(body, free),
    quality: { confidence: Math.round(expected * chance * 1000) / 1000, warnings },
    provenance: {
      ...metadata.provenance,
      language: settled.rule,
      ...(main && { mainImage: main.rule }),
      ...(shown && { kind: shown.rule }),
      ...(free !== metadata.accessibleForFree && { accessibleForFree: 'wall behind the text' }),
    },
  };
}

/** The images and embeds between the first and the last block of the body, each with the block it follows. */
function figuresOf(page: Page, body: Body, read: ReadAddress): Pick<ExtractedArticle, 'images' | 'embeds'> {
  const first = body.segments[0];
  const last = body.segments.at(-1);
  if (!first || !last) return { images: [], embeds: [] };
  // A gallery at the end is figures with captions, which are not among the blocks kept.
  let end = last.index + 1;
  while (end < page.segments.length && isFigureCaption(page, end)) end++;
  const start = first.index - LEAD_REACH;
  const isBeside = ({ after }: Figure) => after >= start && after <= end;
  const figures = page.figures.filter(isBeside);
  const lines = page.segments.slice(first.index, end).flatMap((segment): AddressLine[] => {
    const source = shownByAddress(segment);
    return source ? [{ source, element: page.boxes.node[segment.box] as Node, after: segment.index }] : [];
  });
  const players = [...figures, ...page.players.filter(isBeside), ...emptyBoxes(page, start, end), ...lines];
  players.sort((one, other) => one.after - other.after || one.element - other.element);
  const positions = body.segments.map((segment) => segment.index);
  const blockBefore = (after: number): number => {
    let low = 0;
    let high = positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((positions[middle] as number) < after) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  return {
    images: readImages(page, figures, read, blockBefore),
    embeds: readEmbeds(page, players, read, blockBefore),
  };
}

const isFigureCaption = ({ boxes, segments }: Page, index: number): boolean =>
  ((boxes.around[(segments[index] as Segment).box] as number) & FIGURE_CAPTION) !== 0;

/** Blocks before the first one kept in which the lead image or video may stand: byline, date and share buttons lie between. */
const LEAD_REACH = 12;

/** Words up to which the text of a page that is not free is taken for its teaser. */
const TEASER_WORDS = 250;
const CUT_OFF = /(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\])$/;

function isTruncated(body: Body, free: boolean | null): boolean | null {
  if (CUT_OFF.test(body.text.slice(-10))) return true;
  if (free !== false) return false;
  return body.words <= TEASER_WORDS ? true : null;
}
