/** Items as the tables hold them, for tests of what is published. */
import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import { cardOf } from '../../functions/article/card.ts';
import type { ArticleRecord, ExtractedArticle } from '../../functions/article/record.ts';
import type { Tombstone } from '../../functions/article/tombstone.ts';
import type { ArticleChange, ArticleImage, RecordImage } from '../../functions/publish/ports.ts';
import { emptyArticle } from '../support/articles.ts';

const START = Date.parse('2026-03-01T08:00:00Z');
export const instant = (milliseconds: number) => new Date(START + milliseconds).toISOString();

/** @param milliseconds after the beginning: when this state was written */
export function record(
  milliseconds: number,
  fields: Partial<ExtractedArticle> = {},
  more: Partial<ArticleRecord> = {},
): ArticleRecord {
  const raw = {
    bucket: 'uploads',
    key: 'a.html',
    versionId: 'v1',
    etag: null,
    bytes: 9,
    mediaType: 'text/html',
    charset: 'utf-8',
  };
  const article = { ...structuredClone(emptyArticle), canonicalUrl: 'https://news.example/a', ...fields };
  const origin = { raw, sourceId: null, fetchedAt: new Date(START), engineVersion: '1.0.0' };
  return { ...assembleRecord(article, origin, firstSeen(new Date(START))), updatedAt: instant(milliseconds), ...more };
}

/** @param key where the body lies, outside of the item */
export function imageOf(article: ArticleRecord, key?: string): RecordImage {
  const { text, blocks, images, embeds, links, ...rest } = article;
  return {
    kind: 'record',
    record: rest,
    card: cardOf(article),
    body: key === undefined ? { text, blocks, images, embeds, links } : { key },
  };
}

export function tombstone(milliseconds: number, fields: Partial<Tombstone> = {}): ArticleImage {
  const { id, url, canonicalUrl, site, firstSeenAt, revision, raw } = record(milliseconds);
  const { bucket, key, versionId } = raw;
  const at = instant(milliseconds);
  return {
    kind: 'tombstone',
    tombstone: {
      ...{ id, url, canonicalUrl, site, firstSeenAt, revision, raw: { bucket, key, versionId } },
      ...{ withdrawnAt: at, updatedAt: at, reason: null, restoredAt: null, purged: false, heir: null },
      ...fields,
    },
  };
}

export function change(before: ArticleImage | null, after: ArticleImage | null, at = instant(0)): ArticleChange {
  const id = [after, before].flatMap((image) =>
    image?.kind === 'record' ? image.record.id : (image?.tombstone.id ?? []),
  )[0];
  return { kind: 'article', id: id ?? '', at: new Date(at), before, after };
}
