/**
 * How long each field may be, so that a hostile page cannot make a record that no store takes.
 *
 * The fields besides text, blocks, images, embeds and links must fit a DynamoDB item (400 KB) together, because
 * those five are what moves to the bodies bucket when a record is large. Figures are far above what the
 * pages of four corpora hold (longest title there: 300 characters; most tags: 60).
 */
import { cleanOwnStrings, cleanText } from './clean-strings.ts';
import { FACETS } from './facets.ts';
import { ownStrings } from './own-strings.ts';
import type { ExtractedArticle } from './record.ts';

const TITLE = 1_000;
const SUMMARY = 5_000;
const LABEL = 200;
const PRINTED = 2_000;
const AUTHORS = 50;
const TAGS = 100;
const BREADCRUMBS = 20;
const IMAGES = 500;
const EMBEDS = 200;
const LINKS = 2_000;
const WARNINGS = 50;
const MESSAGE = 300;

/** Cuts at a whole character, never inside a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = (text.charCodeAt(length - 1) & 0xfc00) === 0xd800 ? length - 1 : length;
  return text.slice(0, end);
}

/** As {@link cut}, and what is cut off is not kept in memory either. */
const bound = (text: string, length: number) => (text.length <= length ? text : ownStrings(cut(text, length)));
const boundOrNull = (text: string | null, length: number) => (text === null ? null : bound(text, length));

/** The text cleaned and no part of another. Where it was put together from blocks it stands on its own already. */
const ownText = ({ text, blocks }: ExtractedArticle): string => cleanText(blocks.length > 1 ? text : ownStrings(text));

/**
 * A copy of the article with every field inside its limit and free of characters that harm; a cut list leaves a warning.
 * No string of it is part of another, so that a record does not keep its page in memory.
 */
export function boundArticle(extracted: ExtractedArticle): ExtractedArticle {
  // What is beyond the limits is left out before anything is copied: a page may hold ten thousand images.
  const article = cleanOwnStrings({
    ...extracted,
    text: '',
    authors: extracted.authors.slice(0, AUTHORS),
    breadcrumbs: extracted.breadcrumbs.slice(0, BREADCRUMBS),
    tags: extracted.tags.slice(0, TAGS),
    images: extracted.images.slice(0, IMAGES),
    embeds: extracted.embeds.slice(0, EMBEDS),
    links: extracted.links.slice(0, LINKS),
  });
  const overflow = [
    ['authors', extracted.authors.length, AUTHORS],
    ['tags', extracted.tags.length, TAGS],
    ['images', extracted.images.length, IMAGES],
    ['embeds', extracted.embeds.length, EMBEDS],
    ['links', extracted.links.length, LINKS],
  ] as const;
  const warnings = article.quality.warnings
    .slice(0, WARNINGS)
    .map(({ code, message }) => ({ code, message: bound(message, MESSAGE) }));
  for (const [field, count, limit] of overflow) {
    if (count > limit) {
      warnings.push({ code: 'LIST_CUT', message: `Only the first ${limit} of ${count} ${field} are kept.` });
    }
  }
  const unlisted = [
    ['authors', extracted.authors.length, FACETS.authors],
    ['tags', extracted.tags.length, FACETS.tags],
  ] as const;
  for (const [field, count, limit] of unlisted) {
    if (count > limit) {
      warnings.push({
        code: 'FACETS_CUT',
        message: `Only the first ${limit} of ${count} ${field} have lists with it.`,
      });
    }
  }
  return {
    ...article,
    text: ownText(extracted),
    title: boundOrNull(article.title, TITLE),
    subtitle: boundOrNull(article.subtitle, SUMMARY),
    description: boundOrNull(article.description, SUMMARY),
    siteName: boundOrNull(article.siteName, LABEL),
    publishedRaw: boundOrNull(article.publishedRaw, LABEL),
    authors: article.authors.map((author) => ({ ...author, name: bound(author.name, LABEL) })),
    section: article.section && {
      label: bound(article.section.label, LABEL),
      slug: bound(article.section.slug, LABEL),
    },
    breadcrumbs: article.breadcrumbs.map((crumb) => bound(crumb, LABEL)),
    tags: article.tags.map((tag) => ({ label: bound(tag.label, LABEL), slug: bound(tag.slug, LABEL) })),
    images: article.images.map((image) => ({
      ...image,
      alt: boundOrNull(image.alt, PRINTED),
      caption: boundOrNull(image.caption, PRINTED),
      credit: boundOrNull(image.credit, LABEL),
    })),
    embeds: article.embeds.map((embed) => ({ ...embed, title: boundOrNull(embed.title, PRINTED) })),
    links: article.links.map((link) => ({ ...link, text: bound(link.text, PRINTED) })),
    // More digits mean nothing, and the smallest numbers of a float are none that DynamoDB takes.
    quality: { confidence: Math.round(article.quality.confidence * 1_000) / 1_000, warnings },
  };
}
