/** What a site calls itself: as it states, or as its titles end and its head bears. */

import type { Mark } from './candidates.ts';
import type { Choice } from './choose-title.ts';
import type { Evidence } from './evidence.ts';
import { namesSite, titleKey, titlePieces } from './title.ts';
import { FOREIGN_ZONE } from './zones.ts';

/** Characters and words of the longest name taken from a title: what is longer says what the site is about. */
const LONGEST = { characters: 40, words: 6 } as const;
const LONGEST_STATED = 80;
/** Who hosts a site, as pages state in place of its name. */
const PLATFORMS = new Set([
  'tumblr',
  'livejournal',
  'blogger',
  'wordpress',
  'wordpress.com',
  'wix',
  'weebly',
  'typepad',
]);
/** "Harbour Post, 14.11.2023", as RIA ends its titles. */
const DAY_BEHIND = /, \d{1,2}\.\d{1,2}\.\d{4}$/u;

/** The site's name by og:site_name, by whoever publishes, or by the `title` element's part beside the headline. */
export function chooseSiteName(evidence: Evidence, title: string | null, headline: Mark | null): Choice<string> | null {
  const og = evidence.meta('og:site_name');
  if (og && og.length <= LONGEST_STATED && !PLATFORMS.has(og.toLowerCase())) return { value: og, rule: 'og:site_name' };
  const name = evidence.names.find(
    (candidate) =>
      !PLATFORMS.has(candidate.toLowerCase()) && namesSite(candidate, evidence.site) && !isHandle(candidate, evidence),
  );
  if (name) return { value: name, rule: 'publisher' };
  const publisher = evidence.page.properties.find(
    ({ name: property, zone }) => property === 'publisher' && !(zone & FOREIGN_ZONE),
  );
  if (publisher && /^[\p{L}\p{N}].$|^[\p{L}\p{N}]..+[^:]$/u.test(publisher.text) && isName(publisher.text))
    return { value: publisher.text, rule: 'itemprop publisher' };
  const piece = besideTitle(evidence, title);
  if (piece === null) return null;
  if (namesHost(piece, evidence)) return { value: piece, rule: 'title and host' };
  return standsInHead(piece, evidence, headline) ? { value: piece, rule: 'title and page head' } : null;
}

/** Whether a name is that of an account alone: it is folded and cut short. */
function isHandle(name: string, evidence: Evidence): boolean {
  return evidence.meta('twitter:site') === `@${name}` && !namesHost(name, evidence);
}

/** The outermost part of the `title` element on the side where the headline is not. */
function besideTitle({ page }: Evidence, title: string | null): string | null {
  const whole = page.titleTag;
  if (whole === null || title === null) return null;
  const key = titleKey(title);
  const { heads, tails } = titlePieces(whole);
  // Chinese titles end so, with no space.
  const last = tails
    .at(-1)
    ?.split(/[_＿]/u)
    .at(-1)
    ?.replace(DAY_BEHIND, '')
    .replace(/^[\s|–—-]{1,4}/u, '');
  const first = heads[0];
  const piece = [last, first].find(
    (part) => part !== undefined && part.length >= 2 && !key.includes(titleKey(part)) && isName(part),
  );
  return piece !== undefined && titleKey(whole).includes(key.slice(0, 20)) ? piece : null;
}

const isName = (part: string): boolean =>
  part.length <= LONGEST.characters && part.split(/\s+/u).length <= LONGEST.words && /\p{L}/u.test(part);

/** Whether the host is the name written together, or its initials. */
function namesHost(piece: string, { site }: Evidence): boolean {
  return namesSite(piece, { keys: [], labels: site.labels, sections: [] });
}

const RIGHTS = /©|\(c\)|copyright/iu;

/** Whether a head or a foot bears the name: as titles of feeds, with the rights, or alone before the headline, as a logo does, where it is no section. */
function standsInHead(piece: string, evidence: Evidence, headline: Mark | null): boolean {
  const key = titleKey(piece);
  if (evidence.site.sections.includes(key)) return false;
  const { echoes, homes, labels } = evidence.page;
  if (homes.some((home) => titleKey(home) === key)) return true;
  const metas = evidence.metas('copyright', 'author', 'publisher', 'owner');
  const rights = evidence.page.dateTexts.map(({ text }) => text).filter((text) => RIGHTS.test(text));
  if (key.length >= 4 && [...evidence.page.signs, ...metas, ...rights].some((sign) => titleKey(sign).includes(key)))
    return true;
  if (labels.some(({ text }) => titleKey(text) === key)) return false;
  return headline !== null && echoes.some(({ text, at }) => at < headline.at && titleKey(text) === key);
}
