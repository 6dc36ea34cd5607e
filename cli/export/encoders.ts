/** Records as bytes of a file, chunk by chunk, so that an export of any size takes the memory of one chunk. */
import type { ArticleRecord } from '../../functions/article/record.ts';
import { renderJson } from '../../functions/article/render/json.ts';

export const EXPORT_FORMATS = ['ndjson', 'csv', 'parquet', 'rss'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What `begin`, the chunks and `end` give, one after the other, is the file. */
export interface Encoder {
  /** Whether another encoder may go on after any chunk of this one. */
  resumable: boolean;
  begin(): Uint8Array;
  write(records: readonly ArticleRecord[]): Uint8Array;
  end(): Uint8Array;
}

const NOTHING = new Uint8Array();

/** Encoders bring libraries that other commands need not load. */
export async function encoderOf(format: ExportFormat, title: string): Promise<Encoder> {
  switch (format) {
    case 'ndjson':
      return {
        resumable: true,
        begin: () => NOTHING,
        write: (records) => Buffer.from(records.map((record) => `${renderJson(record)}\n`).join('')),
        end: () => NOTHING,
      };
    case 'csv':
      return csvEncoder();
    case 'parquet':
      return parquetEncoder();
    case 'rss':
      return rssEncoder(title);
  }
}

type Kind = 'text' | 'count' | 'share' | 'instant';
type Cell = string | number | null;

/** The flat form of a record: what a spreadsheet and a data frame can hold. Lists are joined. */
const COLUMNS: readonly [name: string, kind: Kind, value: (record: ArticleRecord) => Cell][] = [
  ['id', 'text', ({ id }) => id],
  ['site', 'text', ({ site }) => site],
  ['siteName', 'text', ({ siteName }) => siteName],
  ['canonicalUrl', 'text', ({ canonicalUrl }) => canonicalUrl],
  ['title', 'text', ({ title }) => title],
  ['subtitle', 'text', ({ subtitle }) => subtitle],
  ['description', 'text', ({ description }) => description],
  ['authors', 'text', ({ authors }) => authors.map(({ name }) => name).join('; ')],
  ['section', 'text', ({ section }) => section?.label ?? null],
  ['tags', 'text', ({ tags }) => tags.map(({ label }) => label).join('; ')],
  ['publishedAt', 'instant', ({ publishedAt }) => publishedAt],
  ['modifiedAt', 'instant', ({ modifiedAt }) => modifiedAt],
  ['datePrecision', 'text', ({ datePrecision }) => datePrecision],
  ['language', 'text', ({ language }) => language],
  ['kind', 'text', ({ kind }) => kind],
  ['wordCount', 'count', ({ wordCount }) => wordCount],
  ['confidence', 'share', ({ quality }) => quality.confidence],
  ['revision', 'count', ({ revision }) => revision],
  ['duplicateOf', 'text', ({ duplicateOf }) => duplicateOf],
  ['clusterId', 'text', ({ clusterId }) => clusterId],
  ['sortAt', 'instant', ({ sortAt }) => sortAt],
  ['firstSeenAt', 'instant', ({ firstSeenAt }) => firstSeenAt],
  ['updatedAt', 'instant', ({ updatedAt }) => updatedAt],
  ['rawKey', 'text', ({ raw }) => raw.key],
  ['text', 'text', ({ text }) => text],
];

async function csvEncoder(): Promise<Encoder> {
  const { stringify } = await import('csv-stringify/sync');
  return {
    resumable: true,
    // The mark tells spreadsheets that it is UTF-8.
    begin: () => Buffer.from(`\ufeff${COLUMNS.map(([name]) => name).join(',')}\r\n`),
    write: (records) =>
      Buffer.from(
        stringify(
          records.map((record) => COLUMNS.map(([, , value]) => value(record))),
          // Spreadsheets run cells that begin as a formula does: such get an apostrophe in front. All texts are quoted:
          // with CR LF between the records, the library leaves a lone line feed bare, which ends a record for readers.
          { escape_formulas: true, quoted_string: true, record_delimiter: 'windows' },
        ),
      ),
    end: () => NOTHING,
  };
}

const PARQUET_TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  count: { type: 'INT32' },
  share: { type: 'DOUBLE' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
} as const;

/**
 * A group of rows is written when its texts have so many characters, or it so many rows: large ones are read fast and
 * packed well, and one waits in memory.
 */
const GROUP_CHARACTERS = 4_000_000;
const GROUP_ROWS = 10_000;

async function parquetEncoder(): Promise<Encoder> {
  const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    createdBy: 'copydesk',
    schema: [
      { name: 'root', num_children: COLUMNS.length },
      ...COLUMNS.map(([name, kind]) => ({ name, repetition_type: 'OPTIONAL' as const, ...PARQUET_TYPES[kind] })),
    ],
  });
  let rows: Cell[][] = [];
  let characters = 0;
  const writeGroup = () => {
    if (rows.length === 0) return;
    const columnData = COLUMNS.map(([name, kind], at) => ({
      name,
      data: rows.map((row) => {
        const cell = row[at] ?? null;
        return kind === 'instant' && cell !== null ? new Date(cell) : cell;
      }),
    }));
    void parquet.write({ columnData, rowGroupSize: rows.length });
    rows = [];
    characters = 0;
  };
  // What was written so far; the writer counts on by itself.
  const take = () => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  return {
    // Its end says where every group lies.
    resumable: false,
    begin: take,
    write(records) {
      for (const record of records) {
        rows.push(COLUMNS.map(([, , value]) => value(record)));
        characters += record.text.length;
      }
      if (characters < GROUP_CHARACTERS && rows.length < GROUP_ROWS) return NOTHING;
      writeGroup();
      return take();
    },
    end() {
      writeGroup();
      void parquet.finish();
      return take();
    },
  };
}

async function rssEncoder(title: string): Promise<Encoder> {
  const { renderFeed } = await import('../../functions/article/render/feed.ts');
  const options = { title, address: 'urn:copydesk:export' };
  const feed = (records: readonly ArticleRecord[]) => renderFeed('rss', records, options);
  const END = '  </channel>\n</rss>\n';
  return {
    resumable: true,
    begin() {
      // Every namespace that items may use is declared once, which a feed without items does not do.
      const empty = feed([]).trimEnd();
      const opened = empty.slice(0, empty.lastIndexOf('</channel>')).trimEnd();
      const namespaces =
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
      return Buffer.from(`${opened.replace('<rss version="2.0">', `<rss version="2.0" ${namespaces}>`)}\n`);
    },
    write: (records) =>
      Buffer.from(
        records
          .map((record) => {
            const whole = feed([record]);
            const end = '</item>';
            return `    ${whole.slice(whole.indexOf('<item>'), whole.lastIndexOf(end) + end.length)}\n`;
          })
          .join(''),
      ),
    end: () => Buffer.from(END),
  };
}
