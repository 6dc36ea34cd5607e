/** Articles out of a stack and into a file, in chunks: memory holds one chunk, whatever the number and size of articles. */

import type { ArticleRecord } from '../../functions/article/record.ts';
import { type ArticleQuery, listArticles } from '../../functions/query/list-articles.ts';
import { sideBySide } from '../../functions/query/side-by-side.ts';
import type { Stack } from '../api/stack.ts';
import type { Destination } from './destinations.ts';
import type { Encoder } from './encoders.ts';

/**
 * Records of a page: the export may be taken up again after each. What each leaves behind, from the answer's bytes to
 * those of the file, is let go of late: of 20,000 records of 5 KB, 200 at a time take 30 MB more. Fewer mean more
 * requests, for each of which the local cloud walks over its whole table.
 */
const PAGE = 100;
/** Characters of text that a chunk is written at: a page of long records has many times as much. */
const CHUNK_CHARACTERS = 4_000_000;

export interface ExportOptions {
  /** Null takes everything there is, duplicates too, in no order; else newest first. */
  query: ArticleQuery | null;
  now: Date;
  signal: AbortSignal;
  /** After each chunk: how many records are written, those of an earlier run too, and the last one's sortAt. */
  onProgress?: (records: number, sortAt: string | null) => void;
}

/**
 * Writes everything that the query asks for.
 *
 * @returns how many records the file holds, and whether it is whole: an interruption leaves it to be resumed
 */
export async function exportArticles(
  stack: Pick<Stack, 'articles' | 'scan'>,
  encoder: Encoder,
  destination: Destination,
  { query, now, signal, onProgress }: ExportOptions,
): Promise<{ records: number; whole: boolean }> {
  let { cursor, records, bytes } = destination.resumed ?? { cursor: null, records: 0, bytes: 0 };
  const write = async (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (chunk.length > 0) await destination.write(chunk);
  };
  try {
    if (!destination.resumed) await write(encoder.begin());
    do {
      if (signal.aborted) {
        await destination.abandon();
        return { records, whole: false };
      }
      const page: { records: AsyncIterable<ArticleRecord>; cursor: string | null } =
        query === null
          ? await stack.scan.scan({ limit: PAGE, cursor })
          : await recordsOf(stack, query, { cursor, now });
      let last: string | null = null;
      for await (const chunk of chunksOf(page.records)) {
        await write(encoder.write(chunk));
        records += chunk.length;
        last = chunk.at(-1)?.sortAt ?? null;
      }
      cursor = page.cursor;
      if (cursor !== null) await destination.checkpoint({ cursor, records, bytes });
      onProgress?.(records, last);
    } while (cursor !== null);
    await write(encoder.end());
    await destination.end();
    return { records, whole: true };
  } catch (error) {
    await destination.abandon().catch(() => {});
    throw error;
  }
}

/** The records in chunks to be written at once. */
async function* chunksOf(records: AsyncIterable<ArticleRecord>): AsyncGenerator<ArticleRecord[]> {
  let chunk: ArticleRecord[] = [];
  let characters = 0;
  for await (const record of records) {
    chunk.push(record);
    characters += record.text.length;
    if (characters < CHUNK_CHARACTERS) continue;
    yield chunk;
    chunk = [];
    characters = 0;
  }
  if (chunk.length > 0) yield chunk;
}

/** One page of a query as records, read as they are asked for; what was withdrawn since it was listed is left out. */
export async function recordsOf(
  { articles }: Pick<Stack, 'articles'>,
  query: ArticleQuery,
  { cursor, now, limit = PAGE }: { cursor: string | null; now: Date; limit?: number },
): Promise<{ records: AsyncIterable<ArticleRecord>; cursor: string | null }> {
  const page = await listArticles(articles, query, { limit, cursor, now });
  async function* read(): AsyncGenerator<ArticleRecord> {
    for (const group of sideBySide(page.items)) {
      const records = await Promise.all(group.map(({ id }) => articles.get(id)));
      for (const record of records) if (record !== null) yield record;
    }
  }
  return { records: read(), cursor: page.cursor };
}
