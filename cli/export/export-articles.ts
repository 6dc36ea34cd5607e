/** Articles out of a stack and into a file, in chunks: memory holds one chunk, whatever the number of articles. */

import { eachAtOnce } from '../../functions/article/each-at-once.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { type ArticleQuery, listArticles } from '../../functions/query/list-articles.ts';
import type { Stack } from '../api/stack.ts';
import type { Destination } from './destinations.ts';
import type { Encoder } from './encoders.ts';

/**
 * Records of a chunk: at the size of an item, at most, some 30 MB. What each leaves behind, from the answer's bytes to
 * those of the file, is let go of late: of 20,000 records of 5 KB, 200 at a time take 30 MB more. Fewer mean more
 * requests, for each of which the local cloud walks over its whole table.
 */
const CHUNK = 100;
const READS_AT_ONCE = 16;

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
      const page: { items: ArticleRecord[]; cursor: string | null } =
        query === null
          ? await stack.scan.scan({ limit: CHUNK, cursor })
          : await recordsOf(stack, query, { cursor, now });
      await write(encoder.write(page.items));
      records += page.items.length;
      cursor = page.cursor;
      if (cursor !== null) await destination.checkpoint({ cursor, records, bytes });
      onProgress?.(records, page.items.at(-1)?.sortAt ?? null);
    } while (cursor !== null);
    await write(encoder.end());
    await destination.end();
    return { records, whole: true };
  } catch (error) {
    await destination.abandon().catch(() => {});
    throw error;
  }
}

/** One page of a query as records; what was withdrawn since it was listed is left out. */
export async function recordsOf(
  { articles }: Pick<Stack, 'articles'>,
  query: ArticleQuery,
  { cursor, now, limit = CHUNK }: { cursor: string | null; now: Date; limit?: number },
): Promise<{ items: ArticleRecord[]; cursor: string | null; scanned: number }> {
  const page = await listArticles(articles, query, { limit, cursor, now });
  const records: (ArticleRecord | null)[] = [];
  await eachAtOnce(READS_AT_ONCE, page.items, async ({ id }, index) => {
    records[index] = await articles.get(id);
  });
  return { items: records.filter((record) => record !== null), cursor: page.cursor, scanned: page.scanned };
}
