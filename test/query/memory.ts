import { assembleRecord, firstSeen } from '../../functions/article/assemble.ts';
import { cardOf } from '../../functions/article/card.ts';
import { listedUnder } from '../../functions/article/facets.ts';
import { NO_FEED_HINTS } from '../../functions/article/feed-hints.ts';
import type { ArticleRecord, ExtractedArticle } from '../../functions/article/record.ts';
import type { Revision } from '../../functions/article/revision.ts';
import { isWithdrawn, type Stored } from '../../functions/article/tombstone.ts';
import type { Upload } from '../../functions/article/upload.ts';
import { extract } from '../../functions/extract/extract.ts';
import { queryApp } from '../../functions/query/app.ts';
import type { Page, PageOptions, Ports, UploadRequest } from '../../functions/query/ports.ts';
import type { Source } from '../../functions/scrape/sources/source.ts';
import { MemorySources } from '../scrape/memory.ts';
import { emptyArticle } from '../support/articles.ts';

/** What a stack holds, in memory. */
export interface Held {
  stored: Stored[];
  revisions: Revision[];
  uploads: Upload[];
  sources?: Source[];
}

export const NOW = new Date('2026-04-01T12:00:00Z');

class BadCursor extends Error {
  readonly code = 'BAD_CURSOR';
}

/** A page of a list, with a cursor that only the same list takes, as the stores give. */
function pageOf<T>(name: string, all: readonly T[], { limit = 100, cursor = null }: PageOptions = {}): Page<T> {
  let start = 0;
  if (cursor !== null) {
    const [of, at] = cursor.split('@');
    if (of !== name || !/^\d+$/.test(at ?? '')) throw new BadCursor('The cursor is of another list.');
    start = Number(at);
  }
  const end = start + limit;
  return { items: all.slice(start, end), cursor: end < all.length ? `${name}@${end}` : null };
}

/** The ports of the query stage over memory; errors that are ours are thrown on, so that no test passes over them. */
export function memoryPorts(held: Held): Ports & { signed: UploadRequest[]; faults: unknown[] } {
  const records = () => held.stored.filter((stored): stored is ArticleRecord => !isWithdrawn(stored));
  const newestFirst = (keeps: (record: ArticleRecord) => boolean) =>
    records()
      .filter(keeps)
      .map(cardOf)
      .sort((a, b) => (a.sortAt < b.sortAt ? 1 : -1));
  const within =
    ({ since = '', until = '' }: { since?: string; until?: string }) =>
    ({ sortAt }: ArticleRecord) =>
      sortAt >= since && sortAt <= `${until}~`;
  const signed: UploadRequest[] = [];
  const faults: unknown[] = [];
  const sources = new MemorySources();
  for (const source of held.sources ?? []) sources.rows.set(source.id, source);
  return {
    signed,
    faults,
    sources,
    allowLoopback: false,
    inspect: async (url) => ({
      chosen: { url, kind: 'rss', title: 'Saltmere Post' },
      unreadable: false,
      forbidden: false,
      steps: [`${url} is an RSS feed with 1 article.`],
      alternates: [],
      items: [{ url: `${url}/1`, modifiedAt: null, hints: { ...NO_FEED_HINTS, title: 'A story' } }],
      itemCount: 1,
      warnings: [],
    }),
    articles: {
      read: async (id) => held.stored.find((stored) => stored.id === id) ?? null,
      readHead: async (id) => held.stored.find((stored) => stored.id === id) ?? null,
      listBySite: async (site, options = {}) => {
        const inside = within(options);
        return pageOf(
          `site:${site}`,
          newestFirst((record) => record.site === site && inside(record)),
          options,
        );
      },
      listByFacet: async (facet, options = {}) => {
        const inside = within(options);
        return pageOf(
          facet,
          newestFirst((record) => listedUnder(record).includes(facet) && inside(record)),
          options,
        );
      },
      listByDays: async ({ from, to }, options) =>
        pageOf(
          `${from}..${to}`,
          newestFirst(({ sortAt, duplicateOf }) => duplicateOf === null && sortAt >= from && sortAt <= `${to}~`),
          options,
        ),
      getRevision: async (id, revision) =>
        held.revisions.find((each) => each.id === id && each.revision === revision) ?? null,
      listRevisions: async (id, options) =>
        pageOf(`revisions:${id}`, held.revisions.filter((revision) => revision.id === id).reverse(), options),
    },
    uploads: {
      get: async (key, version) =>
        held.uploads.findLast(
          (upload) => upload.object === `raw/${key}` && (version === undefined || upload.version === version),
        ) ?? null,
      listVersions: async (key, options) =>
        pageOf(`versions:${key}`, held.uploads.filter((upload) => upload.object === `raw/${key}`).reverse(), options),
      listByStatus: async (status, { from, to }, options) =>
        pageOf(
          `uploads:${status}`,
          held.uploads.filter(
            (upload) => upload.status === status && upload.updatedAt >= from && upload.updatedAt <= `${to}~`,
          ),
          options,
        ),
    },
    signUpload: async (request) => {
      signed.push(request);
      const fields = { key: request.key, 'Content-Type': request.contentType };
      const expiresAt = '2026-04-01T12:15:00.000Z';
      return { object: `raw/${request.key}`, url: 'https://raw.example/', fields, maxBytes: 1_000, expiresAt };
    },
    extract: async () => extract,
    engineVersion: '1.0.0',
    now: () => NOW,
    onFault: (error) => faults.push(error),
    isPassing: (error) => error instanceof Error && error.name === 'ThrottlingException',
  };
}

export const DESCRIPTION = { version: '1', description: 'a test' };

/** The app over what is held. */
export function memoryApp(held: Partial<Held> = {}, answerBytes?: number) {
  const ports = memoryPorts({ stored: [], revisions: [], uploads: [], ...held });
  const app = queryApp(ports, { description: DESCRIPTION, ...(answerBytes !== undefined && { answerBytes }) });
  return { app, ports };
}

/** A record of a story that differs from the next by its number. */
export function story(number: number, fields: Partial<ExtractedArticle> = {}): ArticleRecord {
  const publishedAt = new Date(NOW.getTime() - number * 60 * 60 * 1000).toISOString();
  const article = {
    ...structuredClone(emptyArticle),
    canonicalUrl: `https://harbour.example/${number}`,
    site: 'harbour.example',
    siteName: 'Harbour Courier',
    title: `Story ${number}`,
    authors: [{ name: 'Ines Okafor', url: null }],
    section: { label: 'Politics', slug: 'politics' },
    tags: [{ label: 'Night Ferry', slug: 'night-ferry' }],
    text: `Words of story ${number}.\n\nAnd <b>more</b> & more.`,
    blocks: ['p', 'p'] as ExtractedArticle['blocks'],
    publishedAt,
    language: 'en-GB',
    ...fields,
  };
  const raw = {
    bucket: 'raw',
    key: `${number}.html`,
    versionId: 'v1',
    etag: 'e',
    bytes: 1,
    mediaType: 'text/html',
    charset: 'utf-8',
  };
  const origin = { raw, sourceId: null, fetchedAt: new Date(publishedAt), engineVersion: '1.0.0' };
  return assembleRecord(article, origin, firstSeen(new Date(publishedAt)));
}
