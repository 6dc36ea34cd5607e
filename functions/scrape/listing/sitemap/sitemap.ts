/** Site maps (sitemaps.org 0.9) with Google's extensions for news, images and videos, and indexes of them. */
import { canonicalTag } from '../../../extract/metadata/language-tag.ts';
import { readFeedDate } from '../feed/dates.ts';
import { targetOf } from '../feed/item-fields.ts';
import { keywords } from '../feed/labels.ts';
import { lineOf, rssText } from '../feed/text-construct.ts';
import { firstSaid } from '../first-said.ts';
import { type FoundItem, NOTHING_SAID } from '../found-item.ts';
import type { XmlElement } from '../xml/element.ts';

export interface FoundEntry extends FoundItem {
  news: boolean;
}

/** Midnight in some zone, which is said where only a day is meant. */
const OWN_MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0{1,9})?)?[+-]\d{2}:?\d{2}$/;

/** What `lastmod` says: an instant, or a day as that day in UTC, whatever zone its midnight is in. */
function changedAt(entry: XmlElement, asOf: Date): string | null {
  const stated = entry.textOf('lastmod')?.trim() ?? null;
  const day = stated === null ? null : OWN_MIDNIGHT.exec(stated)?.[1];
  return readFeedDate(day ?? stated, { asOf, language: null });
}

/** One `url` of a site map. */
export function readUrl(entry: XmlElement, asOf: Date): FoundEntry {
  const modifiedAt = changedAt(entry, asOf);
  const links = entry
    .all('loc')
    .map(targetOf)
    .filter((target) => target !== null);
  const pictures = [
    ...entry.all('image:image').flatMap((image) => image.all('image:loc')),
    ...entry.all('video:video').flatMap((video) => video.all('video:thumbnail_loc')),
  ];
  const image = firstSaid(pictures, targetOf);
  const news = entry.first('news:news');
  if (news === null) return { ...NOTHING_SAID, links, image, modifiedAt, news: false };
  const title = news.first('news:title');
  const publication = news.first('news:publication');
  const language = canonicalTag(publication?.textOf('news:language') ?? news.textOf('news:language'));
  const publishedRaw = news.textOf('news:publication_date');
  return {
    links,
    image,
    modifiedAt,
    news: true,
    hints: {
      ...NOTHING_SAID.hints,
      title: title && lineOf(rssText(title)),
      publishedAt: readFeedDate(publishedRaw, { asOf, language }),
      publishedRaw,
      categories: keywords(news.textOf('news:keywords') ?? ''),
      language,
    },
  };
}

/** One `sitemap` of an index. */
export function readChild(entry: XmlElement, asOf: Date): { href: string; modifiedAt: string | null } | null {
  const href = entry.textOf('loc');
  return href === null ? null : { href, modifiedAt: changedAt(entry, asOf) };
}
