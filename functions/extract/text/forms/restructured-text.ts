import type { BlockKind } from '../../../article/record.ts';
import { type Copy, LONGEST_MARKED, plainCopy } from './copy.ts';
import { labelsOf } from './front-matter.ts';
import { joinParagraphs } from './join-paragraphs.ts';

/** A line of one sign that adorns the heading above it, and below it too where it stands on both sides. */
const ADORNMENT = /^([=\-`:.'"~^_*+#])\1{2,200}\s{0,10}$/;
/** Lines in which the title stands, and in which a text must show more that only this form has. */
const TITLE_LINES = 12;
const TELLING_LINES = 60;
/** `:Author: Ann Lee`: a bibliographic field. */
const FIELD = /^:([A-Za-z][\w -]{0,40}): {1,10}(\S.{0,500})$/u;
const DIRECTIVE = /^\.\. (?:[\w:-]{1,60}::|_[^:]{1,100}:|\[[^\]]{1,40}\])/;
const KINDS: readonly BlockKind[] = ['h2', 'h3', 'h4', 'h5', 'h6'];

/**
 * Reads reStructuredText, told by an adorned title with fields or directives below it. Headings rank by the order in which
 * their signs are met, as docutils does.
 */
export function openRestructuredText(source: string): Copy | null {
  const opening = source.split(/\r?\n/, TELLING_LINES);
  if (!opening.some((line) => FIELD.test(line) || DIRECTIVE.test(line))) return null;
  const first = opening.slice(0, TITLE_LINES).findIndex((_, i) => headingAt(opening, i) !== null);
  if (first < 0) return null;
  const lines = source.split(/\r?\n/);
  const fields = new Map<string, string>();
  const kinds = new Map<number, BlockKind>();
  const signs: string[] = [];
  const shown: string[] = [];
  let title: string | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const heading = headingAt(lines, i);
    if (heading !== null) {
      if (title === null) {
        title = heading.text;
        shown.push('', ...heading.rest);
      } else {
        if (!signs.includes(heading.sign)) signs.push(heading.sign);
        kinds.set(i + 1 + heading.above, KINDS[signs.indexOf(heading.sign)] ?? 'h6');
        shown.push(...(heading.above === 1 ? [''] : []), inline(heading.text), '');
        if (heading.above === 1) shown.push('');
        i += heading.above + 1;
        continue;
      }
      i += heading.rest.length;
      continue;
    }
    const field = FIELD.exec(line);
    if (field) {
      const key = (field[1] ?? '').toLowerCase();
      if (!fields.has(key)) fields.set(key, field[2] ?? '');
      shown.push('');
    } else if (line.startsWith('..')) {
      // A directive or a comment reaches as far as it is set in.
      shown.push('');
      while (i + 1 < lines.length && (/^\s{2,}\S/.test(lines[i + 1] ?? '') || isGap(lines, i + 1))) {
        shown.push('');
        i++;
      }
    } else shown.push(ADORNMENT.test(line) ? '' : inline(line));
  }
  return {
    ...plainCopy(joinParagraphs(shown, (i) => kinds.get(i + 1))),
    form: 'restructured-text',
    kinds,
    title,
    byline: fields.get('author') ?? fields.get('authors') ?? null,
    date: fields.get('date') ?? fields.get('published') ?? null,
    tags: labelsOf(fields.get('tags') ?? fields.get('keywords')),
  };
}

/** An empty line amid what is set in. */
function isGap(lines: readonly string[], i: number): boolean {
  return (lines[i] ?? '').trim() === '' && /^\s{2,}\S/.test(lines[i + 1] ?? '');
}

interface Heading {
  text: string;
  sign: string;
  /** Lines above the words that belong to it: 1 where it is adorned on both sides. */
  above: 0 | 1;
  /** Empty lines that stand for those of it after the first. */
  rest: string[];
}

function headingAt(lines: readonly string[], i: number): Heading | null {
  const over = ADORNMENT.exec(lines[i] ?? '')?.[1];
  const above = over === undefined ? 0 : 1;
  const text = (lines[i + above] ?? '').trim();
  const under = ADORNMENT.exec(lines[i + above + 1] ?? '');
  if (text === '' || text.length > 300 || under === null || ADORNMENT.test(text)) return null;
  if (above === 1 ? under[1] !== over : (lines[i] ?? '').startsWith(' ')) return null;
  if (
    above === 0 &&
    (under[0].trim().length < Math.min(text.length / 2, 20) || (i > 0 && (lines[i - 1] ?? '').trim() !== ''))
  )
    return null;
  return { text, sign: `${above}${under[1]}`, above, rest: Array.from({ length: above + 1 }, () => '') };
}

function inline(text: string): string {
  if (text.length > LONGEST_MARKED) return text;
  return text
    .replace(/`([^`<>\n]{1,300}?)\s?<[^>\n]{1,500}>`_{1,2}/g, '$1')
    .replace(/:[a-z]{2,20}:`([^`\n]{1,300})`/g, '$1')
    .replace(/`{1,2}([^`\n]{1,500})`{1,2}_{0,2}/g, '$1')
    .replace(/(\*{1,2})(?=\S)([^*\n]{1,1000})\1/g, '$2')
    .replace(/ ?\[(?:\d{1,3}|#\w{0,40})\]_(?!\w)/g, '');
}
