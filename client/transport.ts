/** Requests to the API: signed, asked again where it is busy, read in parts where an answer is too large. */
import { AwsClient } from 'aws4fetch';

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

export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
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

/** Milliseconds before a read is asked again: doubled each time, up to what `Retry-After` may ask for. */
const RETRY = { times: 4, first: 250, most: 20_000 };
/** Bytes of one part of an answer that does not fit into one. */
const PART_BYTES = 4_000_000;
/** Times that an answer in parts is read before it is given up for changing. */
const PART_TRIES = 3;

const decoder = new TextDecoder();

export const withSignal = (request: RequestInit, signal: RequestInit['signal']): RequestInit =>
  signal ? { ...request, signal } : request;

export const isBusy = ({ status }: { status: number }) => status === 429 || status === 503;

/** Milliseconds: what `Retry-After` asks for, in seconds or as a date (RFC 9110, 10.2.3), or else ever more, by chance. */
function pauseOf({ headers }: Response, tries: number): number {
  const asked = headers.get('Retry-After');
  const milliseconds =
    asked === null ? Number.NaN : /^\d+$/.test(asked) ? +asked * 1_000 : Date.parse(asked) - Date.now();
  return milliseconds >= 0 ? milliseconds : RETRY.first * 2 ** tries * (1 + Math.random());
}

/** @throws the signal's reason */
export function sleep(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
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

/** An answer that is a success, with its body. */
export interface Answer {
  headers: Headers;
  bytes: ArrayBuffer;
}

/** Null for what is not there. */
export async function missingAsNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    // Withdrawn articles are gone, which a caller need not tell from never having been. A 404 from before the API is another.
    const code = (error as CopydeskError | null)?.code;
    if (code === 'NOT_FOUND' || code === 'WITHDRAWN') return null;
    throw error;
  }
}

/** What a client asks one stack with. */
export function transport(options: ClientOptions) {
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
    return parsed(await text(path, init));
  }

  /** The parts of an answer that does not fit into one, joined; once more from the first where it changes meanwhile. */
  async function inParts(path: string, { signal }: RequestInit): Promise<string> {
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

  async function text(path: string, init: RequestInit = {}): Promise<string> {
    try {
      return await whole(path, init);
    } catch (error) {
      const isRead = init.method === undefined;
      if (isRead && error instanceof CopydeskError && error.code === 'ANSWER_TOO_LARGE') return inParts(path, init);
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
      const answer = await (limit === 1 ? text : whole)(address, withSignal({}, call.signal)).catch((error) => {
        // Revisions hold whole texts: of long ones fewer fit into an answer.
        if (error?.code !== 'ANSWER_TOO_LARGE') throw error;
        parameters.set('limit', String(Math.max(limit >> 2, 1)));
        return null;
      });
      if (answer === null) continue;
      const page = parsed<{ items: T[]; cursor: string | null }>(answer);
      yield* page.items;
      if (page.cursor === null) return;
      parameters.set('cursor', page.cursor);
    }
  }

  return { reached, request, json, text, pages };
}
