/**
 * A client of the query API: `import { copydesk } from 'copydesk/client'`. Runs wherever fetch does, Node 20 and
 * Lambda among them, and brings nothing but its signer.
 */
import { AwsClient } from 'aws4fetch';
import type { ArticleCard } from '../functions/article/card.ts';
import type { ArticleRecord } from '../functions/article/record.ts';
import type { Upload, UploadStatus } from '../functions/article/upload.ts';
import type { DiffedRevision } from '../functions/query/revision-diffs.ts';
import type { ListingKind } from '../functions/scrape/listing.ts';
import type { Health, ShownSource } from '../functions/scrape/sources/health.ts';
import type { SourceSettings } from '../functions/scrape/sources/source.ts';

export type { ArticleCard, ArticleRecord, DiffedRevision, Upload, UploadStatus };

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
}

export interface ClientOptions {
  /** Where the API is: the stack's output QueryApiUrl. */
  url: string;
  /** AWS region of the stack; else what the address says, else AWS_REGION. */
  region?: string | undefined;
  /**
   * Credentials, or what gives them, such as `fromNodeProviderChain()` of `@aws-sdk/credential-providers`; it is asked
   * before every request. Else AWS_ACCESS_KEY_ID and its companions, which Lambda sets.
   */
  credentials?: Credentials | (() => Promise<Credentials>) | undefined;
  /** In place of the global one. */
  fetch?: typeof fetch | undefined;
  /** Times a read is asked again after a 429, a 503 or an answer cut short, 4 unless given; what writes is never sent twice. */
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

export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

export interface WaitOptions extends CallOptions {
  /** Milliseconds after which it gives up, 60,000 unless given. */
  timeout?: number;
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
/** The longest that timers take; some 25 days. */
const LONGEST_MS = 2 ** 31 - 1;
/** Bytes of one part of an answer that does not fit into one. */
const PART_BYTES = 4_000_000;
/** Times that an answer in parts is read before it is given up for changing. */
const PART_TRIES = 3;

const decoder = new TextDecoder();

const withSignal = (request: RequestInit, signal: CallOptions['signal']): RequestInit =>
  signal ? { ...request, signal } : request;

const isBusy = ({ status }: Response) => status === 429 || status === 503;

/** Milliseconds: what `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3), or else ever more, by chance. */
function pauseOf({ headers }: Response, tries: number): number {
  const asked = headers.get('Retry-After');
  const milliseconds =
    asked === null ? Number.NaN : /^\d+$/.test(asked) ? +asked * 1_000 : Date.parse(asked) - Date.now();
  return milliseconds >= 0 ? milliseconds : RETRY.first * 2 ** tries * (1 + Math.random());
}

/** @throws the signal's reason */
function sleep(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    if (signal?.aborted) end();
    else signal?.addEventListener('abort', end, { once: true });
  });
}

/** A client of one stack. */
export function copydesk(options: ClientOptions) {
  const base = options.url.replace(/\/+$/, '');

  /** What a request to an address gives. @throws CopydeskError where it cannot be had, and the signal's reason */
  async function reached<T>(address: string, signal: CallOptions['signal'] | null, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      signal?.throwIfAborted();
      // fetch says no more than that it failed; what happened stands in its cause.
      const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
      const why = cause?.code ?? cause?.message ?? message;
      const { origin } = new URL(address);
      throw new CopydeskError(0, 'UNREACHABLE', `${origin} could not be reached: ${why}.`, { cause: error });
    }
  }
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
    const named = /\.execute-api\.([\w-]+)\./.exec(base)?.[1];
    const region = options.region ?? named ?? environment.AWS_REGION ?? 'us-east-1';
    return new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      service: 'execute-api',
      region,
      retries: 0,
    });
  }

  /** An answer that is a success, with its body. */
  interface Answer {
    headers: Headers;
    bytes: ArrayBuffer;
  }

  async function request(path: string, init: RequestInit = {}): Promise<Answer> {
    const { signal } = init;
    const retries = init.method === undefined ? (options.retries ?? RETRY.times) : 0;
    for (let tries = 0; ; tries++) {
      // Signed anew each time: a signature has a time.
      const signed = await (await signer()).sign(base + path, init);
      const response = await reached(base, signal, () => (options.fetch ?? fetch)(signed));
      const pause = pauseOf(response, tries);
      const isAgain = tries < retries && pause <= RETRY.most;
      if (isAgain && isBusy(response)) {
        await response.body?.cancel();
        await sleep(pause, signal);
        continue;
      }
      const bytes = await reached(base, signal, () => response.arrayBuffer()).catch((error) => {
        if (!isAgain || signal?.aborted) throw error;
        return null;
      });
      if (bytes === null) {
        await sleep(pause, signal);
        continue;
      }
      if (response.ok) return { headers: response.headers, bytes };
      let problem: { code?: string; detail?: string; message?: string } = {};
      try {
        problem = JSON.parse(decoder.decode(bytes));
      } catch {
        // It came from before the API.
      }
      const detail = problem.detail ?? problem.message ?? response.statusText;
      throw new CopydeskError(response.status, problem.code ?? 'HTTP', detail);
    }
  }

  function parsed<T>(text: string): T {
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new CopydeskError(0, 'HTTP', `${base} gave an answer that is no JSON: it is not the address of the API.`);
    }
  }

  async function json<T>(path: string, init?: RequestInit): Promise<T> {
    return parsed(await whole(path, init));
  }

  async function missingAsNull<T>(ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      // Withdrawn articles are gone, which a caller need not tell from never having been. A 404 from before the API is another.
      const code = (error as CopydeskError | null)?.code;
      if (code === 'NOT_FOUND' || code === 'WITHDRAWN') return null;
      throw error;
    }
  }

  /** The parts of an answer that does not fit into one, joined; once more from the first where it changes meanwhile. */
  async function inParts(path: string, { signal }: CallOptions): Promise<string> {
    for (let tries = 0; tries < PART_TRIES; tries++) {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let tag: string | null = null;
      let first = 0;
      let total = 1;
      while (first < total) {
        const headers = { Range: `bytes=${first}-${first + PART_BYTES - 1}` };
        const answer = await request(path, withSignal({ headers }, signal)).catch((error) => {
          // Shorter than it was.
          if (first > 0 && error?.code === 'BAD_RANGE') return null;
          throw error;
        });
        tag ??= answer?.headers.get('ETag') ?? null;
        if (answer?.headers.get('ETag') !== tag) break;
        const part = new Uint8Array(answer.bytes);
        if (part.length === 0) break;
        total = Number(answer.headers.get('Content-Range')?.split('/')[1] ?? part.length);
        first += part.length;
        parts.push(part);
      }
      if (first === total) return new Blob(parts).text();
    }
    throw new CopydeskError(0, 'CHANGING', `${path} changed each time it was read; ask again.`);
  }

  const whole = async (path: string, init?: RequestInit) => decoder.decode((await request(path, init)).bytes);

  async function text(path: string, call: CallOptions): Promise<string> {
    try {
      return await whole(path, withSignal({}, call.signal));
    } catch (error) {
      if (error instanceof CopydeskError && error.code === 'ANSWER_TOO_LARGE') return inParts(path, call);
      throw error;
    }
  }

  async function* pages<T>(
    path: string,
    query: object,
    pageSize: number,
    call: CallOptions,
  ): AsyncGenerator<T, void, undefined> {
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
      const answer = await (limit === 1 ? text(address, call) : whole(address, withSignal({}, call.signal))).catch(
        (error) => {
          // Revisions hold whole texts: of long ones fewer fit into an answer.
          if (error?.code !== 'ANSWER_TOO_LARGE') throw error;
          parameters.set('limit', String(Math.max(limit >> 2, 1)));
          return null;
        },
      );
      if (answer === null) continue;
      const page = parsed<{ items: T[]; cursor: string | null }>(answer);
      yield* page.items;
      if (page.cursor === null) return;
      parameters.set('cursor', page.cursor);
    }
  }

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
      get: (id: string, call: CallOptions = {}): Promise<ArticleRecord | null> =>
        missingAsNull(async () => parsed<ArticleRecord>(await text(`/articles/${encodeURIComponent(id)}.json`, call))),
      /** The article as text, Markdown or a page; null where there is none. */
      render: (id: string, format: 'txt' | 'md' | 'html', call: CallOptions = {}): Promise<string | null> =>
        missingAsNull(() => text(`/articles/${encodeURIComponent(id)}.${format}`, call)),
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
          const upload = await getUpload(key, version, within);
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
