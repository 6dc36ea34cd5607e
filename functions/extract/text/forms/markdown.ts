import type { BlockKind } from '../../../article/record.ts';
import { slug } from '../../../article/slug.ts';
import { type Copy, plainCopy } from './copy.ts';

/** Lines only Markdown has, from which a text counts as Markdown. */
const FEWEST_MARKS = 2;
const MARKED_LINES = 400;
const MARKED_CHARACTERS = 2000;

/**
 * Reads Markdown as the text it shows: front matter gives fields, links and emphasis give their words, paragraphs
 * broken over lines are joined. Headings stand on lines of their own with their marks taken off.
 */
export function openMarkdown(source: string): Copy | null {
  const opening = source.split(/\r?\n/, MARKED_LINES + 1);
  const matter = frontMatter(opening);
  const marks = matter === null ? countMarks(opening) : FEWEST_MARKS;
  if (marks < FEWEST_MARKS) return null;
  const lines = source.split(/\r?\n/);

  const top = matter?.end ?? 0;
  const kinds = new Map<number, BlockKind>();
  const indents: number[] = [];
  const shown: string[] = [];
  let title = matter?.fields.get('title') ?? null;
  let fenced = false;
  for (const line of lines.slice(top)) {
    const number = top + shown.length + 1;
    if (/^\s{0,3}(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      shown.push('');
      continue;
    }
    if (fenced) {
      kinds.set(number, 'pre');
      shown.push(line);
      continue;
    }
    const [, mark = '', words = ''] = /^(#{1,6}) (.{1,500})$/.exec(line) ?? [];
    const item = LIST_ITEM.exec(line);
    const quote = /^\s{0,3}> ?/.exec(line);
    if (mark !== '') {
      const heading = inline(words).replace(/ #{1,6}$/, '');
      if (mark === '#') title ??= heading;
      kinds.set(number, HEADINGS[mark.length - 1] ?? 'h6');
      // Lines keep their places, so the blank line a heading needs is not put in.
      shown.push(heading);
    } else if (/^\s{0,3}(?:[-*_] ?){3,80}$|^\s{0,3}=+\s{0,80}$|^\[[^\]\n]{1,100}\]: \S/.test(line)) shown.push('');
    else if (item) {
      const [opener, indent = '', bullet = ''] = item;
      const level = nest(indents, columnsOf(indent));
      const ordered = /\d/.test(bullet);
      kinds.set(number, (ordered ? ORDERED : UNORDERED)[level - 1] ?? (ordered ? 'ol4' : 'ul4'));
      // The mark stays for those who judge the line; the block is built without it.
      shown.push(`${ordered ? bullet : '•'} ${inline(line.slice(opener.length))}`);
    } else {
      if (quote) kinds.set(number, 'quote');
      // A line at the margin after an empty one ends the list.
      else if (/^\S/.test(line) && (shown.at(-1) ?? '') === '') indents.length = 0;
      shown.push(inline(line.slice(quote?.[0].length ?? 0)));
    }
  }
  return {
    ...plainCopy(joinParagraphs(shown, (i) => kinds.get(top + i + 1))),
    form: 'markdown',
    skipped: top,
    kinds,
    title,
    byline: matter?.fields.get('author') ?? matter?.fields.get('authors') ?? null,
    date: matter?.fields.get('date') ?? matter?.fields.get('published') ?? null,
    url: matter?.fields.get('canonical_url') ?? matter?.fields.get('url') ?? null,
    tags: labelsOf(matter?.fields.get('tags') ?? matter?.fields.get('keywords')),
  };
}

const LIST_ITEM = /^(\s{0,20})([*+-]|\d{1,3}[.)]) {1,8}(?=\S)/;
/** A first level below the headline is a section all the same. */
const HEADINGS: readonly BlockKind[] = ['h2', 'h2', 'h3', 'h4', 'h5', 'h6'];
const UNORDERED: readonly BlockKind[] = ['ul1', 'ul2', 'ul3', 'ul4'];
const ORDERED: readonly BlockKind[] = ['ol1', 'ol2', 'ol3', 'ol4'];
const TAB_COLUMNS = 4;

function columnsOf(indent: string): number {
  let columns = 0;
  for (const space of indent) columns += space === '\t' ? TAB_COLUMNS : 1;
  return columns;
}

/** Depth of an item, from 1: one more than the open items that are indented less, which is how CommonMark nests them. */
function nest(indents: number[], indent: number): number {
  while ((indents.at(-1) ?? -1) >= indent) indents.pop();
  indents.push(indent);
  return indents.length;
}

/**
 * Lines that are marked up. What a page shows of a shell's comments and of other people's Markdown is no mark: a heading
 * opens the text, or stands between empty lines and is not of the first level.
 */
function countMarks(lines: readonly string[]): number {
  let marks = 0;
  let opened = false;
  const empty = (i: number) => (lines[i] ?? '').trim() === '';
  for (const [i, line] of lines.slice(0, MARKED_LINES).entries()) {
    if (empty(i)) continue;
    const head = line.slice(0, MARKED_CHARACTERS);
    if (!opened && /^#{1,6} \S/.test(head)) marks += FEWEST_MARKS;
    else if (/^#{2,6} \S/.test(head)) marks += empty(i - 1) && empty(i + 1) ? 1 : 0;
    else if (head.startsWith('```') || (head.includes('](') && MARK.test(head))) marks++;
    opened = true;
  }
  return marks;
}

const MARK = /^\s?[-*+] \[[^\]\n]{1,200}\]\(|!?\[[^\]\n]{0,200}\]\((?:https?:|\/|\.|#)[^)\s]{0,500}\)/;

const MOST_LABELS = 30;

/** "ferries, night travel", each label once and without quotes; null where there is none. */
function labelsOf(value: string | undefined): string[] | null {
  const bySlug = new Map<string, string>();
  for (const part of (value ?? '').split(',')) {
    const label = plainScalar(part);
    if (slug(label) !== '' && !bySlug.has(slug(label))) bySlug.set(slug(label), label);
  }
  return bySlug.size > 0 ? [...bySlug.values()].slice(0, MOST_LABELS) : null;
}

function plainScalar(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}

/** YAML between two lines of three hyphens, read for its plain `key: value` lines and lists of plain items only. */
function frontMatter(lines: string[]): { fields: Map<string, string>; end: number } | null {
  if (!/^---\s{0,10}$/.test(lines[0] ?? '')) return null;
  const fields = new Map<string, string>();
  let last = '';
  for (let i = 1; i < Math.min(lines.length, 200); i++) {
    const line = lines[i] ?? '';
    if (/^(?:---|\.\.\.)\s{0,10}$/.test(line)) return fields.size > 0 ? { fields, end: i + 1 } : null;
    const pair = /^([A-Za-z_-]{1,40}):\s?(.{0,1000})$/.exec(line);
    const item = /^ {0,8}- (.{1,200})$/.exec(line)?.[1];
    if (pair) {
      last = (pair[1] ?? '').toLowerCase();
      fields.set(last, plainScalar(pair[2] ?? '').replace(/^\[|\]$/g, ''));
    } else if (item !== undefined && last !== '') {
      const before = fields.get(last);
      fields.set(last, before ? `${before}, ${plainScalar(item)}` : plainScalar(item));
    }
  }
  return null;
}

/** Characters of a line beyond which its marks are left alone: no paragraph is longer, and the search stays linear. */
const LONGEST_MARKED = 20_000;

function inline(text: string): string {
  if (text.length > LONGEST_MARKED) return text;
  return text
    .replace(/!\[([^\]\n]{0,500})\]\([^)\n]{0,1000}\)/g, '')
    .replace(/\[([^\]\n]{1,500})\]\([^)\n]{0,1000}\)/g, '$1')
    .replace(/\[([^\]\n]{1,500})\]\[[^\]\n]{0,100}\]/g, '$1')
    .replace(/(\*\*|__)(?=\S)([^*_\n]{1,1000})\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])[*_](?=\S)([^*_\n]{1,1000})[*_](?![\p{L}\p{N}])/gu, '$1')
    .replace(/`([^`\n]{1,500})`/g, '$1');
}

/**
 * A line break inside a paragraph, an item or a quotation is no break; the lines taken up leave empty ones behind, so that
 * numbers hold.
 *
 * @param kindOf what the marks make of a line
 */
function joinParagraphs(lines: string[], kindOf: (i: number) => BlockKind | undefined): string {
  const joined: string[] = [];
  let open = -1;
  for (const [i, line] of lines.entries()) {
    const kind = kindOf(i);
    const begun = kindOf(open);
    const goesOn = kind === undefined ? !/^(?:h\d|pre)$/.test(begun ?? '') : kind === 'quote' && begun === 'quote';
    if (open >= 0 && line.trim() !== '' && goesOn && (joined[open]?.length ?? 0) > SHORTEST_BROKEN) {
      joined[open] = `${joined[open]} ${line.trim()}`;
      joined.push('');
      continue;
    }
    joined.push(line);
    open = line.trim() === '' ? -1 : i;
  }
  return joined.join('\n');
}

/** Characters of a line that may have been broken; shorter ones are lines of their own, as in an address. */
const SHORTEST_BROKEN = 40;
