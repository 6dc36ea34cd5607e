import { parseHttpUrl } from '../../article/canonical-url.ts';
import { DAY_MS } from '../../article/durations.ts';
import type { CopyHints, FeedHints } from '../../article/feed-hints.ts';
import type { ExtractedArticle } from '../../article/record.ts';
import { splitByline } from '../metadata/author-names.ts';
import { toTag, toTags } from '../metadata/choose-topics.ts';
import { canonicalTag } from '../metadata/language-tag.ts';
import type { Context } from '../outcome.ts';
import { feedRule } from './feed-rule.ts';

/** Characters of a line that is worth to be a description. */
const SHORTEST_DESCRIPTION = 10;
const LONGEST_DESCRIPTION = 2_000;
/** What systems write where nobody chose a category. */
const NO_CATEGORY = new Set([
  'uncategorized',
  'uncategorised',
  'allgemein',
  'sin-categoria',
  'non-classe',
  'senza-categoria',
]);

/** Fields that a page may leave empty and a feed can fill. */
type Fill = Partial<ExtractedArticle>;

/** The article with its empty fields filled from what its feed and its source say; those the page fills stay as they are. */
export function fillFields(
  article: ExtractedArticle,
  { feed, feedUrl, section }: CopyHints,
  { asOf, trace }: Context,
): ExtractedArticle {
  const provenance = { ...article.provenance };
  const filled: Fill = {};
  const fill = (field: keyof ExtractedArticle, rule: string, values: Fill | null) => {
    if (!values || !isEmpty(article[field])) return;
    Object.assign(filled, values);
    provenance[field] = rule;
    trace?.({ step: 'feed', rule, verdict: 'choose', text: JSON.stringify(values[field]).slice(0, 120) });
  };

  if (feed) {
    const rule = (what: string) => feedRule(what, feedUrl, article);
    fill('title', rule('title'), feed.title?.trim() ? { title: feed.title.trim() } : null);
    fill('authors', rule('author'), authorsOf(feed));
    fill('tags', rule('category'), tagsOf(feed));
    fill('description', rule('summary'), descriptionOf(feed));
    fill('mainImage', rule('image'), imageOf(feed, article));
    fill('language', rule('language'), languageOf(feed));
    fill('publishedAt', rule('date'), publishedOf(feed, rule('date'), asOf));
    fill('modifiedAt', rule('date'), modifiedOf(feed, filled.publishedAt ?? article.publishedAt, asOf));
  }
  const label = section === null ? null : toTag(section);
  fill('section', 'source section', label && { section: label });
  return { ...article, ...filled, provenance };
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function authorsOf({ authors }: FeedHints): Fill | null {
  const names = new Set(authors.slice(0, 50).flatMap((name) => splitByline(name)));
  return names.size > 0 ? { authors: [...names].map((name) => ({ name, url: null })) } : null;
}

function tagsOf({ categories }: FeedHints): Fill | null {
  const tags = toTags(categories.slice(0, 200)).filter(({ slug }) => !NO_CATEGORY.has(slug));
  return tags.length > 0 ? { tags } : null;
}

function descriptionOf({ summary }: FeedHints): Fill | null {
  const text = summary?.replace(/\s+/g, ' ').trim() ?? '';
  return text.length >= SHORTEST_DESCRIPTION ? { description: text.slice(0, LONGEST_DESCRIPTION) } : null;
}

function imageOf({ image }: FeedHints, { url }: ExtractedArticle): Fill | null {
  const href = parseHttpUrl(image, url)?.href;
  return href ? { mainImage: href } : null;
}

function languageOf({ language }: FeedHints): Fill | null {
  const tag = canonicalTag(language);
  return tag ? { language: tag } : null;
}

function publishedOf({ publishedAt, publishedRaw }: FeedHints, dateSource: string, asOf: Date): Fill | null {
  const published = usable(publishedAt, asOf);
  if (published === null) return null;
  const timed = publishedRaw === null || /\d[:.h]\d{2}|T\d{4}/.test(publishedRaw);
  return { publishedAt: published, publishedRaw, datePrecision: timed ? 'second' : 'day', dateSource };
}

function modifiedOf({ modifiedAt }: FeedHints, published: string | null, asOf: Date): Fill | null {
  const modified = usable(modifiedAt, asOf);
  if (modified === null || (published !== null && new Date(modified) < new Date(published))) return null;
  return { modifiedAt: modified };
}

/** The instant to the second, as pages give it; null where it lies ahead. */
function usable(instant: string | null, asOf: Date): string | null {
  // Dates further ahead of the copy are mistakes, as on pages.
  if (instant === null || new Date(instant).getTime() > asOf.getTime() + DAY_MS) return null;
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
