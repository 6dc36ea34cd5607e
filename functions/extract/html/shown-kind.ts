/**
 * What an article is by what its readers see: a label above the headline, the word that opens it, entries with hours,
 * pictures with captions. Asked where the page itself says no more than that it is an article.
 */
import type { ArticleKind, Image } from '../../article/record.ts';
import { titleKey } from '../metadata/title.ts';
import type { Body } from './body.ts';
import { CHROME, NAVIGATION } from './hints.ts';
import { GALLERY, LIVE, OPINION, PRESS_RELEASE, RELEASE_LINE } from './kind-words.ts';
import type { Page, Segment } from './page.ts';

export interface ShownKind {
  kind: ArticleKind;
  rule: string;
}

/** Blocks above the headline in which a label may stand, and characters of the longest. */
const ABOVE = 3;
const LONGEST_LABEL = 40;
/** Letters by which two ways to count those of a headline differ. */
const SIGNS = 40;
/** Entries of the shortest live blog, and pictures of the shortest gallery. */
const ENTRIES = 4;
const PICTURES = 5;
/** Words of text that a gallery has at most beside each picture. */
const WORDS_A_PICTURE = 60;
/** "12:05", "12.05 Uhr", "9h05", at the start of a block, alone or before its words. */
const HOUR = /^(?:\[?|um |kl\.? ?)\d{1,2}(?:[:.]\d\d|h\d\d)\b/u;
const LONGEST_HOUR_LINE = 60;

/**
 * @param title the headline; null where none was found
 * @param url the page's address
 */
export function shownKind(
  page: Page,
  body: Body,
  { title, url, images }: { title: string | null; url: string | null; images: readonly Image[] },
): ShownKind | null {
  const label = labelAbove(page, title, body.segments[0]?.index ?? 0);
  const opening = openingWord(title);
  for (const [word, rule] of [
    [label, 'label above headline'],
    [opening, 'word before headline'],
  ] as const) {
    if (word !== null && OPINION.has(word)) return { kind: 'opinion', rule };
    if (word !== null && PRESS_RELEASE.has(word)) return { kind: 'pressRelease', rule };
  }
  if (RELEASE_LINE.test(body.text.slice(0, LONGEST_LABEL * 2))) return { kind: 'pressRelease', rule: 'opening line' };
  const folders = (url?.slice(0, 500).split(/[?#]/u)[0] ?? '').split('/').slice(3).map(inWords);
  const says = (words: ReadonlySet<string>) =>
    [label, opening].some((word) => word !== null && words.has(word)) || folders.some((folder) => words.has(folder));
  if (says(LIVE) && entriesOf(page, body) >= ENTRIES)
    return { kind: 'liveblog', rule: 'named, and entries with hours' };
  const shown = images.filter(({ url: address }) => address !== null).length;
  if (shown >= PICTURES && says(GALLERY) && body.words <= shown * WORDS_A_PICTURE)
    return { kind: 'gallery', rule: 'named, and pictures' };
  return null;
}

/** A folder of an address as the lists of words have it. */
const inWords = (folder: string): string => folder.toLowerCase().replace(/[-_]/g, ' ');

/** The label in a block of its own above the headline, in lower case; null for none. */
function labelAbove({ segments, boxes }: Page, title: string | null, first: number): string | null {
  if (title === null) return null;
  const key = titleKey(title);
  // A label may have been kept as the first of the text.
  let headline = Math.min(first + ABOVE, segments.length - 1);
  for (; headline > 0; headline--) {
    const segment = segments[headline] as Segment;
    const { box, letters } = segment;
    // The key holds the letters and digits of the headline, and signs are few.
    if ((boxes.heading[box] as number) === 0 || Math.abs(letters - key.length) > SIGNS) continue;
    if (titleKey(segment.text) === key) break;
  }
  for (let i = headline - 1; i >= Math.max(0, headline - ABOVE); i--) {
    const segment = segments[i];
    if (segment === undefined || segment.letters > LONGEST_LABEL) return null;
    // An entry of a menu stands among others.
    const { box } = segment;
    if (boxes.item[box] !== -1 || (boxes.around[box] as number) & (NAVIGATION | CHROME)) return null;
    const text = segment.text.toLowerCase();
    if (OPINION.has(text) || PRESS_RELEASE.has(text) || LIVE.has(text) || GALLERY.has(text)) return text;
  }
  return null;
}

/** The words before the sign that parts them from the rest of a headline: "Opinion: …", "Éditorial. …", "Live | …". */
function openingWord(title: string | null): string | null {
  const word = /^[[(]?([^:：|.\])–—/]{3,40})\s?(?:[:：|.\])/]|[–—-]\s)/u.exec((title ?? '').slice(0, 60))?.[1];
  return word === undefined ? null : word.trim().toLowerCase();
}

/** Blocks of the body or right above one that begin with an hour. */
function entriesOf({ segments }: Page, body: Body): number {
  const first = body.segments[0];
  const last = body.segments.at(-1);
  if (!first || !last) return 0;
  let entries = 0;
  for (let i = Math.max(0, first.index - 1); i <= last.index; i++) {
    const segment = segments[i];
    if (segment === undefined || segment.letters === 0) continue;
    if (HOUR.test(segment.text.slice(0, LONGEST_HOUR_LINE))) entries++;
  }
  return entries;
}
