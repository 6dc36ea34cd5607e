import { CONSENT_WORD } from '../stand-in-words.ts';
import { CONSENT } from './hints.ts';
import type { Page } from './page.ts';

/** Share of the words of a box so named that must stand in blocks which speak of consent. */
const CONSENT_SHARE = 0.4;

/** Times each block is looked at on average at most; boxes so named may be nested thousands deep. */
const MAX_LOOKS = 10;

/**
 * The blocks of consent notices, by the names of their boxes and by what they say: either alone also fits articles.
 * They may be longer than the article and as well written, so nothing else tells them apart.
 *
 * @returns 1 per block of a notice; null where the page has none
 */
export function consentBlocks(page: Page): Uint8Array | null {
  const { boxes, segments } = page;
  let blocks: Uint8Array | null = null;
  let end = 0;
  let budget = MAX_LOOKS * segments.length;
  for (let box = 0; box < boxes.count; box++) {
    if (((boxes.hints[box] as number) & CONSENT) === 0) continue;
    const first = boxes.first[box] as number;
    const tag = boxes.tag(box);
    // The body's own names tell of the site ("cookies-not-set"), not of what stands in it.
    if (first < end || tag === 'body' || tag === 'html') continue;
    const behind = boxes.end[box] as number;
    budget -= behind - first;
    if (budget < 0) break;
    let words = 0;
    let about = 0;
    for (let i = first; i < behind; i++) {
      const segment = segments[i];
      if (!segment) continue;
      words += segment.words;
      if (CONSENT_WORD.test(segment.text)) about += segment.words;
    }
    if (words === 0 || about < CONSENT_SHARE * words) continue;
    blocks ??= new Uint8Array(segments.length);
    blocks.fill(1, first, behind);
    end = behind;
  }
  return blocks;
}
