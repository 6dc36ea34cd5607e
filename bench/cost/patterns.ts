/** What each thing that the pipeline and its readers do is charged, counted on the real stage and the real stores. */

import { searchArticles } from '../../cli/api/search.ts';
import { recordsOf } from '../../cli/export/export-articles.ts';
import { MINUTE_MS } from '../../functions/article/durations.ts';
import { articleId } from '../../functions/article/identity.ts';
import type { ArticleRecord, ExtractedArticle } from '../../functions/article/record.ts';
import { REJECT_CODES } from '../../functions/article/reject.ts';
import { articleScan } from '../../functions/aws/articles/article-scan.ts';
import { articleStore } from '../../functions/aws/articles/article-store.ts';
import { withdrawalPorts } from '../../functions/aws/articles/withdrawals.ts';
import { s3Client } from '../../functions/aws/stack/clients.ts';
import { uploadLedger } from '../../functions/aws/uploads/upload-ledger.ts';
import { ingest } from '../../functions/ingest/ingest.ts';
import type { Ports } from '../../functions/ingest/ports.ts';
import { ARTICLES, CARD, FACETS, FINGERPRINTS, REVISIONS, UPLOADS } from '../../functions/names.ts';
import { listArticles } from '../../functions/query/list-articles.ts';
import { withdraw } from '../../functions/withdraw/withdraw.ts';
import { CountedTables } from './counted-tables.ts';
import { corrected, elsewhere, SITE, typicalArticle } from './typical-article.ts';
import type { Units } from './units.ts';

const NAMES = {
  articlesTable: 'articles',
  facetsTable: 'facets',
  revisionsTable: 'revisions',
  fingerprintsTable: 'fingerprints',
  uploadsTable: 'uploads',
  bodiesBucket: 'bodies',
};
/** Enough that every partition of a day and of a facet fills its part of a page. */
const STORED = 300;
const PAGE = 50;
const SEARCHED = 100;
const NEVER = new AbortController().signal;
const BEGINNING = Date.parse('2026-03-02T06:00:00Z');
const BUCKET = 'copydesk-uploads-123456789012';
const UPLOAD_KEY = 'in/2026/03/02/story';

export interface Pattern {
  name: string;
  units: Units;
}

export interface Counted {
  patterns: Pattern[];
  /** Bytes in the tables and their indexes for one article. */
  bytesPerArticle: number;
}

export async function countPatterns(): Promise<Counted> {
  const { tables, at, put } = world();
  const articles = articleStore(tables.documents, NO_OBJECTS, NAMES);
  const uploads = uploadLedger(tables.documents, NAMES.uploadsTable);
  for (let n = 0; n < STORED; n++) await put(n, typicalArticle(n));
  const bytesPerArticle = Math.round(tables.storedBytes / STORED);

  const patterns: Pattern[] = [];
  const count = async (name: string, work: () => Promise<unknown>) => {
    patterns.push({ name, units: await tables.count(work) });
  };
  const record = async (n: number): Promise<ArticleRecord> => {
    const found = await articles.get(articleId(typicalArticle(n).canonicalUrl, ''));
    if (!found) throw new Error(`Article ${n} was not stored.`);
    return found;
  };
  const { id, contentHash } = await record(0);
  const correctedId = (await record(1)).id;
  await count('a new article', () => put(STORED, typicalArticle(STORED)));
  await count('the same article again: `unchanged`', () => put(0, typicalArticle(0)));
  await count('a correction of its text, at the same length', () => put(1, corrected(typicalArticle(1))));
  await count('the same text at another address: `duplicate`', () => put(STORED + 1, elsewhere(typicalArticle(2))));
  await count('an upload that is rejected', () => put(STORED + 2, null));
  await count('a record by its id', () => articles.get(id));
  await count(`the newest ${PAGE} of a site`, () => articles.listBySite(SITE, { limit: PAGE }));
  await count(`the newest ${PAGE} of a day, across sites`, () =>
    articles.listByDays({ from: '2026-03-02', to: '2026-03-02' }, { today: '2026-03-20', limit: PAGE }),
  );
  await count(`the newest ${PAGE} of three days, the last two of them empty`, () =>
    articles.listByDays({ from: '2026-03-02', to: '2026-03-04' }, { today: '2026-03-20', limit: PAGE }),
  );
  await count(`the newest ${PAGE} across sites: tomorrow, which is empty, and today`, () =>
    listArticles(articles, {}, { limit: PAGE, cursor: null, now: at(STORED) }),
  );
  await count('a month without an article, across sites', () =>
    articles.listByDays({ from: '2026-01-01', to: '2026-01-31' }, { today: '2026-03-20', limit: PAGE }),
  );
  await count('a month without an article, of a site', () =>
    articles.listBySite(SITE, { since: '2026-01-01', until: '2026-01-31', limit: PAGE }),
  );
  await count(`the newest ${PAGE} of a tag, author, section or language`, () =>
    articles.listByFacet('section:transport', { limit: PAGE }),
  );
  await count('the revisions of a record that was corrected once', () => articles.listRevisions(correctedId));
  await count('the first record with a text', () => articles.firstWithText(contentHash));
  await count('the status of one upload', () => uploads.get(`${BUCKET}/${UPLOAD_KEY}3.html`));
  await count(`${PAGE} uploads of a day with a status`, () =>
    uploads.listByStatus('ingested', { from: '2026-03-02', to: '2026-03-02' }, { limit: PAGE }),
  );
  await count(`a search through the newest ${SEARCHED} of a site`, () =>
    searchArticles({ articles }, ['nowhere'], { site: SITE }, { limit: 1, most: SEARCHED, now: at(0), signal: NEVER }),
  );
  await count(`an export of ${SEARCHED} of a site`, () =>
    readThrough(recordsOf({ articles }, { site: SITE }, { cursor: null, now: at(0), limit: SEARCHED })),
  );
  const scan = articleScan(tables.documents, NO_OBJECTS, NAMES);
  await count(`an export of everything, for each ${SEARCHED} articles`, () =>
    readThrough(scan.scan({ limit: SEARCHED })),
  );
  const { articles: withdrawals } = withdrawalPorts(tables.documents, NO_OBJECTS, NAMES);
  const raw = { purge: () => Promise.reject(new Error('not asked for')) };
  await count('a withdrawal', () =>
    withdraw({ id, reason: null, purge: false }, { articles: withdrawals, raw, now: () => at(STORED + 9) }),
  );
  return { patterns, bytesPerArticle };
}

function world() {
  const { articlesTable, facetsTable, revisionsTable, fingerprintsTable, uploadsTable } = NAMES;
  const { bySite, byDay } = ARTICLES;
  const tables = new CountedTables({
    [articlesTable]: {
      key: ARTICLES.key,
      indexes: { [bySite.index]: { ...bySite, project: [CARD] }, [byDay.index]: { ...byDay, project: [CARD] } },
    },
    [facetsTable]: FACETS,
    [revisionsTable]: REVISIONS,
    [fingerprintsTable]: FINGERPRINTS,
    [uploadsTable]: {
      ...UPLOADS,
      indexes: { [UPLOADS.byStatus.index]: { ...UPLOADS.byStatus, project: null } },
    },
  });
  let puts = 0;
  let article: ExtractedArticle | null = null;
  /** Ten seconds an upload, so that all fall on one day. */
  const at = (n: number) => new Date(BEGINNING + n * 10_000);
  const ports: Ports = {
    uploads: uploadLedger(tables.documents, uploadsTable),
    articles: articleStore(tables.documents, NO_OBJECTS, NAMES),
    objects: {
      read: async () => ({ kind: 'object', object: OBJECT(at(puts)) }),
      newestVersion: async () => VERSION(puts),
    },
    extract: () =>
      article
        ? { kind: 'article', article, form: HTML }
        : { kind: 'rejected', code: 'NOT_ARTICLE', detail: REJECT_CODES.NOT_ARTICLE, form: HTML },
    now: () => at(puts),
    newLease: () => '9a1e2f0c-4d5b-4c6a-8e7f-0123456789ab',
  };
  /** One object version, from its notification to its status; another version where the number was put before. */
  const put = async (n: number, found: ExtractedArticle | null): Promise<void> => {
    puts += 1;
    article = found;
    const notification = {
      bucket: BUCKET,
      key: `${UPLOAD_KEY}${n}.html`,
      versionId: VERSION(puts),
      sequencer: `0062E9A1B2C3${String(puts).padStart(6, '0')}`,
      bytes: OBJECT(at(0)).bytes.length,
      etag: 'd41d8cd98f00b204e9800998ecf8427e',
    };
    const attempt = { receiveCount: 1, maxReceives: 5, leaseMs: MINUTE_MS, mayBegin: true };
    const settings = { maxObjectBytes: 1_000_000, engineVersion: '1.0.0', bodiesBucket: 'bodies' };
    await ingest(notification, attempt, settings, ports);
  };
  return { tables, at, put };
}

const HTML = { mediaType: 'text/html', charset: 'utf-8' } as const;
const VERSION = (n: number) => `3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY${String(n).padStart(6, '0')}`;
const OBJECT = (uploadedAt: Date) => ({
  bytes: new Uint8Array(100_000),
  etag: 'd41d8cd98f00b204e9800998ecf8427e',
  contentType: 'text/html',
  metadata: {},
  uploadedAt,
});
/** Nothing of a typical article lies in the bodies bucket. */
const NO_OBJECTS = s3Client({ region: 'us-east-1' });
NO_OBJECTS.send = (async () => ({ Contents: [] })) as unknown as typeof NO_OBJECTS.send;

/** Records are read as they are asked for. */
async function readThrough(page: Promise<{ records: AsyncIterable<unknown> }>): Promise<number> {
  let read = 0;
  for await (const _ of (await page).records) read += 1;
  return read;
}
