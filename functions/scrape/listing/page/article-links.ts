/**
 * Which links of a page lead to articles: the address's shape, the words of the link, the heading it stands in and its
 * place each give points, and links whose addresses are made alike vouch for one another.
 */
import type { MarkupTree, Node } from '../../../extract/markup/tree.ts';
import { linkShape } from './link-shape.ts';
import type { PageLink } from './page-links.ts';
import { headingIn, teaserAround } from './teaser.ts';

/** Links of one article on the page: picture, headline, "read more". */
export interface ArticleLink {
  links: PageLink[];
  /** The longest of its texts that is a headline. */
  title: string | null;
  points: number;
  /** The element that stands for the article; null where all its links are in navigation. */
  teaser: Node | null;
}

/** Points from which a link is taken; see docs/decisions/scraping.md for how it was found. */
const TAKEN = 3.5;
/** Beside many plain articles what only looks like one is none: of the points in the midst of the ten best, this share. */
const SHARE_OF_BEST = 0.6;
const MANY = 10;
/** Addresses of other kinds of pages are never taken, whatever their links say. */
const LEAST_SHAPE = -1.5;
/** Alike addresses that say something together. */
const GROUP = 3;
const LIST = 5;
/** {@link textWeight} from which a text may be a headline; menus say less. */
const HEADLINE = 25;
/** Below, a text is "read more" or a word out of somebody's sentence. */
const LEAST_TITLE = 18;
/** Points of an address that is an article's own, whatever its link says. */
const ARTICLE_SHAPE = 2;

export function chooseArticleLinks(tree: MarkupTree, links: readonly PageLink[], page: URL): ArticleLink[] {
  const byArticle = new Map<string, Candidate>();
  for (const link of links) {
    const shape = linkShape(link.url);
    if (shape === null || leadsUp(link.url, page) || (isVariant(link.url, page) && !shape.identified)) continue;
    const known = byArticle.get(link.article);
    if (known) known.links.push(link);
    else byArticle.set(link.article, { links: [link], template: shape.template, kin: shape.kin, shape: shape.points });
  }
  const candidates = [...byArticle.values()].map((candidate) => {
    const first = candidate.links.find((link) => !link.aside && !link.marked);
    const isSibling = (link: PageLink) => {
      const other = link.article === first?.article ? undefined : byArticle.get(link.article);
      return other !== undefined && (other.kin === candidate.kin || other.shape >= ARTICLE_SHAPE);
    };
    const teaser = first === undefined ? null : teaserAround(tree, first, links, isSibling);
    return {
      ...candidate,
      teaser,
      ...wordsOf(candidate.links, () => (teaser === null ? null : headingIn(tree, teaser))),
    };
  });
  const alike = groups(candidates, ({ template }) => template, vouched);
  const kin = groups(candidates, ({ kin }) => kin, vouched);
  const outside = candidates.filter(({ aside }) => !aside);
  const lists = groups(outside, ({ place }) => place, listPoints);
  const judged = candidates
    .map((candidate) => {
      const own = alike.get(candidate.template);
      const others = own !== undefined && own.size >= GROUP ? own : kin.get(candidate.kin);
      const list = candidate.aside ? undefined : lists.get(candidate.place);
      const below = isBelow(candidate.links, page) ? 1 : 0;
      const points = candidate.shape + candidate.words + (others?.points ?? 0) + (list?.points ?? 0) + below;
      return { ...candidate, points };
    })
    .filter((candidate) => candidate.shape > LEAST_SHAPE);
  const best = judged.map(({ points }) => points).sort((a, b) => b - a);
  const least = Math.max(TAKEN, SHARE_OF_BEST * (best[Math.min(MANY, best.length) >> 1] ?? 0));
  return judged
    .filter((candidate) => candidate.points >= least)
    .map(({ links: own, title, points, teaser }) => ({ links: own, title, points, teaser }));
}

interface Candidate {
  links: PageLink[];
  template: string;
  kin: string;
  /** Points by its address. */
  shape: number;
}

/** What the members of each group say together. */
function groups<T>(
  members: readonly T[],
  key: (member: T) => string,
  pointsOf: (group: readonly T[]) => number,
): Map<string, { size: number; points: number }> {
  const grouped = Map.groupBy(members, key);
  return new Map([...grouped].map(([name, group]) => [name, { size: group.length, points: pointsOf(group) }]));
}

interface Told {
  words: number;
  /** Of the title, see {@link textWeight}. */
  weight: number;
  title: string | null;
  /** Every link to it is. */
  aside: boolean;
  place: string;
}

/** Points by the words, the headings and the places of all links to one article. */
function wordsOf(links: readonly PageLink[], headingBeside: () => string | null): Told {
  const outside = links.filter((link) => !link.aside && !link.marked);
  const told = outside.length > 0 ? outside : links;
  const text = longest(told.map((link) => link.text));
  // "Read more" and pictures are told what they lead to by the headline beside them.
  const short = textWeight(text ?? '') < HEADLINE;
  const heading = longest(told.map((link) => link.heading)) ?? (short ? headingBeside() : null);
  const title = heading ?? text;
  const weight = textWeight(title ?? '');
  let words = 0;
  if (weight >= 40) words += 2;
  else if (weight >= HEADLINE) words += 1.5;
  else if (weight >= 16) words += 0.5;
  else if (weight < 10 && heading === null) words -= 1;
  if (heading !== null) words += 1;
  if (outside.length === 0) words -= 2.5;
  const place = told.find((link) => (link.heading ?? link.text) === title)?.place ?? '';
  return { words, weight, title: weight >= LEAST_TITLE ? title : null, aside: outside.length === 0, place };
}

/** What the others of a group say: headlines all over, or words of a menu. */
function vouched(group: readonly { words: number; shape: number }[]): number {
  if (group.length < GROUP) return 0;
  const headlines = group.filter(({ words }) => words >= 1.5).length / group.length;
  if (headlines >= 0.6) return 1.5;
  return headlines <= 0.2 ? -1 : 0;
}

/** A list in the midst of the page whose entries are as long as headlines, as blogs with short addresses have. */
function listPoints(list: readonly Told[]): number {
  if (list.length < LIST) return 0;
  const mean = list.reduce((sum, { weight }) => sum + Math.min(weight, 60), 0) / list.length;
  return mean >= 24 ? 2 : mean >= 18 ? 1 : 0;
}

/** In a directory of the page's own: /blog/fish on /blog. */
function isBelow([link]: readonly PageLink[], page: URL): boolean {
  const directory = page.pathname.replace(/\/$/, '');
  return directory !== '' && link?.url.host === page.host && link.url.pathname.startsWith(`${directory}/`);
}

/** A directory above the page, as breadcrumbs link it. */
function leadsUp(url: URL, page: URL): boolean {
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return url.search === '' && page.pathname.startsWith(path);
}

/** The page itself, sorted or filtered otherwise. */
function isVariant(url: URL, page: URL): boolean {
  return url.pathname === page.pathname && page.pathname !== '/';
}

function longest(texts: readonly (string | null)[]): string | null {
  let best: string | null = null;
  for (const text of texts) if (text !== null && text.length > (best?.length ?? 0)) best = text;
  return best;
}

/** Characters, those of scripts that write a word in one or two counted twice. */
export function textWeight(text: string): number {
  let weight = 0;
  for (const character of text)
    weight += /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(character) ? 2 : 1;
  return weight;
}
