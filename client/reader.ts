/**
 * Records straight from the tables, for code in the account of the stack: `import { reader } from 'copydesk/reader'`.
 * It asks no function of ours, and needs the right to read the tables, their indexes and the bodies bucket.
 */
import type { ArticleCard } from '../functions/article/card.ts';
import type { ArticleRecord } from '../functions/article/record.ts';
import type { Revision } from '../functions/article/revision.ts';
import type { Upload, UploadStatus } from '../functions/article/upload.ts';
import { articleStore } from '../functions/aws/articles/article-store.ts';
import { documentClient, s3Client } from '../functions/aws/stack/clients.ts';
import { findStack } from '../functions/aws/stack/stack-outputs.ts';
import { connectionTo } from '../functions/aws/stack/target.ts';
import { uploadLedger } from '../functions/aws/uploads/upload-ledger.ts';
import { STACK_NAME } from '../functions/names.ts';
import { allArticles, BadQueryError } from '../functions/query/list-articles.ts';
import type { ArticleQuery } from './client.ts';

export type { ArticleCard, ArticleQuery, ArticleRecord, Revision, Upload, UploadStatus };

/** Cards a page holds at most, and unless told, as those of the client. */
const PAGE_SIZE = 100;

/** What the reader needs of the stack's outputs: give them to spare it the question, and the right to ask it. */
export interface ReaderNames {
  articlesTable: string;
  facetsTable: string;
  revisionsTable: string;
  fingerprintsTable: string;
  uploadsTable: string;
  bodiesBucket: string;
  uploadsBucket: string;
}

export interface ReaderOptions {
  /** Address of a cloud that is not AWS, such as the local one. */
  endpoint?: string | undefined;
  /** AWS region; else that of the environment. */
  region?: string | undefined;
  /** Profile of the AWS configuration files; else the default credential chain. */
  profile?: string | undefined;
  /** Name of the CloudFormation stack, `copydesk` unless given. */
  stack?: string | undefined;
  /** In place of the outputs of that stack. */
  names?: ReaderNames | undefined;
}

export interface Reader {
  articles: {
    /**
     * Cards, newest first; pages are read as they are needed.
     *
     * @param options `pageSize` from 1 to 100
     * @throws Error with the code BAD_QUERY where a filter is unknown or cannot be meant
     */
    query(query?: ArticleQuery, options?: { pageSize?: number }): AsyncIterable<ArticleCard>;
    /**
     * The record with its body, wherever that lies; null where there is none, or it was withdrawn.
     *
     * @throws Error with the code BAD_QUERY where it is no id
     */
    get(id: string): Promise<ArticleRecord | null>;
    /** What changed, last change first. */
    revisions(id: string): AsyncIterable<Revision>;
  };
  uploads: {
    /** What became of an object; the newest version unless one is named. */
    get(key: string, version?: string): Promise<Upload | null>;
    /** Last changed first. @param days of UTC, both included */
    query(status: UploadStatus, days: { from: string; to: string }): AsyncIterable<Upload>;
  };
  /** Ends its connections. */
  close(): void;
}

/**
 * Reads one stack.
 *
 * @throws Error with the name StackNotFound
 */
export async function reader({ stack = STACK_NAME, names, ...target }: ReaderOptions = {}): Promise<Reader> {
  const found = names ?? (await findStack({ name: stack, ...target })).outputs;
  const connection = connectionTo(target);
  const documents = documentClient(connection);
  const s3 = s3Client(connection);
  const articles = articleStore(documents, s3, found);
  const uploads = uploadLedger(documents, found.uploadsTable);
  return {
    articles: {
      async *query(query = {}, { pageSize = PAGE_SIZE } = {}) {
        if (!(Number.isInteger(pageSize) && pageSize >= 1 && pageSize <= PAGE_SIZE)) {
          throw new BadQueryError('pageSize', `A page holds 1 to ${PAGE_SIZE} articles, not ${pageSize}.`);
        }
        for await (const { items } of allArticles(articles, query, { now: new Date(), pageSize })) yield* items;
      },
      get: async (id) => articles.get(checkedId(id)),
      async *revisions(id) {
        yield* allOf((cursor) => articles.listRevisions(checkedId(id), { cursor }));
      },
    },
    uploads: {
      get: (key, version) => uploads.get(`${found.uploadsBucket}/${key}`, version),
      query: (status, days) => allOf((cursor) => uploads.listByStatus(status, days, { cursor })),
    },
    close() {
      documents.destroy();
      s3.destroy();
    },
  };
}

function checkedId(id: string): string {
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  throw new BadQueryError('id', `"${String(id).slice(0, 60)}" is no id of an article, which is 32 hexadecimal digits.`);
}

async function* allOf<T>(
  page: (cursor: string | null) => Promise<{ items: T[]; cursor: string | null }>,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | null = null;
  do {
    const next: { items: T[]; cursor: string | null } = await page(cursor);
    yield* next.items;
    cursor = next.cursor;
  } while (cursor !== null);
}
