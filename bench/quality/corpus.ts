/**
 * A corpus folder: `gold.ndjson` (a line a page), `html/ID.html.gz` (bytes as served) and
 * `text/ID.txt.gz` (the same page as a browser's "select all, copy" gives it).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What people found on a page. Null or absent is not annotated; an empty list or "" says there is none. */
export interface GoldPage {
  id: string;
  url: string;
  kind: string;
  title?: string | null;
  authors?: string[] | null;
  published?: string | null;
  body?: string | null;
  with?: string[] | null;
  without?: string[] | null;
  tags?: string[] | null;
}

export type Input = 'html' | 'text';

/** Corpora are used from where they lie and never copied. */
const BESIDE = join(import.meta.dirname, '../../../shared/eval/corpus');

/** Names of all corpora beside the project; empty where there are none. */
export function corporaBeside(): string[] {
  if (!existsSync(BESIDE)) return [];
  return readdirSync(BESIDE)
    .filter((name) => existsSync(join(BESIDE, name, 'gold.ndjson')))
    .sort();
}

/** A folder as named, or the corpus of that name beside the project. */
export function corpusFolder(name: string): string {
  const beside = join(BESIDE, name);
  for (const folder of [name, beside]) if (existsSync(join(folder, 'gold.ndjson'))) return folder;
  throw new CorpusNotFound(name);
}

export class CorpusNotFound extends Error {
  readonly code = 'CORPUS_NOT_FOUND';
  override readonly name = 'CorpusNotFound';
  constructor(name: string) {
    super(`No corpus at ${name}: name a folder that holds gold.ndjson and html/ or text/.`);
  }
}

export function readGold(folder: string): GoldPage[] {
  const lines = readFileSync(join(folder, 'gold.ndjson'), 'utf8').split('\n').filter(Boolean);
  // Ids may be numbers in the file; file names and predictions use them as strings.
  return lines.map((line) => {
    const page = JSON.parse(line) as GoldPage;
    return { ...page, id: String(page.id) };
  });
}

export function readPage(folder: string, input: Input, id: string): Uint8Array {
  const path = input === 'html' ? join(folder, 'html', `${id}.html.gz`) : join(folder, 'text', `${id}.txt.gz`);
  return gunzipSync(readFileSync(path));
}
