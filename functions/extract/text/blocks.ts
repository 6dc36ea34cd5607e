import type { BlockKind } from '../../article/record.ts';
import { CLASS } from './characters.ts';
import type { Survey } from './features.ts';
import { WordSequences } from './word-sequences.ts';

/** The body as text with the kind of each block. */
export interface Blocks {
  text: string;
  blocks: BlockKind[];
}

const BULLET = /^(?:[•‣◦▪●■∙·*–—-]|o(?= [A-Z]))\s+(?=\S)/u;
const MARK = /^(?:•|\d{1,3}[.)]) /;
const NUMBERED = /^(\d{1,2})[.)]\s+(?=\S)/;

/**
 * Puts the kept lines together, a block per line. Bullets and running numbers become list blocks.
 *
 * @param marked what the marks of the form make of a line, by its number; outranks what the line looks like
 */
export function buildBlocks(survey: Survey, keep: Uint8Array, marked: ReadonlyMap<number, BlockKind>): Blocks {
  const kept: number[] = [];
  for (let i = 0; i < keep.length; i++) if (keep[i] && says(survey, i)) kept.push(i);
  const blocks: BlockKind[] = [];
  const texts: string[] = [];
  const numbered = numberedItems(survey, kept);
  const pulled = pullQuotes(survey, kept);
  for (const [at, i] of kept.entries()) {
    const text = survey.lines[i]?.text ?? '';
    const shape = survey.shapes[i];
    const bullet = BULLET.exec(text)?.[0];
    const stated = marked.get(survey.lines[i]?.number ?? 0);
    if (stated === 'pre' && blocks.at(-1) === 'pre' && kept[at - 1] === i - 1) texts.push(`${texts.pop()}\n${text}`);
    else if (stated !== undefined) {
      blocks.push(stated);
      texts.push(/^[uo]l/.test(stated) ? text.replace(MARK, '') : text);
    } else if (bullet !== undefined && !/^[–—-]/.test(bullet)) {
      blocks.push('ul1');
      texts.push(text.slice(bullet.length));
    } else if (numbered.has(i)) {
      blocks.push('ol1');
      texts.push(text.replace(NUMBERED, ''));
    } else if (pulled.has(i)) {
      blocks.push('quote');
      texts.push(text);
    } else {
      const follows = kept[at + 1];
      const heads =
        shape !== undefined &&
        shape.words <= 14 &&
        shape.closes !== CLASS.stop &&
        shape.closes !== CLASS.comma &&
        shape.closes !== CLASS.colon;
      blocks.push(heads && follows !== undefined && survey.prose[follows] === 1 ? 'h2' : 'p');
      texts.push(text);
    }
  }
  return { text: texts.join('\n\n'), blocks };
}

/** A rule of stars or hyphens between paragraphs says nothing. */
function says({ shapes }: Survey, i: number): boolean {
  const shape = shapes[i];
  return shape !== undefined && shape.letters + shape.digits > 0;
}

/** Lines that count up from one without a gap; a numbered heading with prose between is no list item. */
function numberedItems(survey: Survey, kept: number[]): Set<number> {
  const items = new Set<number>();
  let run: number[] = [];
  for (const i of [...kept, -1]) {
    const number = Number(NUMBERED.exec(survey.lines[i]?.text ?? '')?.[1] ?? 0);
    if (number === run.length + 1) {
      run.push(i);
      continue;
    }
    if (run.length >= 2) for (const item of run) items.add(item);
    run = number === 1 ? [i] : [];
  }
  return items;
}

/** A line that is one quotation and nothing else. */
const QUOTATION = /^["'“‘„«»「『][^"“”„«»「」『』]{20,400}["'”’“»«」』]$/u;
const QUOTED_WORDS = 5;
/** Quotations looked for elsewhere; a text of more is a list of them. */
const MOST_QUOTATIONS = 30;

/** Quotations set apart: lines in quotation marks whose words the running text says as well. */
function pullQuotes({ lines, shapes, words, starts }: Survey, kept: readonly number[]): Set<number> {
  const quoted = kept.filter((i) => (shapes[i]?.words ?? 0) >= QUOTED_WORDS && QUOTATION.test(lines[i]?.text ?? ''));
  const pulled = new Set<number>();
  if (quoted.length === 0 || quoted.length > MOST_QUOTATIONS) return pulled;
  const text = new WordSequences(words.ids.subarray(0, words.size), words.distinct);
  for (const i of quoted) {
    const from = starts[i] as number;
    const end = starts[i + 1] as number;
    text.each(words.ids.subarray(from, end), (at) => {
      if (at < from || at >= end) pulled.add(i);
      return !pulled.has(i);
    });
  }
  return pulled;
}
