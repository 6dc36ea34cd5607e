import type { BlockKind } from '../record.ts';

/** One block of an article: its kind, and its text without the blank lines around it. */
export interface Block {
  kind: BlockKind;
  text: string;
}

/**
 * Pairs each block of `text` with its kind. A text with more blocks than kinds is read as paragraphs from
 * there on: a record that another program wrote must still print.
 */
export function pairBlocks(text: string, kinds: readonly BlockKind[]): Block[] {
  if (text === '') return [];
  return text.split('\n\n').map((block, index) => ({ kind: kinds[index] ?? 'p', text: block }));
}

export const isListItem = ({ kind }: Block) => /^[uo]l[1-4]$/.test(kind);

/** A part of the laid out article: blocks that belong together, or a figure that the renderer has made. */
export type Part = { run: Block[] } | { figure: string };

/**
 * The blocks in runs, with the figures where the page had them.
 *
 * Items next to each other are one list, and quoted paragraphs next to each other one quotation. A figure inside a
 * list comes after it: it would part the list and start its numbers again. Where the page's headline stands in the
 * text too, it is left out.
 *
 * @param figures rendered, in order; `afterBlock` as in the record
 */
export function* layOut(
  blocks: readonly Block[],
  title: string | null,
  figures: readonly { afterBlock: number; rendered: readonly string[] }[],
): Generator<Part> {
  const after = new Map<number, string[]>();
  for (const { afterBlock, rendered } of figures) {
    const index = Math.min(afterBlock, blocks.length - 1);
    const there = after.get(index);
    if (there) there.push(...rendered);
    else after.set(index, [...rendered]);
  }
  const figuresAt = (index: number) => (after.get(index) ?? []).map((figure) => ({ figure }));

  yield* figuresAt(-1);
  for (let start = 0; start < blocks.length; ) {
    const end = endOfRun(blocks, start);
    const headline = start === 0 && /^h\d$/.test(blocks[0]?.kind ?? '') && blocks[0]?.text === title;
    if (!headline) yield { run: blocks.slice(start, end) };
    for (let index = start; index < end; index++) yield* figuresAt(index);
    start = end;
  }
}

function endOfRun(blocks: readonly Block[], start: number): number {
  const first = blocks[start];
  if (!first) return start;
  const continues = isListItem(first)
    ? isListItem
    : first.kind === 'quote'
      ? ({ kind }: Block) => kind === 'quote'
      : null;
  let end = start + 1;
  if (!continues) return end;
  for (let block = blocks[end]; block && continues(block); block = blocks[end]) end++;
  return end;
}

/** Only web addresses: a `javascript:` or `data:` source of a hostile page must not become a link of ours. */
export function webAddress(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : null;
}
