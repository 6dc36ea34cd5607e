/**
 * A client of the query API: `import { copydesk } from 'copydesk/client'`. Runs wherever fetch does, Node 20 and
 * Lambda among them, and brings nothing but its signer.
 */
import { AwsClient } from 'aws4fetch';
import type { ArticleCard } from '../functions/article/card.ts';
import type { ArticleRecord } from '../functions/article/record.ts';
import type { Revision } from '../functions/article/revision.ts';
import type { Upload, UploadStatus } from '../functions/article/upload.ts';
import type { ListingKind } from '../functions/scrape/listing.ts';
import type { Health, ShownSource } from '../functions/scrape/sources/health.ts';
import type { SourceSettings } from '../functions/scrape/sources/source.ts';

export type { ArticleCard, ArticleRecord, Revision, Upload, UploadStatus };

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface ClientOptions {
  /** Where the API is: the stack's output QueryApiUrl. */
  url: string;
  /** AWS region of the stack; else AWS_REGION, else what the address says. */
  region?: string | undefined;
  /**
   * Credentials, or what gives them, such as `fromNodeProviderChain()` of `@aws-sdk/credential-providers`; it is asked
   * before every request. Else AWS_ACCESS_KEY_ID and its companions, which Lambda sets.
   */
  credentials?: Credentials | (() => Promise<Credentials>) | undefined;
  /** In place of the global one. */
  fetch?: typeof fetch | undefined;
  /** Times a read is asked again after a 429 or 503, 4 unless given; what writes is never sent twice. */
  retries?: number | undefined;
}

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

export interface WaitOptions {
  /** Milliseconds after which it gives up, 60,000 unless given. */
  timeout?: number;
  signal?: AbortSignal;
}

/** An answer that is no success: `code` and `status` for programs, the message for people. */
export class CopydeskError extends Error {
  override readonly name = 'CopydeskError';
  readonly status: number;
  /**
   * As the API's problem details name it; `HTTP` where the answer came from before the API, `UNREACHABLE` where there
   * was none, `TIMEOUT` of `waitFor`, `CHANGING` of a large record that changed each time it was read.
   */
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** Milliseconds between looks at a status. */
const POLL = { first: 200, most: 2_000 };
/** Milliseconds before a read is asked again: doubled each time, up to what `Retry-After` may ask for. */
const RETRY = { times: 4, first: 250, most: 20_000 };
/** Bytes of one part of an answer that does not fit into one. */
const PART_BYTES = 4_000_000;
/** Times that an answer in parts is read before it is given up for changing. */
const PART_TRIES = 3;

const isBusy = ({ status }: Response) => status === 429 || status === 503;

/** Milliseconds: what `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3), or else ever more, by chance. */
function pauseOf({ headers }: Response, tries: number): number {
  const asked = headers.get('Retry-After');
  const milliseconds =
    asked === null ? Number.NaN : /^\d+$/.test(asked) ? +asked * 1_000 : Date.parse(asked) - Date.now();
  return milliseconds >= 0 ? milliseconds : RETRY.first * 2 ** tries * (1 + Math.random());
}

/** A client of one stack. */
export function copydesk(options: ClientOptions) {
  const base = options.url.replace(/\/+$/, '');
  const send: typeof fetch = async (...request) => {
    try {
      return await (options.fetch ?? fetch)(...request);
    } catch (error) {
      // fetch says no more than that it failed; what happened stands in its cause.
      const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
      const [target] = request;
      const { origin } = new URL(target instanceof Request ? target.url : target);
      const why = cause?.code ?? cause?.message ?? message;
      throw new CopydeskError(0, 'UNREACHABLE', `${origin} could not be reached: ${why}.`, { cause: error });
    }
  };
  const environment: Record<string, string | undefined> = globalThis.process?.env ?? {};

  async function signer(): Promise<AwsClient> {
    const { credentials } = options;
    const given = typeof credentials === 'function' ? await credentials() : credentials;
    const { accessKeyId, secretAccessKey, sessionToken } = given ?? {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: environment.AWS_SESSION_TOKEN,
    };
    if (!accessKeyId || !secretAccessKey) {
      throw new CopydeskError(0, 'NO_CREDENTIALS', 'Give `credentials`, or set AWS_ACCESS_KEY_ID and its companions.');
    }
    const region =
      options.region ?? environment.AWS_REGION ?? /\.execute-api\.([\w-]+)\./.exec(base)?.[1] ?? 'us-east-1';
    return new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      service: 'execute-api',
      region,
      retries: 0,
    });
  }

  // Signed anew each time: a signature has a time.
  const once = async (path: string, init: RequestInit) => send(await (await signer()).sign(base + path, init));

  async function request(path: string, init: RequestInit = {}): Promise<Response> {
    const { retries = RETRY.times } = options;
    let response = await once(path, init);
    for (let tries = 0; isBusy(response) && init.method === undefined && tries < retries; tries++) {
      const pause = pauseOf(response, tries);
      if (pause > RETRY.most) break;
      await response.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, pause));
      response = await once(path, init);
    }
    if (response.ok) return response;
    const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; message?: string };
    const detail = problem.detail ?? problem.message ?? response.statusText;
    throw new CopydeskError(response.status, problem.code ?? 'HTTP', detail);
  }

  async function json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await (await request(path, init)).json()) as T;
  }

  async function missingAsNull<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      // Withdrawn articles are gone, which a caller need not tell from never having been.
      if (error instanceof CopydeskError && (error.status === 404 || error.status === 410)) return null;
      throw error;
    }
  }

  /** The parts of an answer that does not fit into one, joined; once more from the first where it changes meanwhile. */
  async function inParts(path: string): Promise<string> {
    for (let tries = 0; tries < PART_TRIES; tries++) {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let tag: string | null = null;
      let first = 0;
      let total = 1;
      while (first < total) {
        const headers = { Range: `bytes=${first}-${first + PART_BYTES - 1}` };
        const response = await request(path, { headers }).catch((error) => {
          // Shorter than it was.
          if (first > 0 && error.code === 'BAD_RANGE') return null;
          throw error;
        });
        tag ??= response?.headers.get('ETag') ?? null;
        if (response?.headers.get('ETag') !== tag) break;
        const part = new Uint8Array(await response.arrayBuffer());
        if (part.length === 0) break;
        total = Number(response.headers.get('Content-Range')?.split('/')[1] ?? part.length);
        first += part.length;
        parts.push(part);
      }
      if (first === total) return new Blob(parts).text();
    }
    throw new CopydeskError(0, 'CHANGING', `${path} changed each time it was read; ask again.`);
  }

  const whole = async (path: string) => (await request(path)).text();

  async function text(path: string): Promise<string> {
    try {
      return await whole(path);
    } catch (error) {
      if (error instanceof CopydeskError && error.code === 'ANSWER_TOO_LARGE') return inParts(path);
      throw error;
    }
  }

  async function* pages<T>(path: string, query: object, pageSize: number): AsyncGenerator<T, void, undefined> {
    const parameters = new URLSearchParams({ limit: String(pageSize) });
    for (const [name, value] of Object.entries(query)) {
      if (name === 'limit' || name === 'cursor') {
        throw new CopydeskError(
          0,
          'BAD_REQUEST',
          `There is no filter "${name}": pages follow each other by themselves.`,
        );
      }
      if (value !== undefined) parameters.set(name, String(value));
    }
    for (;;) {
      const limit = Number(parameters.get('limit'));
      const address = `${path}?${parameters}`;
      const answer = await (limit === 1 ? text(address) : whole(address)).catch((error) => {
        // Revisions hold whole texts: of long ones fewer fit into an answer.
        if (error.code !== 'ANSWER_TOO_LARGE') throw error;
        parameters.set('limit', String(Math.max(limit >> 2, 1)));
        return null;
      });
      if (answer === null) continue;
      const page: { items: T[]; cursor: string | null } = JSON.parse(answer);
      yield* page.items;
      if (page.cursor === null) return;
      parameters.set('cursor', page.cursor);
    }
  }

  async function getUpload(key: string, version?: string | null): Promise<Upload | null> {
    // By key as a parameter: no path of an API says a key with slashes and percent signs without loss.
    return missingAsNull(async () => {
      for await (const upload of pages<Upload>('/uploads', { key }, 100)) {
        if (version == null || upload.version === version) return upload;
      }
      return null;
    });
  }

  const sourcePath = (id: string) => `/sources/${encodeURIComponent(id)}`;
  const sendJson = (method: string, body: object): RequestInit => ({
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

  return {
    articles: {
      /** Cards, newest first; pages are fetched as they are needed. */
      query: (query: ArticleQuery = {}, { pageSize = 100 }: { pageSize?: number } = {}): AsyncIterable<ArticleCard> =>
        pages<ArticleCard>('/articles', query, pageSize),
      /** The record; null where there is none, or it was withdrawn. */
      get: (id: string): Promise<ArticleRecord | null> =>
        missingAsNull(async () => JSON.parse(await text(`/articles/${encodeURIComponent(id)}.json`)) as ArticleRecord),
      /** The article as text, Markdown or a page; null where there is none. */
      render: (id: string, format: 'txt' | 'md' | 'html'): Promise<string | null> =>
        missingAsNull(() => text(`/articles/${encodeURIComponent(id)}.${format}`)),
      /** What changed, last change first. */
      revisions: (id: string): AsyncIterable<Revision> =>
        pages<Revision>(`/articles/${encodeURIComponent(id)}/revisions`, {}, 20),
    },
    uploads: {
      /** By status, last changed first. */
      query: (query: { status: UploadStatus; day?: string }): AsyncIterable<Upload> =>
        pages<Upload>('/uploads', query, 100),
      /** What became of an object; the newest version unless one is named. */
      get: getUpload,
    },
    sources: {
      /** By name; pages are fetched as they are needed. */
      query: (query: { health?: Health } = {}): AsyncIterable<WatchedSource> =>
        pages<WatchedSource>('/sources', query, 100),
      /** Null where there is none of that name. */
      get: (id: string): Promise<WatchedSource | null> => missingAsNull(() => json<WatchedSource>(sourcePath(id))),
      /** Watches an address from the next minute on. */
      add: (source: NewSource) => json<WatchedSource>('/sources', sendJson('POST', source)),
      change: (id: string, changes: SourceChanges) => json<WatchedSource>(sourcePath(id), sendJson('PATCH', changes)),
      /** Reads it at the next minute, whatever its interval. */
      run: (id: string) => json<WatchedSource>(`${sourcePath(id)}/run`, { method: 'POST' }),
      /** Watches it no longer; its articles stay. */
      remove: async (id: string): Promise<void> => {
        await request(sourcePath(id), { method: 'DELETE' });
      },
      /** What an address is; nothing is watched. */
      inspect: (url: string) => json<Inspection>('/sources/inspect', sendJson('POST', { url })),
    },
    /** Uploads a copy; {@link waitFor} says what became of it. */
    async put({ key, body, contentType = 'application/octet-stream', url, sourceId }: NewUpload): Promise<PutResult> {
      const form = await json<{ object: string; url: string; fields: Record<string, string> }>(
        '/uploads',
        sendJson('POST', { key, contentType, url, sourceId }),
      );
      const data = new FormData();
      for (const [name, value] of Object.entries(form.fields)) data.append(name, value);
      // S3 wants the file last.
      data.append('file', body instanceof Blob ? body : new Blob([body]));
      const response = await send(form.url, { method: 'POST', body: data });
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
      const until = Date.now() + timeout;
      for (let pause = POLL.first; ; pause = Math.min(POLL.most, pause * 1.5)) {
        signal?.throwIfAborted();
        const upload = await getUpload(key, version);
        // A failed attempt writes its status ahead of a crash, so an open lease is not an end yet.
        const open = upload === null || upload.status === 'processing';
        if (!open && (upload.leaseUntil === null || Date.parse(upload.leaseUntil) <= Date.now())) return upload;
        if (Date.now() + pause > until) {
          throw new CopydeskError(0, 'TIMEOUT', `${key} has no status after ${timeout / 1000} s; ask again later.`);
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    },
    /** What the engine makes of a document; nothing is stored. */
    preview: (body: string | Uint8Array<ArrayBuffer>, contentType = 'application/octet-stream') =>
      json<{ outcome: 'article'; record: ArticleRecord } | { outcome: 'rejected'; code: string; detail: string }>(
        '/extract',
        { method: 'POST', headers: { 'Content-Type': contentType }, body },
      ),
  };
}

export type Copydesk = ReturnType<typeof copydesk>;
