import { CHROME, COMMENT, CONSENT, META, NAVIGATION, PROMO, RELATED, SHARE } from './hints.ts';
import type { Figure, Page } from './page.ts';

const FOREIGN = RELATED | COMMENT | NAVIGATION | SHARE | META | PROMO | CONSENT | CHROME;
/** Boxes around an image that are asked whether it belongs to something else. */
const FOREIGN_REACH = 5;

/** Whether the names around an image or an embed say that it belongs to a teaser, an avatar, an advertisement. */
export function isForeign(page: Page, figure: Figure): boolean {
  let box = page.boxes[figure.box];
  for (let level = 0; level < FOREIGN_REACH && box !== undefined; level++, box = page.boxes[box.parent]) {
    if (box.tag === 'figure' || box.tag === 'article' || box.tag === 'main' || box.tag === 'body') return false;
    if (box.hints & FOREIGN) return true;
  }
  return false;
}
