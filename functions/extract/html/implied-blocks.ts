/** Headings and lists that a page sets without their elements: by a role, as lines in bold, as lines with bullets. */
import { attributeKind } from '../markup/names.ts';
import type { Node } from '../markup/tree.ts';
import type { Page, Segment } from './page.ts';

const ROLE = attributeKind('role');
const HAS_ROLE = 1 << ROLE;

/** Characters and words of the longest line in bold that heads what follows. */
const LONGEST_HEADING = { characters: 90, words: 12 } as const;
/** Words of the shortest paragraph that a line in bold heads. */
const HEADED = 12;
/** A heading opens with a word, and names nobody who wrote. */
const OPENS_HEADING = /^(?!(?:by|von|por|par|di|av|af|door)\s)[“"«„¿¡(‘'#]?[\p{L}\p{N}]/iu;
/** What ends a sentence, or gives the word to somebody. */
const SENTENCE_END = /[.!?:;,…。！？：；،؟।။።]["'”’»)\]]?$/u;

/** The level of a block whose element plays a heading without being one, 2 where none is said (WAI-ARIA 1.2, heading); 0 for any other. */
export function headingByRole({ tree, boxes }: Page, { box }: Segment): number {
  const node = boxes.node[box] as Node;
  if (((tree.marks[node] as number) & HAS_ROLE) === 0 || tree.valueOf(node, ROLE) !== 'heading') return 0;
  const level = Number(tree.attribute(node, 'aria-level') ?? 2);
  return Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2;
}

/** Whether a block is a line in bold above a paragraph that is not, as a heading is. */
export function headsInBold({ counts, boxes }: Page, segment: Segment, next: Segment | undefined): boolean {
  const { index, box, form, letters, words, text } = segment;
  if (letters < 3 || form !== 'flow' || (counts.strongLetters[index] as number) < letters) return false;
  if (words > LONGEST_HEADING.words || text.length > LONGEST_HEADING.characters) return false;
  if (
    !OPENS_HEADING.test(text) ||
    segment.linkLetters > 0 ||
    boxes.item[box] !== -1 ||
    text.includes('\n') ||
    SENTENCE_END.test(text)
  )
    return false;
  if (next === undefined || next.form !== 'flow' || boxes.item[next.box] !== -1) return false;
  const isProse = next.words >= HEADED || next.text.length >= LONGEST_HEADING.characters;
  return isProse && 2 * (counts.strongLetters[next.index] as number) < next.letters;
}

/** A bullet and the space behind it; a dash is one where all of several lines have it. */
const BULLET = /^(?:[•‣◦▪▫■□●○∙◆◇►▶➤➔✓✔✅★☛]\ufe0f?[ \t\u00a0]{0,3}|[·*–—-][ \t\u00a0]{1,3})(?=\S)/u;
const SURE_BULLET = /^[•‣◦▪▫■□●○∙◆◇►▶➤➔✓✔✅★☛]/u;
/** Lines that make a list. */
const FEWEST_LINES = 2;

/** The items of a block whose every line begins with a bullet, without their bullets; null for any other block. */
export function bulleted(text: string): string[] | null {
  if (!mayBegin(text)) return null;
  const items: string[] = [];
  for (const line of text.split('\n')) {
    const bullet = BULLET.exec(line.slice(0, 8))?.[0];
    const item = bullet === undefined ? '' : line.slice(bullet.length).trim();
    if (item === '') return null;
    items.push(item);
  }
  return items.length >= FEWEST_LINES || SURE_BULLET.test(text) ? items : null;
}

const mayBegin = (text: string): boolean => {
  const code = text.charCodeAt(0);
  return code === 42 || code === 45 || code === 0xb7 || (code >= 0x2013 && code <= 0x27ff);
};
