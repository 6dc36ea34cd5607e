import type { BlockKind } from '../../../article/record.ts';
import { type Copy, LONGEST_MARKED, plainCopy } from './copy.ts';
import { labelsOf } from './front-matter.ts';
import { joinParagraphs } from './join-paragraphs.ts';

/** The title of a document: one sign, and none behind it as wikis write. */
const TITLE = /^= (\S.{0,300}[^=\s])\s{0,10}$/u;
const ATTRIBUTE = /^:!?([A-Za-z][\w-]{0,60})!?:\s{0,10}(.{0,1000})$/;
const AUTHORS =
  /^\p{L}[\p{L}\p{M}.'’ -]{1,60}(?:\s?<[^>\s]{1,200}>)?(?:; \p{L}[\p{L}\p{M}.'’ -]{1,60}(?:\s?<[^>\s]{1,200}>)?){0,6}$/u;
const REVISION = /^(?:v?\d[\w.]{0,20}, ?)?(.{0,10}\d{4}.{0,20})$/u;
/** What stands around blocks and says nothing: their fences, attributes and titles, comments, what is taken in from elsewhere. */
const AROUND =
  /^(?:-{4,200}|\.{4,200}|={4,200}|\*{4,200}|_{4,200}|\+{4,200}|\|={3,200}|--|'{3,20}|<<<|\+|\[[^\]]{0,300}\]|\/\/.{0,1000}|\.\S.{0,300}|(?:include|image|video|audio|toc|ifdef|ifndef|endif)::.{0,1000})\s{0,10}$/u;
const LISTING = /^(?:-{4,200}|\.{4,200})\s{0,10}$/;
const KINDS: readonly BlockKind[] = ['h2', 'h2', 'h3', 'h4', 'h5', 'h6'];
const ITEMS: Readonly<Record<string, readonly BlockKind[]>> = {
  '*': ['ul1', 'ul2', 'ul3', 'ul4'],
  '-': ['ul1'],
  '.': ['ol1', 'ol2', 'ol3', 'ol4'],
};
const HEADER_LINES = 60;

/** Reads AsciiDoc, told by the title it opens with: the header gives fields, blocks and inline marks give their words. */
export function openAsciiDoc(source: string): Copy | null {
  if (!/^\s{0,200}= \S/.test(source.slice(0, 300))) return null;
  const lines = source.split(/\r?\n/);
  let at = 0;
  while (lines[at]?.trim() === '') at++;
  const title = TITLE.exec(lines[at] ?? '')?.[1];
  if (title === undefined) return null;
  at++;
  const attributes = new Map<string, string>();
  for (let row = 0; at < lines.length && row < HEADER_LINES && lines[at]?.trim() !== ''; at++, row++) {
    const line = (lines[at] ?? '').trim();
    const attribute = ATTRIBUTE.exec(line);
    if (attribute) attributes.set((attribute[1] ?? '').toLowerCase(), attribute[2] ?? '');
    else if (row === 0 && AUTHORS.test(line))
      attributes.set('author', line.replace(/\s?<[^>]{0,200}>/g, '').replaceAll(';', ','));
    else if (REVISION.test(line)) attributes.set('revdate', REVISION.exec(line)?.[1] ?? '');
    else if (!line.startsWith('//')) break;
  }
  const kinds = new Map<number, BlockKind>();
  const shown: string[] = [];
  let listing = '';
  for (const line of lines.slice(at)) {
    const number = at + shown.length + 1;
    const fence = LISTING.test(line) ? line.trim() : '';
    if (fence !== '' && (listing === '' || listing === fence)) {
      listing = listing === '' ? fence : '';
      shown.push('');
      continue;
    }
    if (listing !== '') {
      kinds.set(number, 'pre');
      shown.push(line);
      continue;
    }
    const [, depth = '', heading = ''] = /^(={2,6}) (\S.{0,300})$/u.exec(line) ?? [];
    const [, bullet = '', item = ''] = /^\s{0,20}(\*{1,4}|-|\.{1,4}) (\S.{0,20000})$/u.exec(line) ?? [];
    if (heading !== '') {
      kinds.set(number, KINDS[depth.length - 1] ?? 'h6');
      shown.push(inline(heading));
    } else if (item !== '') {
      const kind = ITEMS[bullet[0] ?? '']?.[bullet.length - 1] ?? 'ul1';
      kinds.set(number, kind);
      shown.push(`• ${inline(item)}`);
    } else shown.push(AROUND.test(line.slice(0, 1200)) || ATTRIBUTE.test(line.slice(0, 1200)) ? '' : inline(line));
  }
  return {
    ...plainCopy(joinParagraphs(shown, (i) => kinds.get(at + i + 1))),
    form: 'asciidoc',
    skipped: at,
    kinds,
    title: inline(title),
    byline: attributes.get('author') ?? null,
    date: attributes.get('revdate') ?? attributes.get('docdate') ?? null,
    tags: labelsOf(attributes.get('keywords')),
  };
}

function inline(text: string): string {
  if (text.length > LONGEST_MARKED) return text;
  return text
    .replace(/(?:(?:link:)?https?:\/\/|link:|xref:)[^\s[\]:]{1,200}\[([^\]\n]{1,300})\]/g, (_, words: string) =>
      words.replace(/,.{0,100}=.{0,100}$|\^$/u, ''),
    )
    .replace(/<<[^>,\n]{1,100},\s?([^>\n]{1,300})>>/g, '$1')
    .replace(/(?<![\p{L}\p{N}*_`])([*_`#])(?=\S)([^*_`#\n]{1,1000})\1(?![\p{L}\p{N}])/gu, '$2')
    .replace(/\s\+$/, '');
}
