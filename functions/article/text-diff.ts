/**
 * What changed between two texts, as a person reads it: block by block, and word by word inside a block.
 */
import { diffArrays } from 'diff';

/** A stretch of a changed block. The stretches that are `same` or `removed` give the old block, the others the new. */
export interface Stretch {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

export type BlockChange =
  | { kind: 'same' | 'removed' | 'added'; text: string }
  | { kind: 'changed'; stretches: Stretch[] };

/**
 * Edits after which the search is given up, because its time grows with their square: then all of the old is said to
 * be removed and all of the new added, which is never wrong.
 */
const BLOCK_EDITS = 1_000;
const WORD_EDITS = 400;
/** Blocks further apart than this are not compared for being one block that was changed. */
const REACH = 12;
/** Share of words two blocks must have in common to be shown as one that was changed. */
const ALIKE = 0.4;

/** @param before text with blocks parted by one blank line, as records have it */
export function diffTexts(before: string, after: string): BlockChange[] {
  const changes: BlockChange[] = [];
  let removed: string[] = [];
  for (const { kind, tokens } of stretchesOf(blocksOf(before), blocksOf(after), BLOCK_EDITS)) {
    if (kind === 'removed') {
      removed = tokens;
      continue;
    }
    if (kind === 'added') changes.push(...pair(removed, tokens));
    else changes.push(...whole('removed', removed), ...whole('same', tokens));
    removed = [];
  }
  return [...changes, ...whole('removed', removed)];
}

const blocksOf = (text: string) => (text === '' ? [] : text.split('\n\n'));

function whole(kind: 'same' | 'removed' | 'added', blocks: readonly string[]): BlockChange[] {
  return blocks.map((text) => ({ kind, text }));
}

/** Blocks that went against blocks that came in their place: those that are alike are one block that was changed. */
function pair(removed: readonly string[], added: readonly string[]): BlockChange[] {
  const changes: BlockChange[] = [];
  const words = added.map((block) => new Set(tokensOf(block)));
  let next = 0;
  for (const old of removed) {
    const oldWords = new Set(tokensOf(old));
    let best = -1;
    let likeness = ALIKE;
    for (let i = next; i < Math.min(added.length, next + REACH); i++) {
      const share = commonShare(oldWords, words[i] as Set<string>);
      if (share > likeness) {
        best = i;
        likeness = share;
      }
    }
    if (best === -1) {
      changes.push({ kind: 'removed', text: old });
      continue;
    }
    changes.push(...whole('added', added.slice(next, best)));
    changes.push({ kind: 'changed', stretches: diffWords(old, added[best] as string) });
    next = best + 1;
  }
  return [...changes, ...whole('added', added.slice(next))];
}

/** Dice's coefficient of two sets. */
function commonShare(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) if (b.has(word)) common += 1;
  return (2 * common) / (a.size + b.size);
}

function diffWords(before: string, after: string): Stretch[] {
  return stretchesOf(tokensOf(before), tokensOf(after), WORD_EDITS).map(({ kind, tokens }) => ({
    kind,
    text: tokens.join(''),
  }));
}

const UNSPACED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
/** Words, runs of white space, and everything else character by character; so are scripts without spaces. */
const TOKEN = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+|\\s+|.`, 'gsu');

function tokensOf(block: string): string[] {
  return block.match(TOKEN) ?? [];
}

interface Tokens {
  kind: Stretch['kind'];
  tokens: string[];
}

/** @param edits the search ends after as many */
function stretchesOf(before: string[], after: string[], edits: number): Tokens[] {
  const found = diffArrays(before, after, { maxEditLength: edits });
  const all: Tokens[] = found
    ? found.map(({ added, removed, value }) => ({
        kind: added ? 'added' : removed ? 'removed' : 'same',
        tokens: value,
      }))
    : [
        { kind: 'removed', tokens: before },
        { kind: 'added', tokens: after },
      ];
  return all.filter(({ tokens }) => tokens.length > 0);
}
