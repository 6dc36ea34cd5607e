/** Titles without what sites add to them. Only a tail or a head that names the site goes: blind cutting loses titles. */

/** Signs that part a title from a site's name; a hyphen only with space around it. */
const SEPARATOR = /\s*[|｜│ㅣ•·»«›‹:：][\s\u00a0]*|[\s\u00a0][-–—~/\\>_][\s\u00a0]|\s*[–—]\s+|\s+@\s+/gu;
const MAX_TITLE = 600;
const MAX_CUTS = 4;
const BEYOND_ASCII = /[^ -~]/;

/** Letters and digits only, folded: how titles and names are compared. */
export function titleKey(text: string): string {
  const read = text.slice(0, MAX_TITLE);
  // Most texts are ASCII, and are folded without the tables of Unicode.
  if (!BEYOND_ASCII.test(read)) return read.toLowerCase().replace(/[^a-z0-9]+/g, '');
  return read
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** What a site calls itself, folded for comparison. */
export interface SiteNames {
  /** Names as keys: `theguardian`. */
  keys: readonly string[];
  /** Labels of the host without its suffix: `guardian` of `www.guardian.co.uk`. */
  labels: readonly string[];
  /** Names of the page's section as keys, which some sites put behind a bar. */
  sections: readonly string[];
}

/** What sites call their own parts in titles, behind a bar. */
const PARTS = new Set([
  'blog',
  'news',
  'opinion',
  'article',
  'articles',
  'insights',
  'resources',
  'aktuell',
  'magazin',
  'magazine',
  'actualites',
  'noticias',
]);

export function siteNames(
  names: readonly (string | null | undefined)[],
  host: string | null,
  sections: readonly string[] = [],
): SiteNames {
  const keys = new Set<string>();
  for (const name of names) {
    if (!name) continue;
    const key = titleKey(name);
    if (key.length >= 2) keys.add(key);
    // "The Guardian – News" and "BBC News | Africa" name the site in their first part.
    const initials = name.split(/[\s-]+/u);
    if (initials.length >= 3 && initials.length <= 6)
      keys.add(titleKey(initials.map((word) => word.charAt(0)).join('')));
    const first = titleKey(name.split(/\s[|–—-]\s/u)[0] ?? '');
    if (first.length >= 3) keys.add(first);
  }
  const labels = (host ?? '')
    .toLowerCase()
    .split('.')
    .filter(
      (label) => label.length >= 3 && !/^(?:www\d?|com|net|org|gov|edu|info|news|blog|blogs|amp|mobile)$/u.test(label),
    )
    .map((label) => titleKey(label));
  if (host) keys.add(titleKey(host.replace(/^www\./u, '')));
  return { keys: [...keys], labels, sections: sections.map(titleKey) };
}

/** Whether a piece of a title names the site; `exactly` where a few letters more would be the story's own. */
export function namesSite(piece: string, site: SiteNames, exactly = false): boolean {
  let known = NAMED.get(site);
  if (known === undefined) {
    known = new Map();
    NAMED.set(site, known);
  }
  let naming = known.get(piece);
  if (naming === undefined) {
    naming = namingOf(titleKey(piece), site);
    known.set(piece, naming);
  }
  return naming === 'exactly' || (naming === 'nearly' && !exactly);
}

type Naming = 'exactly' | 'nearly' | 'not';

/** What was found of pieces, for one page's site: the same few are asked about again and again. */
const NAMED = new WeakMap<SiteNames, Map<string, Naming>>();

/** How a piece names the site, given its key. */
function namingOf(key: string, site: SiteNames): Naming {
  if (key === '') return 'exactly';
  if (key.length > 60) return 'not';
  const bare = key.replace(/^(?:the|www|die|der|das|le|la|el)/u, '').replace(/(?:com|net|org|de|couk)$/u, '');
  const alike = (name: string) => name === key || (bare.length >= 3 && name === bare);
  // "The Guardian Australia" names The Guardian, "Metro News" names Metro: a few letters more or fewer.
  const near = (name: string) =>
    (name.length >= 4 && key.startsWith(name) && key.length <= name.length + 24) ||
    (key.length >= 5 && name.startsWith(key) && key.length >= 0.5 * name.length) ||
    (name.length >= 5 && key.endsWith(name) && key.length <= name.length + 10);
  const labelled = (label: string) =>
    (label.length >= 5 && key.startsWith(label) && key.length <= label.length + 16) ||
    (bare.length >= 5 && label.startsWith(bare) && bare.length >= 0.8 * label.length) ||
    (label.length >= 5 && key.endsWith(label) && key.length <= label.length + 10);
  if (site.keys.some(alike) || site.labels.some(alike)) return 'exactly';
  return site.keys.some(near) || site.labels.some(labelled) ? 'nearly' : 'not';
}

function namesPart(piece: string, site: SiteNames): boolean {
  const key = titleKey(piece);
  return PARTS.has(key) || site.sections.includes(key);
}

/** Title without leading or trailing site names. */
export function stripSite(title: string, site: SiteNames, exactly = false): string {
  let rest = withoutHost(title.slice(0, MAX_TITLE).trim(), site);
  for (let cuts = 0; cuts < MAX_CUTS; cuts++) {
    const marks = [...rest.matchAll(SEPARATOR)];
    const last = marks.at(-1);
    const first = marks[0];
    // The shortest tail first, then longer ones: the site may be named "Site - News".
    const tail = [...marks]
      .reverse()
      .slice(0, 3)
      .find(({ 0: mark, index }) => {
        // Behind a colon the story goes on more often than the site's name does.
        const whole = exactly || /[:：·]/u.test(mark);
        const piece = rest.slice(index + mark.length);
        if (index > 0 && /[|｜]/u.test(mark) && namesPart(piece, site)) return true;
        return index > 0 && namesSite(piece, site, whole);
      });
    if (last && tail) {
      rest = rest.slice(0, tail.index).trim();
      continue;
    }
    if (first && first.index > 0 && namesSite(rest.slice(0, first.index), site, true)) {
      const without = rest.slice(first.index + first[0].length).trim();
      if (without === '') break;
      rest = without;
      continue;
    }
    break;
  }
  return rest;
}

/** "harbourpost.example Ferries return" without the host, which needs no sign to be told from a title. */
function withoutHost(title: string, site: SiteNames): string {
  const host = /^(?:www\.)?[\p{L}\p{N}.-]{1,60}\.\p{L}{2,10}(?=\s+[\p{L}\p{N}])/u.exec(title)?.[0];
  return host && site.keys.includes(titleKey(host)) ? title.slice(host.length).trim() : title;
}

/** What a title may be without its additions: every run of its parts from the front, and every one from the back. */
export function titlePieces(title: string): { heads: string[]; tails: string[] } {
  const text = title.slice(0, MAX_TITLE).trim();
  const marks = [...text.matchAll(SEPARATOR)].slice(0, 8);
  const heads = marks.map((mark) => text.slice(0, mark.index).trim()).filter((piece) => piece !== '');
  const tails = marks.map((mark) => text.slice(mark.index + mark[0].length).trim()).filter((piece) => piece !== '');
  return { heads, tails };
}
