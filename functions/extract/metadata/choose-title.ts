import { decodeHTML } from 'entities';
import type { Heading } from './candidates.ts';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';
import { onceEach } from './once-each.ts';
import { namesSite, stripSite, titleKey, titlePieces } from './title.ts';
import { ZONE } from './zones.ts';

export interface Choice<T> {
  value: T;
  rule: string;
}

interface Stated {
  text: string;
  rule: string;
}

/** Title statements outside the visible page, the most trusted first. */
function statedTitles(evidence: Evidence): Stated[] {
  const { meta, article, articles, page } = evidence;
  const stated: Stated[] = [];
  const add = (text: string | null | undefined, rule: string) => {
    const clean = text?.includes('&') ? decodeHTML(text) : text;
    if (clean && clean.length <= 600) stated.push({ text: clean.trim(), rule });
  };
  add(ldText(article?.headline), 'json-ld headline');
  add(meta('og:title'), 'og:title');
  add(meta('twitter:title'), 'twitter:title');
  add(
    meta('citation_title', 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'hdl', 'title'),
    'meta title',
  );
  if (!article?.headline) add(ldText(article?.name), 'json-ld name');
  for (const { object, types } of articles.slice(0, 2)) {
    if (object !== article && !types.includes('videoobject'))
      add(ldText(object.headline ?? object.name), 'json-ld work');
  }
  add(page.titleTag, 'title');
  return stated;
}

/** Score from which a heading is believed over the metadata; see {@link scoreHeading}. */
const BELIEVED = 50;

/** Score from which a heading is one that the metadata name. */
const CONFIRMED = 60;

interface Scored {
  heading: Heading;
  score: number;
}

/**
 * How sure a heading is the headline. 100: it is a title of the metadata; 90: it goes on where one ends; 80 and 60: the
 * front or the back part of one; 45: the only heading of the first level, as on pages whose metadata are written for
 * search engines.
 */
function scoreHeading(heading: Heading, titles: Titles, lone: boolean, evidence: Evidence): number {
  const key = evidence.keyOf(heading.text);
  if (key.length < 2 || heading.logo) return 0;
  const exact = titles.keys.has(key);
  const site = namesSite(heading.text, evidence.site);
  const front = key.length >= 4 && titles.heads.has(key);
  // A few letters more than the site's name may be the story's own where the metadata part the site from them.
  if (site && !exact && !((front || lone) && key.length >= 12 && !namesSite(heading.text, evidence.site, true)))
    return 0;
  const only = lone && heading.text.length >= 12;
  let score = 0;
  if (exact) score = 100;
  else if (heading.level === 1 && titles.stripped.some(({ text }) => goesOn(key, evidence.keyOf(text)))) score = 90;
  else if (front) score = 80;
  else if (key.length >= 12 && titles.raw.some((other) => other.startsWith(key))) score = 75;
  else if (
    lone &&
    heading.level === 1 &&
    key.length >= 6 &&
    titles.stripped.some(({ text }) => opens(heading.text, text))
  )
    score = 75;
  else if (key.length >= 4 && titles.tails.has(key))
    score = titles.raw.some((other) => other.length <= 2 * key.length) ? 85 : 60;
  else if (key.length >= 12 && titles.raw.some((other) => other.includes(key))) score = 60;
  else if (!titles.sites.some((name) => key.startsWith(name))) {
    const words = wordsIn(heading.text);
    const alike = Math.max(0, ...titles.words().map((stated) => similarity(stated, words)));
    score = 70 * alike;
    if (only && heading.level === 1) score = Math.max(score, ONLY_HEADING);
  }
  if (score === 0) return 0;
  if (heading.headline) score += 3;
  if (heading.zone & SIDE && !exact && !only) score -= 12;
  if (site && !lone) score -= 30;
  return score + (heading.level === 1 ? 10 : heading.level === 2 ? 0 : -15);
}

/** Whether a heading is a title with some words more: "Ferries return to the islands" of "Ferries return". */
function goesOn(key: string, title: string): boolean {
  return title.length >= 12 && key.startsWith(title) && title.length >= 0.6 * key.length;
}

/** Whether a title opens with the heading's words. */
function opens(heading: string, title: string): boolean {
  const lower = heading.toLowerCase();
  return title.toLowerCase().startsWith(lower) && !/^[\p{L}\p{N}]/u.test(title.slice(lower.length));
}

const ONLY_HEADING = 45;
const SIDE = ZONE.comments | ZONE.related | ZONE.footer | ZONE.aside;

interface Titles {
  stripped: readonly Stated[];
  /** Their words, found when first asked for: on most pages the headline is told before. */
  words(): readonly ReadonlySet<string>[];
  keys: ReadonlySet<string>;
  raw: readonly string[];
  heads: ReadonlySet<string>;
  tails: ReadonlySet<string>;
  /** Back parts that name the site. */
  sites: readonly string[];
}

/** Chooses the page's headline: the visible heading that its metadata confirm, else the metadata without the site. */
export function chooseTitle(evidence: Evidence): Choice<string> | null {
  const stated = statedTitles(evidence);
  // Most pages state one title in several places.
  const { keyOf } = evidence;
  const bare = onceEach((text: string) => stripSite(text, evidence.site));
  const piecesOf = onceEach(titlePieces);
  const stripped = stated.map(({ text, rule }) => ({ text: bare(text), rule }));
  const pieces = stated.map(({ text }) => piecesOf(text));
  let words: Set<string>[] | null = null;
  const titles: Titles = {
    stripped,
    words: () => {
      words ??= stripped.map(({ text }) => wordsIn(text));
      return words;
    },
    keys: new Set(stripped.map(({ text }) => keyOf(text))),
    raw: stated.map(({ text }) => keyOf(text)),
    heads: new Set(pieces.flatMap(({ heads }) => heads.map(keyOf))),
    tails: new Set(pieces.flatMap(({ tails }) => tails.map(keyOf))),
    sites: pieces
      .flatMap(({ tails }) => tails)
      .filter((tail) => namesSite(tail, evidence.site))
      .map(keyOf)
      .filter((key) => key.length >= 5),
  };
  const headings = evidence.page.headings.filter(({ text }) => text.length >= 2 && text.length <= 400);
  const own = headings.filter(
    ({ level, logo, text }) => level === 1 && !logo && !namesSite(text, evidence.site, text.length >= 16),
  );
  // Headings of side columns and dialogs do not keep the one of the story from being the only one.
  const apart = own.filter(({ zone }) => !(zone & (SIDE | ZONE.chrome)));
  const distinct = new Set((apart.length > 0 ? apart : own).map(({ text }) => keyOf(text)));

  let best: Scored | null = null;
  for (const heading of headings) {
    const lone = distinct.size === 1 && (apart.length === 0 || apart.includes(heading));
    const score = scoreHeading(heading, titles, lone, evidence);
    if (score > (best?.score ?? 0)) best = { heading, score };
  }
  const echo = echoedTitle(evidence);
  if (best && best.score >= BELIEVED && !(best.score < CONFIRMED && echo && echo.at < best.heading.at && echo.agreed)) {
    const rule = `h${best.heading.level}`;
    // Only tails are cut here: what stands before a colon may be a kicker that the heading has too.
    const tailless = stated.map((one, i) => {
      const cut = stripped[i]?.text ?? one.text;
      return one.text.startsWith(cut) ? { ...one, text: cut } : one;
    });
    const part = agreedPart(best.heading, tailless, evidence);
    if (part) return { value: part, rule: `metadata in ${rule}` };
    const whole = stripSite(withoutKicker(best.heading, spaced(best.heading, stated)), evidence.site, true);
    const printed = new Set([
      ...titles.keys,
      ...headings.filter((one) => one !== best?.heading).map(({ text }) => keyOf(text)),
    ]);
    return { value: frontOfBars(whole, printed), rule };
  }
  const property = evidence.page.properties.find(
    ({ name, scope, text, zone }) =>
      name === 'headline' &&
      text.length >= 4 &&
      text.length <= 300 &&
      !/comment|review|webpage/u.test(scope) &&
      !(zone & SIDE) &&
      !namesSite(text, evidence.site),
  );
  if (property) return { value: property.text, rule: 'itemprop headline' };
  if (echo) return { value: echo.text, rule: 'text as in title' };
  const usable =
    stripped.find(({ text }) => text.length >= 2 && !namesSite(text, evidence.site)) ??
    stripped.find(({ text }) => text.length >= 2);
  const large = usable?.rule === 'title' ? largeLine(evidence, usable.text) : null;
  if (large !== null) return { value: large, rule: 'large type' };
  if (usable) return { value: usable.text, rule: usable.rule };
  const first = own[0];
  return first ? { value: first.text, rule: 'h1' } : null;
}

/** Words of the longest title that may be no more than the name of a site, of a section or of what one does with a page. */
const NAME_WORDS = 5;

/** The first line in large type of a page without headings, where its `title` says something short and else. */
function largeLine(evidence: Evidence, title: string): string | null {
  const { headings, largeLines } = evidence.page;
  if (headings.length > 0 || title.split(/\s+/u).length > NAME_WORDS) return null;
  const line = largeLines.find(({ text, zone }) => !(zone & (SIDE | ZONE.chrome)) && !namesSite(text, evidence.site));
  return line === undefined || evidence.keyOf(title).includes(evidence.keyOf(line.text)) ? null : line.text;
}

/** Kicker and headline in one heading: what most of the metadata agree on is the headline. */
function agreedPart({ text: heading, parts }: Heading, stated: readonly Stated[], evidence: Evidence): string | null {
  const { keyOf } = evidence;
  const whole = keyOf(heading);
  if (stated.some(({ rule, text }) => rule === 'json-ld headline' && keyOf(text) === whole)) return null;
  const rules = stated.filter(({ rule }) => rule !== 'twitter:title' && rule !== 'json-ld work');
  for (const { text } of rules) {
    const key = keyOf(text);
    if (key.length < 15 || whole.length - key.length < KICKER || text.length < 0.4 * heading.length) continue;
    // Behind the headline a date or an element of its own is no part of it; "[Watch]" in its text may be.
    const front = whole.startsWith(key);
    const dated = front && evidence.datesIn(heading.slice(-40)).length > 0;
    const parted = front && rules.length > 1 && parts.some((_, i) => titleKey(parts.slice(0, i).join(' ')) === key);
    if (!whole.endsWith(key) && !dated && !parted) continue;
    const votes = rules.filter((other) => keyOf(other.text).startsWith(key)).length;
    if (2 * votes > rules.length) return text;
  }
  return null;
}

/** The headline without the line above it, which says what it is about and not what it says. */
function withoutKicker({ kicker }: Heading, heading: string): string {
  if (kicker === null || !heading.startsWith(kicker)) return heading;
  const rest = heading.slice(kicker.length).trim();
  return titleKey(rest).length >= SHORTEST_HEADLINE ? rest : heading;
}

/** Elements that stand side by side with no space between are words apart where the metadata say so too. */
function spaced({ text, parts }: Heading, stated: readonly Stated[]): string {
  const apart = parts.join(' ');
  const words = (title: string) => title.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (parts.length < 2 || words(apart) === words(text)) return text;
  const key = titleKey(text);
  return stated.some((one) => titleKey(one.text).startsWith(key) && words(one.text) >= words(apart)) ? apart : text;
}

/** "Ferries return | News | Harbour Post" up to the bar behind a part that stands on the page as a heading or a title too. */
function frontOfBars(heading: string, printed: ReadonlySet<string>): string {
  const end = heading.search(/\s[|｜]\s/u);
  const front = end < 0 ? '' : heading.slice(0, end);
  return front.length >= 12 && printed.has(titleKey(front)) ? front : heading;
}

/** Letters of the shortest headline that a kicker is taken from. */
const SHORTEST_HEADLINE = 12;

/** Letters of the shortest kicker: "The" and "A" are part of the headline. */
const KICKER = 4;

interface Echo {
  text: string;
  at: number;
  /** og:title says the same. */
  agreed: boolean;
}

/** The longest visible text that opens the `title` element, or stands whole between its separators. */
function echoedTitle(evidence: Evidence): Echo | null {
  const title = evidence.page.titleTag;
  if (!title) return null;
  const og = evidence.meta('og:title');
  // Behind a colon, too, where nothing but the page itself tells of its title, as of old.
  const isOld = og === null && evidence.article === null && evidence.page.headings.every(({ level }) => level !== 1);
  const named = isOld ? /(?:\s[|｜»•·–—-]|:)\s$/u : /\s[|｜»•·–—-]\s$/u;
  let best: Echo | null = null;
  // What goes on as the title does may end with a name of the site that nothing tells.
  let whole: Echo | null = null;
  for (const { text, zone, at } of evidence.page.echoes) {
    if (
      zone & (SIDE | ZONE.crumbs | ZONE.chrome) ||
      text.length < 8 ||
      text.length < 0.5 * title.length ||
      text.length > title.length
    )
      continue;
    if (namesSite(text, evidence.site)) continue;
    const isWhole = text.length === title.length;
    if (isWhole && stripSite(text, evidence.site) !== text) continue;
    const start = title.indexOf(text);
    const parted =
      start === 0 ||
      namesSite(title.slice(0, start), evidence.site) ||
      (start <= LONGEST_SITE && text.length > start && named.test(title.slice(0, start)));
    const ended =
      start + text.length === title.length || /^\s*[|｜ㅣ:»«·•/_–—-]/u.test(title.slice(start + text.length));
    const echo = { text, at, agreed: og !== null && evidence.keyOf(og).startsWith(evidence.keyOf(text)) };
    if (isWhole) whole ??= echo;
    else if (parted && ended && text.length > (best?.text.length ?? 0)) best = echo;
  }
  return best ?? whole;
}

/** Characters of the longest name of a site, with the sign behind it, that stands before a title. */
const LONGEST_SITE = 50;

function wordsIn(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** Shared words over the words of the shorter, 0 to 1; both must have at least three. */
function similarity(first: ReadonlySet<string>, second: ReadonlySet<string>): number {
  if (first.size < 2 || second.size < 2) return 0;
  let shared = 0;
  for (const word of first) if (second.has(word)) shared++;
  return shared / Math.max(first.size, second.size);
}
