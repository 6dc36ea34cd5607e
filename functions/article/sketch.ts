/**
 * Near duplicates: copies of one text with an edit here and there, such as wire copy.
 *
 * A text is a set of shingles, runs of {@link SHINGLE} words. Its sketch is the smallest hashes of that set (bottom-k:
 * Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007): a sample that is the same for the same shingles,
 * whatever else a text holds. The few smallest of all are the keys it is looked up by: two texts of which half is
 * common share one of six with a chance of 98 in 100, and no list of texts need be read. How each number was found
 * stands in docs/decisions/storage.md.
 */
import { normalizeText } from './normalize-text.ts';
import { wordsOf } from './words.ts';

/** Words. Shorter ones are shared by texts about the same thing, longer ones are broken by every edit. */
const SHINGLE = 4;
/** Hashes of a sketch, 32 bits each. A Jaccard index of one half is told to ± 0.06. */
export const SKETCH_HASHES = 64;
/** Of these, how many are looked up: each costs a row that is written, and one query. */
export const SKETCH_KEYS = 6;
/** Texts that a key is asked for, the newest first: a key that thousands share, such as a site's notice, costs no more. */
export const KEY_CANDIDATES = 20;
/** A shorter text has too little to tell an edited copy from another text by the same pattern. Shingles. */
const MIN_SHINGLES = 24;

/** Share of all shingles of both texts that is common, from which on they are near duplicates. */
const JACCARD = 0.4;
/** Share of the shorter text's shingles that is in the longer: a text that was cut, or one that was added to. */
const CONTAINED = 0.75;

export interface Sketch {
  /** The smallest hashes of the text's shingles, ascending; all of them where there are fewer than {@link SKETCH_HASHES}. */
  hashes: Uint32Array;
  /** How many different shingles the text has. */
  shingles: number;
}

/** @returns null for a text that is too short to be judged */
export function sketchOf(text: string): Sketch | null {
  const hashes = shingleHashes(wordsOf(normalizeText(text)));
  if (hashes.length < MIN_SHINGLES) return null;
  return { hashes: hashes.slice(0, SKETCH_HASHES), shingles: hashes.length };
}

/** What a text is looked up by: eight hexadecimal digits each. */
export function sketchKeys({ hashes }: Sketch): string[] {
  return [...hashes.subarray(0, SKETCH_KEYS)].map((hash) => hash.toString(16).padStart(8, '0'));
}

export interface Resemblance {
  /** Estimated share of the shingles of both that are common, 0 to 1. */
  jaccard: number;
  /** Estimated share of the shorter one's shingles that the longer one has, 0 to 1. */
  containment: number;
}

export function resemblance(a: Sketch, b: Sketch): Resemblance {
  // The smallest hashes of the union are a sample of it, of which those in both are common.
  const size = Math.min(SKETCH_HASHES, Math.max(a.hashes.length, b.hashes.length));
  let common = 0;
  let seen = 0;
  let i = 0;
  let j = 0;
  while (seen < size && (i < a.hashes.length || j < b.hashes.length)) {
    const x = a.hashes[i] ?? Number.POSITIVE_INFINITY;
    const y = b.hashes[j] ?? Number.POSITIVE_INFINITY;
    if (x === y) common += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
    seen += 1;
  }
  const jaccard = seen === 0 ? 0 : common / seen;
  // |A ∩ B| = J / (1 + J) · (|A| + |B|)
  const inBoth = (jaccard / (1 + jaccard)) * (a.shingles + b.shingles);
  return { jaccard, containment: Math.min(1, inBoth / Math.min(a.shingles, b.shingles)) };
}

export function isNearDuplicate({ jaccard, containment }: Resemblance): boolean {
  return jaccard >= JACCARD || containment >= CONTAINED;
}

/** Hashes of all shingles, each once, ascending. */
function shingleHashes(words: readonly string[]): Uint32Array {
  const hashes = new Uint32Array(Math.max(0, words.length - SHINGLE + 1));
  for (let i = 0; i < hashes.length; i++) {
    // FNV-1a over the words, each ended by a space, and MurmurHash3's finalizer, without which small values cluster.
    let hash = 0x811c9dc5;
    for (let w = i; w < i + SHINGLE; w++) {
      const word = words[w] as string;
      for (let c = 0; c < word.length; c++) hash = Math.imul(hash ^ word.charCodeAt(c), 0x01000193);
      hash = Math.imul(hash ^ 0x20, 0x01000193);
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hashes[i] = (hash ^ (hash >>> 16)) >>> 0;
  }
  hashes.sort();
  let kept = 0;
  for (const hash of hashes) if (kept === 0 || hash !== hashes[kept - 1]) hashes[kept++] = hash;
  return hashes.subarray(0, kept);
}
