/** The same page as it also comes: wrapped by a mailer, or only a part of it copied. What it says of the headline is the same. */
import { wrapCopy } from './wrap-copy.ts';

/** What is known of a page to view it otherwise. */
export interface Viewed {
  id: string;
  source: string;
  /** Source lines, from 0 on: of the headline, −1 where it stands nowhere, and of the body's first and last line. */
  headline: number;
  first: number;
  last: number;
}

/** Columns of mailers, terminals and typewriters. */
const NARROWEST = 60;
const WIDEST = 80;
/** Lines above a headline, and below a body, that a reader who selects by hand takes along. */
const CARELESS = 12;

/** Name → the page seen that way, null where it would show no headline. The same page is always seen the same way. */
export const OTHER_VIEWS: Record<string, (page: Viewed) => string | null> = {
  wrapped: ({ id, source }) =>
    wrapCopy(source.replace(/\r\n?/g, '\n'), NARROWEST + Math.floor(chance(id, 'width') * (WIDEST - NARROWEST + 1)))
      .text,
  selected: ({ id, source, headline, first, last }) => {
    if (headline < 0 || first < 0) return null;
    const top = Math.min(headline, first);
    const from = Math.max(0, top - Math.floor(chance(id, 'from') ** 2 * CARELESS));
    const lines = source.replace(/\r\n?/g, '\n').split('\n');
    return lines.slice(from, Math.max(last, headline) + 1 + Math.floor(chance(id, 'to') ** 2 * CARELESS)).join('\n');
  },
};

/** A number from 0 to 1 that depends on nothing but what it is of. */
function chance(id: string, what: string): number {
  let hash = 2166136261;
  for (const unit of `${what} ${id}`) hash = Math.imul(hash ^ (unit.codePointAt(0) as number), 16777619);
  hash = Math.imul(hash ^ (hash >>> 16), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
