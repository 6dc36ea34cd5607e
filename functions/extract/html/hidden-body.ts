import { decodeHTML } from 'entities';
import type { Body } from './body.ts';

/** Words that markup must yield at least before a stated body is looked at; a page that renders in the browser yields fewer. */
const NEXT_TO_NOTHING = 60;
/** How many times the markup's words a stated body must have to replace it. */
const RATHER_MORE = 3;

/**
 * The body as JSON-LD states it, for pages whose markup holds next to nothing because a script renders them.
 *
 * @returns null where the markup holds the article
 */
export function bodyFromStatement(stated: string | null, inMarkup: Body): Body | null {
  if (stated === null || inMarkup.words >= NEXT_TO_NOTHING) return null;
  const texts = decodeHTML(decodeHTML(stated))
    .replace(/<(?:\/p|\/h[1-6]|\/li|\/div|br)\b[^<>]{0,200}>/gi, '\n')
    .replace(/<[^<>]{0,500}>/g, ' ')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\s+/g, ' ').trim().normalize('NFC'))
    .filter((line) => line !== '');
  const words = texts.reduce((sum, text) => sum + text.split(' ').length, 0);
  if (words < NEXT_TO_NOTHING || words < RATHER_MORE * inMarkup.words) return null;
  return { text: texts.join('\n\n'), blocks: texts.map(() => 'p'), segments: [], words };
}
