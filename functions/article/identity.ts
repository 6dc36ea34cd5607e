/**
 * Which copies are the same article.
 */
import { createHash } from 'node:crypto';
import { canonicalizeUrl } from './canonical-url.ts';
import { normalizeText } from './fingerprints.ts';

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
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
