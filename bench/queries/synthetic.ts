import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import type { ArticleRecord, ExtractedArticle } from '../../functions/article/record.ts';

const SITES = 40;
const AUTHORS = 300;
const TAGS = 200;
const SECTIONS = ['Politics', 'Culture', 'Sports', 'Science', 'Opinion', 'Travel'];
const LANGUAGES = ['en', 'de', 'fr', 'es', 'ja'];
/** Seconds between two articles: 20,000 of them fill two months. */
const APART = 260;

/** The n-th of many records that look like real ones: some 3,000 characters, an author, three tags, an image. */
export function syntheticRecord(n: number, newest: Date): ArticleRecord {
  const at = new Date(newest.getTime() - n * APART * 1_000);
  const pick = <T>(all: readonly T[], step: number) => all[(n * step) % all.length] as T;
  const site = `site-${(n * 7) % SITES}.example`;
  const sentence = (k: number) =>
    `In report ${n} the ${k}. party walked the sea wall, counted ${(n * k) % 97} stones and wrote down what the tide had left.`;
  const paragraphs = Array.from({ length: 8 }, (_, p) => [1, 2, 3, 4].map((s) => sentence(p * 4 + s)).join(' '));
  const tags = [1, 3, 5].map((step) => ({ label: `Topic ${(n * step) % TAGS}`, slug: `topic-${(n * step) % TAGS}` }));
  const section = pick(SECTIONS, 11);
  const url = `https://${site}/reports/${n}`;
  const article: ExtractedArticle = {
    url,
    canonicalUrl: url,
    site,
    siteName: site,
    title: `Report ${n} from the sea wall`,
    subtitle: null,
    description: `What party ${n} found.`,
    authors: [{ name: `Writer ${(n * 13) % AUTHORS}`, url: null }],
    section: { label: section, slug: section.toLowerCase() },
    breadcrumbs: ['News', section],
    tags,
    publishedAt: at.toISOString(),
    modifiedAt: null,
    publishedRaw: at.toISOString(),
    datePrecision: 'second',
    dateSource: 'synthetic',
    language: pick(LANGUAGES, 3),
    direction: 'ltr',
    text: paragraphs.join('\n\n'),
    blocks: paragraphs.map(() => 'p' as const),
    images: [],
    embeds: [],
    links: [],
    mainImage: null,
    rights: null,
    kind: 'article',
    accessibleForFree: true,
    truncated: false,
    quality: { confidence: 0.9, warnings: [] },
    provenance: { title: 'synthetic' },
  };
  const raw = {
    bucket: 'b',
    key: `${n}.html`,
    versionId: 'v',
    etag: 'e',
    bytes: 9_000,
    mediaType: 'text/html',
    charset: 'utf-8',
  };
  return assembleRecord(article, { raw, sourceId: null, fetchedAt: at, engineVersion: '1.0.0' }, firstSeen(at));
}
