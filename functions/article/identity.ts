/**
 * Which copies are the same article.
 */
import { hash } from 'node:crypto';
import { canonicalizeUrl } from './canonical-url.ts';
import { normalizeText } from './normalize-text.ts';
import { wordsOf } from './words.ts';

/**
 * The stable id of an article: from its canonical URL, or from its text where no URL is known.
 *
 * The scheme and a leading `www.` are left out of the hash: sites move between them without changing the page.
 *
 * @returns 32 hexadecimal digits, the first half of a SHA-256
 */
export function articleId(canonicalUrl: string | null, text: string): string {
  const url = canonicalizeUrl(canonicalUrl);
  const name = url ? `url:${url.replace(/^https:\/\/(?:www\.)?/, '')}` : `text:${normalizeText(text)}`;
  return hash('sha256', name).slice(0, 32);
}

/** Words a text is compared by: pairs are common enough to a text and its correction, and rare in another text. */
const RUN = 2;
/**
 * Share of all runs of both texts that is common. Of 22,480 pairs of different annotated pages none had more than 0.06,
 * and half had less than 0.01.
 */
const CORRECTION = 0.2;

/**
 * Whether one text may be the other, corrected: asked only of texts that came under the same key one after the other,
 * as a key like `latest.txt` may hold another article every day.
 */
export function isCorrection(before: string, after: string): boolean {
  const a = runsOf(before);
  const b = runsOf(after);
  let common = 0;
  for (const run of a) if (b.has(run)) common += 1;
  return common > 0 && common / (a.size + b.size - common) >= CORRECTION;
}

function runsOf(text: string): Set<string> {
  const words = wordsOf(normalizeText(text));
  return new Set(words.map((_, i) => words.slice(Math.max(0, i - RUN + 1), i + 1).join(' ')));
}
