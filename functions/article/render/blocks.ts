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
