/**
 * What becomes of a text on its way through other newsrooms: the kinds of edit that near duplicates are measured on.
 * Each is deterministic under its source of chance.
 */

/** From 0 to 1, never 1. */
export type Chance = () => number;

/** Mulberry32: small, fast, and the same on every machine. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 0x100000000;
  };
}

const blocksOf = (text: string) => text.split('\n\n');
const pick = <T>(from: readonly T[], random: Chance) => from[Math.floor(random() * from.length)] as T;

/** Another paper's quotation marks and dashes. */
function punctuate(text: string): string {
  return text
    .replace(/[“”«»„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/"([^"\n]{1,200})"/g, '«$1»')
    .replace(/ [–—] /g, ' - ')
    .replace(/…/g, '...');
}

const LEADS = [
  'This is a developing story and will be updated as more becomes known to our reporters on the ground.',
  'What follows was first reported by an agency and has been checked by our own desk against the record.',
  'Here is what we know so far, from those who were there and from the papers that were made public.',
];

/** By name; each takes a text and gives the copy. */
export const EDITS = {
  'drop a third of the paragraphs': (text, random) => {
    const kept = blocksOf(text).filter(() => random() >= 1 / 3);
    return kept.join('\n\n');
  },
  'write the lead anew': (text, random) => [pick(LEADS, random), ...blocksOf(text).slice(1)].join('\n\n'),
  'add byline, place and credit': (text, random) =>
    [
      `By ${pick(['Ana Torres', 'Jonas Weber', 'Li Wen'], random)} in ${pick(['Paris', 'Lagos', 'Quito'], random)}`,
      text,
      'Additional reporting by our correspondents; edited by the night desk. All rights reserved.',
    ].join('\n\n'),
  'set in other punctuation': (text) => punctuate(text),
  'change one word in twenty': (text, random) =>
    text.replace(/[\p{L}\p{N}]+/gu, (word) => (random() < 1 / 20 ? pick(['about', 'said', '2', 'new'], random) : word)),
  'cut to the first half': (text) => {
    const blocks = blocksOf(text);
    const half: string[] = [];
    for (const block of blocks) {
      if (half.join('').length >= text.length / 2) break;
      half.push(block);
    }
    return half.join('\n\n');
  },
  'turn the order of paragraphs': (text, random) =>
    blocksOf(text)
      .map((block) => ({ block, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ block }) => block)
      .join('\n\n'),
  'all of it at once, in part': (text, random) => {
    const [lead = '', ...rest] = blocksOf(punctuate(text));
    const kept = rest.filter(() => random() >= 1 / 6);
    const worded = [lead, ...kept]
      .join('\n\n')
      .replace(/[\p{L}\p{N}]+/gu, (word) => (random() < 1 / 50 ? 'new' : word));
    return `${pick(LEADS, random)}\n\n${worded}`;
  },
} satisfies Record<string, (text: string, random: Chance) => string>;
