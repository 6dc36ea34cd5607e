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

/** One `url` of a site map. */
export function readUrl(entry: XmlElement, asOf: Date): FoundEntry {
  const modifiedAt = readFeedDate(entry.textOf('lastmod'), { asOf, language: null });
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
  return href === null ? null : { href, modifiedAt: readFeedDate(entry.textOf('lastmod'), { asOf, language: null }) };
}
