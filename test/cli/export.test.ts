import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseRssFeed } from 'feedsmith';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { toFile } from '../../cli/export/destinations.ts';
import { type ExportFormat, encoderOf } from '../../cli/export/encoders.ts';
import { exportArticles } from '../../cli/export/export-articles.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { memoryPorts, NOW, story } from '../query/memory.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const stories = Array.from({ length: 450 }, (_, number) =>
  story(number, {
    canonicalUrl: `https://harbour.example/${number}`,
    title: number === 0 ? '=HYPERLINK("https://evil.example")' : `Story, "quoted" ${number}`,
    tags: [{ label: '@mention', slug: 'mention' }],
    text: `Line one of ${number}\nline two \u2028 with a separator.\n\n-5 degrees & <b>more</b> ]]> end.`,
  }),
);
const query = { site: 'harbour.example' };

/** A stack over memory that counts what is read, and is interrupted when told. */
function stackOf(stored: ArticleRecord[], interruptAfter = Number.POSITIVE_INFINITY) {
  const interruption = new AbortController();
  const { articles } = memoryPorts({ stored, revisions: [], uploads: [] });
  let reads = 0;
  const get = async (id: string) => {
    reads += 1;
    if (reads === interruptAfter) interruption.abort();
    return stored.find((record) => record.id === id) ?? null;
  };
  const scan = async ({ cursor = null }: { cursor?: string | null } = {}) => {
    const from = Number(cursor ?? 0);
    const records = (async function* () {
      yield* stored.slice(from, from + 100);
    })();
    return { records, cursor: from + 100 < stored.length ? String(from + 100) : null };
  };
  const stack = { articles: { ...articles, get }, scan: { scan } } as unknown as Parameters<typeof exportArticles>[0];
  return { stack, signal: interruption.signal, reads: () => reads };
}

async function exported(
  format: ExportFormat,
  file: string,
  { stack, signal }: ReturnType<typeof stackOf>,
  all = false,
) {
  const encoder = await encoderOf(format, 'Stories');
  const destination = await toFile(path.join(folder, file), JSON.stringify([format, query]), encoder.resumable);
  return exportArticles(stack, encoder, destination, { query: all ? null : query, now: NOW, signal });
}

const read = (file: string) => readFile(path.join(folder, file), 'utf8');

/** The cells of a CSV file (RFC 4180), whose records end at any line feed or carriage return outside of quotes. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.join('') !== '');
}

describe('an export', () => {
  it('as NDJSON gives back the very records, a query newest first and everything in any order', async () => {
    for (const all of [false, true]) {
      expect(await exported('ndjson', 'all.ndjson', stackOf(stories), all)).toEqual({ records: 450, whole: true });
      const lines = (await read('all.ndjson')).trimEnd().split('\n');
      expect(lines.map((line) => JSON.parse(line))).toEqual(stories);
    }
  });

  it('as CSV has a row for each, no cell of which a spreadsheet would run', async () => {
    await exported('csv', 'all.csv', stackOf(stories));
    const csv = await read('all.csv');
    expect(csv).toMatch(/^\ufeffid,site,/);
    expect(csv).toContain('"\'=HYPERLINK(""https://evil.example"")"');
    expect(csv).toContain('"\'@mention"');
    expect(csv).not.toMatch(/(?:^|,)"?[=@]/m);
    expect(csv.match(/\r\n/g)).toHaveLength(451);
  });

  it('as CSV keeps the lines of a text in its cell', async () => {
    const hostile = story(1, { title: 'x\r=1+1', text: 'One.\n\n=HYPERLINK("https://evil.example")\r\n,"two",\n' });
    await exported('csv', 'lines.csv', stackOf([hostile]), true);
    const rows = cellsOf((await read('lines.csv')).slice(1));
    expect(rows).toHaveLength(2);
    const cell = (name: string) => rows[1]?.[rows[0]?.indexOf(name) ?? -1];
    expect(rows[1]).toHaveLength(rows[0]?.length ?? 0);
    expect([cell('title'), cell('text')]).toEqual([hostile.title, hostile.text]);
  });

  it('into what is no plain file is written there, and through a link into what that leads to', async () => {
    const pipe = path.join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [piped] = await Promise.all([
      readFile(pipe, 'utf8'),
      exported('ndjson', 'pipe', stackOf(stories.slice(0, 3))),
    ]);
    expect(piped.trimEnd().split('\n')).toHaveLength(3);
    expect((await stat(pipe)).isFIFO()).toBe(true);
    await symlink('real.ndjson', path.join(folder, 'link.ndjson'));
    await exported('ndjson', 'link.ndjson', stackOf(stories.slice(0, 1)));
    expect((await read('real.ndjson')).trimEnd().split('\n')).toHaveLength(1);
    await exported('ndjson', 'link.ndjson', stackOf(stories.slice(0, 3)));
    expect((await read('real.ndjson')).trimEnd().split('\n')).toHaveLength(3);
    expect((await lstat(path.join(folder, 'link.ndjson'))).isSymbolicLink()).toBe(true);
  });

  it('into a folder is refused before anything is read', async () => {
    await expect(toFile(folder, '', true)).rejects.toThrow('is a folder; name a file in it');
    expect(existsSync(`${folder}.part`)).toBe(false);
  });

  it('as Parquet is read by others: types, nulls and times', async () => {
    await exported('parquet', 'all.parquet', stackOf(stories));
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path.join(folder, 'all.parquet')) });
    expect(rows).toHaveLength(450);
    const { row_groups } = await parquetMetadataAsync(await asyncBufferFromFile(path.join(folder, 'all.parquet')));
    expect(row_groups).toHaveLength(1);
    expect(rows[7]).toMatchObject({
      id: stories[7]?.id,
      title: stories[7]?.title,
      text: stories[7]?.text,
      subtitle: null,
      wordCount: stories[7]?.wordCount,
      publishedAt: new Date(stories[7]?.publishedAt ?? ''),
    });
  });

  it('as Parquet gives a group of rows away once it is large', async () => {
    const large = Array.from({ length: 120 }, (_, number) => story(number, { text: `${number} `.repeat(50_000) }));
    await exported('parquet', 'large.parquet', stackOf(large), true);
    const file = await asyncBufferFromFile(path.join(folder, 'large.parquet'));
    const { row_groups } = await parquetMetadataAsync(file);
    expect(row_groups.length).toBeGreaterThan(1);
    expect(row_groups.reduce((rows, group) => rows + Number(group.num_rows), 0)).toBe(120);
    const rows = await parquetReadObjects({ file, columns: ['text'] });
    expect(rows.map(({ text }) => text)).toEqual(large.map(({ text }) => text));
  });

  it('as RSS is one feed of all', async () => {
    await exported('rss', 'all.rss', stackOf(stories));
    const feed = parseRssFeed(await read('all.rss'));
    expect(feed.items).toHaveLength(450);
    expect(feed.items?.[3]).toMatchObject({ title: stories[3]?.title, link: 'https://harbour.example/3' });
    expect(feed.items?.[3]?.content?.encoded).toContain(']]&gt; end.');
  });

  it.each(['ndjson', 'csv', 'rss'] as const)('that was interrupted goes on where it ended (%s)', async (format) => {
    const file = `resumed.${format}`;
    expect(await exported(format, file, stackOf(stories, 250))).toMatchObject({ whole: false, records: 300 });
    expect(existsSync(path.join(folder, file))).toBe(false);
    // What a killed run had written after the last note is dropped.
    const part = path.join(folder, `${file}.part`);
    await writeFile(part, `${await readFile(part, 'utf8')}half a rec`);
    const second = stackOf(stories);
    expect(await exported(format, file, second)).toEqual({ records: 450, whole: true });
    expect(second.reads()).toBe(150);
    await exported(format, `whole.${format}`, stackOf(stories));
    expect(await read(file)).toBe(await read(`whole.${format}`));
    expect(existsSync(part)).toBe(false);
  });

  it('as Parquet leaves nothing behind, because nobody could go on with it', async () => {
    expect(await exported('parquet', 'cut.parquet', stackOf(stories, 250))).toMatchObject({ whole: false });
    expect(['', '.part', '.part.json'].map((end) => existsSync(path.join(folder, `cut.parquet${end}`)))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it.each([false, true])('of long records is written as they are read, few at a time (everything: %s)', async (all) => {
    const long = Array.from({ length: 9 }, (_, number) => story(number, { text: 'words '.repeat(250_000) }));
    const { stack, signal, reads } = stackOf(long);
    const chunks: { bytes: number; reads: number }[] = [];
    const destination = {
      resumed: null,
      write: async ({ length: bytes }: Uint8Array) => void chunks.push({ bytes, reads: reads() }),
      checkpoint: async () => {},
      end: async () => {},
      abandon: async () => {},
    };
    const encoder = await encoderOf('ndjson', '');
    const options = { query: all ? null : query, now: NOW, signal };
    expect(await exportArticles(stack, encoder, destination, options)).toEqual({ records: 9, whole: true });
    expect(Math.max(...chunks.map(({ bytes }) => bytes))).toBeLessThan(6_000_000);
    expect(chunks.every((chunk, n) => all || chunk.reads <= 3 * (n + 1))).toBe(true);
  });

  it('of another query begins anew', async () => {
    await exported('ndjson', 'other.ndjson', stackOf(stories, 1));
    const encoder = await encoderOf('ndjson', '');
    const destination = await toFile(path.join(folder, 'other.ndjson'), 'another', true);
    expect(destination.resumed).toBeNull();
    const { stack, signal } = stackOf(stories.slice(0, 3));
    await exportArticles(stack, encoder, destination, { query, now: NOW, signal });
    expect((await read('other.ndjson')).trimEnd().split('\n')).toHaveLength(3);
  });
});
