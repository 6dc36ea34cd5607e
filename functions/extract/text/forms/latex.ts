import type { BlockKind } from '../../../article/record.ts';
import { type Copy, LONGEST_MARKED, plainCopy } from './copy.ts';
import { labelsOf } from './front-matter.ts';
import { joinParagraphs } from './join-paragraphs.ts';

const OPENING_CHARACTERS = 20_000;
const HEADINGS: Readonly<Record<string, BlockKind>> = {
  chapter: 'h2',
  section: 'h2',
  subsection: 'h3',
  subsubsection: 'h4',
  paragraph: 'h5',
};
const HEADING =
  /^\s{0,40}\\(chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\]]{0,200}\])?\{(.{1,300})\}\s{0,10}(?:\\label\{[^}]{0,100}\})?\s{0,10}$/u;
/** Environments that hold no running text. */
const FLOATS = /^(?:figure|table|tabular|equation|align|tikzpicture|thebibliography|lstlisting|verbatim|comment)\*?$/;
const COMBINING: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  u: '\u0306',
  '.': '\u0307',
  '"': '\u0308',
  r: '\u030a',
  H: '\u030b',
  v: '\u030c',
  c: '\u0327',
  k: '\u0328',
};
const LETTERS: Readonly<Record<string, string>> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  aa: 'å',
  AA: 'Å',
  l: 'ł',
  L: 'Ł',
  i: 'ı',
  ldots: '…',
  dots: '…',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
};

/** Reads the source of a LaTeX document as what it prints: title, authors and day from the preamble, paragraphs from the body. */
export function openLatex(source: string): Copy | null {
  const opening = source.slice(0, OPENING_CHARACTERS);
  if (!opening.includes('\\documentclass') || !/^\s{0,40}\\documentclass/m.test(opening)) return null;
  const start = source.indexOf('\\begin{document}');
  if (start < 0) return null;
  const end = source.indexOf('\\end{document}', start);
  const before = source.slice(0, source.indexOf('\n', start) + 1 || source.length);
  const skipped = before.split('\n').length - 1;
  const kinds = new Map<number, BlockKind>();
  const shown: string[] = [];
  let floats = 0;
  for (const raw of source.slice(before.length, end < 0 ? source.length : end).split(/\r?\n/)) {
    const line = raw.replace(/(?<!\\)%.*$/u, '');
    const [, edge, name = ''] = /^\s{0,40}\\(begin|end)\{(\w{1,40}\*?)\}/.exec(line) ?? [];
    if (edge !== undefined) {
      if (FLOATS.test(name)) floats = Math.max(0, floats + (edge === 'begin' ? 1 : -1));
      shown.push('');
      continue;
    }
    const heading = HEADING.exec(line);
    const item = /^\s{0,40}\\item(?:\[[^\]]{0,100}\])?\s{1,10}(\S.{0,20000})$/u.exec(line)?.[1];
    if (
      floats > 0 ||
      /^\s{0,40}\\(?:maketitle|tableofcontents|newpage|clearpage|bibliography|bibliographystyle|label|vspace|noindent\s*$)/.test(
        line,
      )
    )
      shown.push('');
    else if (heading) {
      kinds.set(skipped + shown.length + 1, HEADINGS[heading[1] ?? ''] ?? 'h2');
      shown.push(printed(heading[2] ?? ''));
    } else if (item !== undefined) {
      kinds.set(skipped + shown.length + 1, 'ul1');
      shown.push(`• ${printed(item)}`);
    } else shown.push(printed(line));
  }
  const stated = (name: string) => argumentOf(source, name) ?? null;
  const authors = stated('author')?.replace(/\\thanks\{[^}]{0,500}\}|\\(?:and|And|AND)\b/g, (part) =>
    part.startsWith('\\thanks') ? '' : ', ',
  );
  const date = printed(stated('date') ?? '').trim();
  return {
    ...plainCopy(joinParagraphs(shown, (i) => kinds.get(skipped + i + 1))),
    form: 'latex',
    skipped,
    kinds,
    title: printed((stated('title') ?? '').replace(/\\\\/g, ' ')).trim() || null,
    byline: authors === undefined ? null : printed(authors.split('\\\\')[0] ?? '').trim() || null,
    date: date === '' || date === '\\today' ? null : date,
    tags: labelsOf(stated('keywords') ?? undefined),
  };
}

const LONGEST_ARGUMENT = 2000;

/** What stands in the braces behind a command, braces in it counted. */
function argumentOf(source: string, name: string): string | null {
  const at = new RegExp(`\\\\${name}(?:\\[[^\\]]{0,200}\\])?\\s{0,5}\\{`).exec(source.slice(0, OPENING_CHARACTERS));
  if (at === null) return null;
  const from = at.index + at[0].length;
  let depth = 1;
  for (let i = from; i < Math.min(source.length, from + LONGEST_ARGUMENT); i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === '{') depth++;
    else if (source[i] === '}' && --depth === 0) return source.slice(from, i);
  }
  return null;
}

/** A letter with the accent that stands before it: `\\'e`, `\\v{c}`. */
function accented(_: string, sign: string, braced?: string, bare?: string): string {
  return `${braced ?? (typeof bare === 'string' ? bare : '')}${COMBINING[sign] ?? ''}`.normalize('NFC');
}

/** The words a line prints: accents put together, commands that set type or refer elsewhere taken off. */
function printed(line: string): string {
  if (line.length > LONGEST_MARKED || !/[\\~`'{}$-]/.test(line)) return line;
  return line
    .replace(/\\([`'^~=."])\s?(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))/g, accented)
    .replace(/\\([uHvckr])\{\\?([A-Za-z])\}/g, accented)
    .replace(
      /\\(ss|ae|AE|oe|OE|o|O|aa|AA|l|L|i|ldots|dots|LaTeX|TeX)(?![A-Za-z])(?:\{\}|\s)?/g,
      (_, name: string) => LETTERS[name] ?? '',
    )
    .replace(
      /\\(?:cite[a-z]{0,10}|ref|eqref|label|footnote|index|pageref)\*?(?:\[[^\]]{0,100}\]){0,2}\{[^{}]{0,500}\}/g,
      '',
    )
    .replace(/\\(?:href)\{[^{}]{0,500}\}/g, '')
    .replace(/\\[A-Za-z]{1,30}\*?(?:\[[^\]]{0,100}\])?(?=\{)/g, '')
    .replace(/\\(?=[&%$#_{}])|(?<!\\)[{}$]/g, '')
    .replace(/\\[A-Za-z]{1,30}\s{0,3}|\\\\/g, '')
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/(?<!\\)~/g, ' ')
    .trimEnd();
}
