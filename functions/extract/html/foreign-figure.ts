import type { Box } from './boxes.ts';
import { CHROME, COMMENT, CONSENT, META, NAVIGATION, PROMO, RELATED, SHARE } from './hints.ts';
import type { Figure, Page } from './page.ts';

const FOREIGN = RELATED | COMMENT | NAVIGATION | SHARE | META | PROMO | CONSENT | CHROME;
/** Boxes around an image that are asked whether it belongs to something else. */
const FOREIGN_REACH = 5;

/** Whether the names around an image or an embed say that it belongs to a teaser, an avatar, an advertisement. */
export function isForeign(page: Page, figure: Figure): boolean {
  const { boxes } = page;
  for (let level = 0, box = figure.box; level < FOREIGN_REACH && box !== -1; level++, box = boxes.parent[box] as Box) {
    const tag = boxes.tag(box);
    if (tag === 'figure' || tag === 'article' || tag === 'main' || tag === 'body') return false;
    if ((boxes.hints[box] as number) & FOREIGN) return true;
  }
  return false;
}
