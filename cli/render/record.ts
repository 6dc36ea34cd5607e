import type { ArticleRecord } from '../../functions/article/record.ts';
import { renderHtml } from '../../functions/article/render/html.ts';
import { renderJson } from '../../functions/article/render/json.ts';
import { renderFrontMatter, renderMarkdown } from '../../functions/article/render/markdown.ts';
import type { Io, Out } from '../io.ts';
import { printable, withoutControls } from './printable.ts';
import { type Column, renderTable } from './table.ts';

export const RECORD_FORMATS = ['json', 'ndjson', 'text', 'markdown', 'html', 'table'] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];

/** Prints records one by one, so that a long run neither waits nor fills memory; a table needs all of its rows. */
export interface RecordPrinter {
  print(record: ArticleRecord): void;
  /** What gave no record, in place of one: only JSON has a form for it. */
  refuse(refusal: object): void;
  end(): void;
}

export interface RecordPrinting {
  format: RecordFormat;
  /** Whether more than one record may come: JSON then is a list, and texts carry their names. */
  many: boolean;
  frontMatter: boolean;
}

/** Records as the person asked for them, on the standard output. */
export function recordPrinter({ format, many, frontMatter }: RecordPrinting, out: Out, env: Io['env']): RecordPrinter {
  // A pipe may end on a terminal as well; a file keeps the embeddings that right-to-left copy may need.
  const forPeople = (text: string) => (out.isTTY ? printable(text) : withoutControls(text));
  switch (format) {
    case 'json':
      return many ? jsonList(out) : jsonValue(out);
    case 'ndjson':
      return single((record) => out.write(`${renderJson(record)}\n`));
    case 'text':
      return parted(out, (record) => {
        const name = many ? `==> ${printable(record.raw.key)} <==\n` : '';
        return name + forPeople(`${record.text}\n`);
      });
    case 'markdown':
      return parted(out, (record) =>
        forPeople((frontMatter ? `${renderFrontMatter(record)}\n` : '') + renderMarkdown(record)),
      );
    case 'html':
      return parted(out, (record) => forPeople(renderHtml(record)));
    case 'table': {
      const records: ReturnType<typeof toRow>[] = [];
      return {
        ...single((record) => records.push(toRow(record))),
        end: () => {
          if (records.length > 0) out.write(renderTable(COLUMNS, records, out, env));
        },
      };
    }
  }
}

const single = (print: (record: ArticleRecord) => void): RecordPrinter => ({
  print,
  refuse: () => {},
  end: () => {},
});

function parted(out: Out, toText: (record: ArticleRecord) => string): RecordPrinter {
  let first = true;
  return single((record) => {
    out.write((first ? '' : '\n') + toText(record));
    first = false;
  });
}

function jsonValue(out: Out): RecordPrinter {
  const print = (value: object) => out.write(`${renderJson(value, 2)}\n`);
  return { print, refuse: print, end: () => {} };
}

function jsonList(out: Out): RecordPrinter {
  let first = true;
  const print = (value: object) => {
    const indented = renderJson(value, 2).replaceAll('\n', '\n  ');
    out.write(`${first ? '[' : ','}\n  ${indented}`);
    first = false;
  };
  return {
    print,
    refuse: print,
    end: () => out.write(first ? '[]\n' : '\n]\n'),
  };
}

const COLUMNS: readonly Column[] = [
  { heading: 'file', flexible: true },
  { heading: 'title', flexible: true },
  { heading: 'section', flexible: true },
  { heading: 'site' },
  { heading: 'published' },
  { heading: 'words' },
];

function toRow(record: ArticleRecord): string[] {
  return [
    record.raw.key,
    record.title ?? '',
    record.section?.label ?? '',
    record.site ?? '',
    renderPublished(record.publishedAt, record.datePrecision),
    String(record.wordCount),
  ];
}

/** A date known to the day is shown as a day: its midnight is no time that anybody stated. */
export function renderPublished(publishedAt: string | null, precision: 'day' | 'second' | null): string {
  if (publishedAt === null) return '';
  return precision === 'day' ? publishedAt.slice(0, 10) : `${publishedAt.slice(0, 16).replace('T', ' ')}Z`;
}
