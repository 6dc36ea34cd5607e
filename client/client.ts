/**
 * A client of the query API: `import { copydesk } from 'copydesk/client'`. Runs wherever fetch does, Node 20 and
 * Lambda among them, and brings nothing but its signer.
 */
import type { ArticleCard } from '../functions/article/card.ts';
import type { ArticleRecord } from '../functions/article/record.ts';
import type { Upload, UploadStatus } from '../functions/article/upload.ts';
import type { DiffedRevision } from '../functions/query/revision-diffs.ts';
import type { ListingKind } from '../functions/scrape/listing.ts';
import type { Health, ShownSource } from '../functions/scrape/sources/health.ts';
import type { SourceSettings } from '../functions/scrape/sources/source.ts';
import {
  type CallOptions,
  type ClientOptions,
  CopydeskError,
  isBusy,
  missingAsNull,
  sleep,
  transport,
  withSignal,
} from './transport.ts';

export { type CallOptions, type ClientOptions, CopydeskError, type Credentials } from './transport.ts';
export type { ArticleCard, ArticleRecord, DiffedRevision, Upload, UploadStatus };

/** What articles to list; at most one of section, tag and author. */
export interface ArticleQuery {
  /** A domain or an address. */
  site?: string;
  section?: string;
  tag?: string;
  author?: string;
  language?: string;
  /** A day of UTC: the same as `from` and `to`. */
  day?: string;
  /** A day or an instant in UTC, both included; without any other filter a month back unless given. */
  from?: string;
  to?: string;
}

export interface NewUpload {
  key: string;
  body: string | Uint8Array<ArrayBuffer> | Blob;
  /** Such as `text/html; charset=utf-8`. */
  contentType?: string;
  /** Where the copy was taken from. */
  url?: string;
  sourceId?: string;
}

/** A feed, site map or page that is watched, and how it is. */
export type WatchedSource = ShownSource;

/** A source to be; all but its address may be left out. */
export type NewSource = Pick<SourceSettings, 'url'> & Partial<SourceSettings>;

/** What of a source may be changed; `state` pauses or resumes it. */
export type SourceChanges = Partial<Omit<SourceSettings, 'id'>> & { state?: 'active' | 'paused'; reason?: string };

/** What an address was found to be, and the first articles it names. */
export interface Inspection {
  /** What to watch; null where nothing is found. */
  chosen: { url: string; kind: ListingKind; title: string | null } | null;
  /** Whether nothing is found because the address could not be read now, as of a 503. */
  unreadable: boolean;
  /** How it came to that, a sentence each. */
  steps: string[];
  alternates: { url: string; title: string | null }[];
  items: { url: string; modifiedAt: string | null; title: string | null; publishedAt: string | null }[];
  itemCount: number;
  warnings: string[];
}

/** An upload as S3 took it. */
export interface PutResult {
  key: string;
  /** bucket/key */
  object: string;
  /** S3 version id. */
  version: string | null;
}

export interface WaitOptions extends CallOptions {
  /** Milliseconds after which it gives up, 60,000 unless given. */
  timeout?: number;
}

/** Milliseconds between looks at a status. */
const POLL = { first: 200, most: 2_000 };
/** The longest that timers take; some 25 days. */
const LONGEST_MS = 2 ** 31 - 1;
/** A client of one stack. */
export function copydesk(options: ClientOptions) {
  const { reached, request, json, text, pages } = transport(options);

  async function getUpload(key: string, version?: string | null, call: CallOptions = {}): Promise<Upload | null> {
    // By key as a parameter: no path of an API says a key with slashes and percent signs without loss.
    return missingAsNull(async () => {
      for await (const upload of pages<Upload>('/uploads', { key, version: version ?? undefined }, 100, call))
        return upload;
      return null;
    });
  }

  const sourcePath = (id: string) => `/sources/${encodeURIComponent(id)}`;
  const sendJson = (method: string, body: object, { signal }: CallOptions = {}): RequestInit =>
    withSignal({ method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }, signal);

  return {
    articles: {
      /** Cards, newest first; pages are fetched as they are needed. */
      query: (
        query: ArticleQuery = {},
        { pageSize = 100, ...call }: CallOptions & { pageSize?: number } = {},
      ): AsyncIterable<ArticleCard> => pages<ArticleCard>('/articles', query, pageSize, call),
      /** The record; null where there is none, or it was withdrawn. */
      get: (id: string, { signal }: CallOptions = {}): Promise<ArticleRecord | null> =>
        missingAsNull(() => json<ArticleRecord>(`/articles/${encodeURIComponent(id)}.json`, withSignal({}, signal))),
      /** The article as text, Markdown or a page; null where there is none. */
      render: (id: string, format: 'txt' | 'md' | 'html', { signal }: CallOptions = {}): Promise<string | null> =>
        missingAsNull(() => text(`/articles/${encodeURIComponent(id)}.${format}`, withSignal({}, signal))),
      /** What changed, last change first. */
      revisions: (id: string, call: CallOptions = {}): AsyncIterable<DiffedRevision> =>
        pages<DiffedRevision>(`/articles/${encodeURIComponent(id)}/revisions`, {}, 20, call),
    },
    uploads: {
      /** By status, last changed first. */
      query: (query: { status: UploadStatus; day?: string }, call: CallOptions = {}): AsyncIterable<Upload> =>
        pages<Upload>('/uploads', query, 100, call),
      /** What became of an object; the newest version unless one is named. */
      get: getUpload,
    },
    sources: {
      /** By name; pages are fetched as they are needed. */
      query: (query: { health?: Health } = {}, call: CallOptions = {}): AsyncIterable<WatchedSource> =>
        pages<WatchedSource>('/sources', query, 100, call),
      /** Null where there is none of that name. */
      get: (id: string, { signal }: CallOptions = {}): Promise<WatchedSource | null> =>
        missingAsNull(() => json<WatchedSource>(sourcePath(id), withSignal({}, signal))),
      /** Watches an address from the next minute on. */
      add: (source: NewSource, call?: CallOptions) => json<WatchedSource>('/sources', sendJson('POST', source, call)),
      change: (id: string, changes: SourceChanges, call?: CallOptions) =>
        json<WatchedSource>(sourcePath(id), sendJson('PATCH', changes, call)),
      /** Reads it at the next minute, whatever its interval. */
      run: (id: string, { signal }: CallOptions = {}) =>
        json<WatchedSource>(`${sourcePath(id)}/run`, withSignal({ method: 'POST' }, signal)),
      /** Watches it no longer; its articles stay. */
      remove: async (id: string, { signal }: CallOptions = {}): Promise<void> => {
        await request(sourcePath(id), withSignal({ method: 'DELETE' }, signal));
      },
      /** What an address is; nothing is watched. */
      inspect: (url: string, call?: CallOptions) =>
        json<Inspection>('/sources/inspect', sendJson('POST', { url }, call)),
    },
    /** Uploads a copy; {@link waitFor} says what became of it. */
    async put(
      { key, body, contentType = 'application/octet-stream', url, sourceId }: NewUpload,
      call: CallOptions = {},
    ): Promise<PutResult> {
      const form = await json<{ object: string; url: string; fields: Record<string, string> }>(
        '/uploads',
        sendJson('POST', { key, contentType, url, sourceId }, call),
      );
      const data = new FormData();
      for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
      // S3 wants the file last.
      data.append('file', body instanceof Blob ? body : new Blob([body]));
      const response = await reached(form.url, call.signal, () =>
        (options.fetch ?? fetch)(form.url, withSignal({ method: 'POST', body: data }, call.signal)),
      );
      if (!response.ok) {
        const reason = /<Code>(\w+)<\/Code>\s*<Message>([^<]*)/.exec(await response.text());
        throw new CopydeskError(response.status, reason?.[1] ?? 'HTTP', reason?.[2] ?? `S3 refused ${key}.`);
      }
      return { key, object: form.object, version: response.headers.get('x-amz-version-id') };
    },
    /**
     * Waits until an upload has its status.
     *
     * @throws CopydeskError with the code TIMEOUT where it has none in time
     */
    async waitFor({ key, version }: Pick<PutResult, 'key' | 'version'>, wait: WaitOptions = {}): Promise<Upload> {
      const { timeout = 60_000, signal } = wait;
      // Without any time it looks once, for which there is a second.
      const end = AbortSignal.timeout(timeout > 0 ? Math.min(Math.ceil(timeout), LONGEST_MS) : 1_000);
      const within = { signal: signal ? AbortSignal.any([signal, end]) : end };
      try {
        for (let pause = POLL.first; ; pause = Math.min(POLL.most, pause * 1.5)) {
          within.signal.throwIfAborted();
          const upload = await getUpload(key, version, within).catch((error) => {
            // However long it asks to be left alone: it is the caller who says how long to wait.
            if (error instanceof CopydeskError && isBusy(error)) return null;
            throw error;
          });
          // A failed attempt writes its status ahead of a crash, so an open lease is not an end yet.
          const open = upload === null || upload.status === 'processing';
          if (!open && (upload.leaseUntil === null || Date.parse(upload.leaseUntil) <= Date.now())) return upload;
          await sleep(pause, within.signal);
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (!end.aborted) throw error;
        throw new CopydeskError(0, 'TIMEOUT', `${key} has no status after ${timeout / 1000} s; ask again later.`);
      }
    },
    /** What the engine makes of a document; nothing is stored. */
    preview: (
      body: string | Uint8Array<ArrayBuffer>,
      contentType = 'application/octet-stream',
      { signal }: CallOptions = {},
    ) =>
      json<{ outcome: 'article'; record: ArticleRecord } | { outcome: 'rejected'; code: string; detail: string }>(
        '/extract',
        withSignal({ method: 'POST', headers: { 'Content-Type': contentType }, body }, signal),
      ),
  };
}

export type Copydesk = ReturnType<typeof copydesk>;
