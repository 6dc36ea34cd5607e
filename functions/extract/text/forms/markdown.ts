import type { BlockKind } from '../../../article/record.ts';
import { type Copy, LONGEST_MARKED, plainCopy } from './copy.ts';
import { frontMatter, labelsOf } from './front-matter.ts';
import { joinParagraphs } from './join-paragraphs.ts';

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
    url: matter?.fields.get('canonical_url') ?? matter?.fields.get('url') ?? matter?.fields.get('source') ?? null,
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
