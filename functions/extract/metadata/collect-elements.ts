/** What single elements state in the walk of collect.ts: headings, properties, times, links, and what their names single out. */
import { attributeKind } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import type { Candidates, Mark } from './candidates.ts';
import { isLogo, kickerOf, linksOf, namedInside, partsOf, squash, textOf } from './element-text.ts';
import { ZONE } from './zones.ts';

const ALT = attributeKind('alt');
const CLASS = attributeKind('class');
const CONTENT = attributeKind('content');
const DATETIME = attributeKind('datetime');
const HREF = attributeKind('href');
const ID = attributeKind('id');
const ITEMPROP = attributeKind('itemprop');
const PROPERTY = attributeKind('property');
const PUBDATE = attributeKind('pubdate');
const REL = attributeKind('rel');
const TITLE = attributeKind('title');

/** Statements of a kind that are kept. */
export const MAX_LIST = 300;
export const MAX_BLOCK_TEXT = 400;

const AMPERSAND = 38;
const SLASH = 47;
const AT = 64;

const HEADLINE =
  /(?:^|[\s_-])(?:headline|entry-title|post-title|article-title|title|articletitle|posttitle)(?:$|[\s_-])/iu;
const AUTHOR_ADDRESS =
  /\/(?:authors?|autor|autoren|autori|autores|auteurs?|people|person|persons|writers?|contributors?|journalists?|columnists?|staff|byline|profiles?|redaktion|redakteure?|users?|members?|experts?)\/[^/?#]|\/@[\w.-]/iu;

/** By two letters behind a slash, whether an author's address may go on so. */
const AUTHOR_STARTS = new Uint8Array(0x10000);
for (const start of 'au pe wr co jo st by pr re us me ex'.split(' ')) AUTHOR_STARTS[pairOf(start)] = 1;

function pairOf(start: string): number {
  return (start.charCodeAt(0) << 8) | start.charCodeAt(1);
}

/** Whether an address may be an {@link AUTHOR_ADDRESS}, told where it stands: asked of every link of a page. */
function mayNameAuthor({ source, valueFrom, valueTo }: MarkupTree, href: number): boolean {
  const { bytes } = source;
  const to = valueTo[href] as number;
  for (let at = valueFrom[href] as number; at + 2 < to; at++) {
    const code = bytes[at] as number;
    if (code === AMPERSAND) return true;
    if (code !== SLASH) continue;
    const next = bytes[at + 1] as number;
    if (next === AT || AUTHOR_STARTS[((next | 0x20) << 8) | (bytes[at + 2] as number) | 0x20] === 1) return true;
  }
  return false;
}

/** Whether an address is that of the front page, `/`. */
function leadsHome({ source, valueFrom, valueTo }: MarkupTree, href: number): boolean {
  const from = valueFrom[href] as number;
  return (valueTo[href] as number) - from === 1 && source.bytes[from] === SLASH;
}

/** What a link to a heading reads behind it. */
const PLACE_MARK = /\s?[¶§#🔗⚓]\ufe0f?$/u;
/** arXiv and library catalogues put the word before a title. */
const TITLE_LABEL = /^(?:title|titel|titre|título|titolo|tytuł|название|标题|標題)\s?[:：]\s?/iu;
/** Characters below a heading in which its author may stand without a byline. */
export const NAME_REACH = 1200;
/** Text below an element, '' once the page's budget is spent. */
export function readWithin(tree: MarkupTree, found: Candidates, element: Node, cap: number, parted = false): string {
  return found.budget-- > 0 ? textOf(tree, element, cap, parted) : '';
}

export function readHeading(tree: MarkupTree, element: Node, level: number, zone: number, found: Candidates): void {
  const at = found.characters;
  const property = tree.valueOf(element, ITEMPROP)?.toLowerCase() ?? '';
  const headline =
    property.includes('headline') ||
    HEADLINE.test(tree.valueOf(element, CLASS) ?? '') ||
    HEADLINE.test(tree.valueOf(element, ID) ?? '');
  if ((level !== 1 && !headline) || found.headings.length >= 60) return;
  const text = textOf(tree, element, 600).replace(PLACE_MARK, '').replace(TITLE_LABEL, '');
  if (level === 1) found.nameReach = at + NAME_REACH;
  if (text === '') return;
  const parts = (tree.end[element] as number) > element + 2 ? partsOf(tree, element) : [];
  const kicker = parts.length > 1 ? kickerOf(tree, element) : null;
  found.headings.push({ text, zone, at, level, parts, kicker, headline, logo: isLogo(tree, element, text) });
}

/** Sizes of type above that of the text, of seven or by steps (HTML 4.01, 15.2.2). */
const LARGE = /^\s?(?:[4-7]|\+[1-4])\s?$/;
const MAX_LARGE = 8;
/** Characters of a headline. */
const HEADLINE_LENGTH = { least: 10, most: 200 } as const;

/** Notes a line in large type. */
export function readFont(tree: MarkupTree, element: Node, zone: number, found: Candidates): void {
  if (found.largeLines.length >= MAX_LARGE || !LARGE.test(tree.attribute(element, 'size') ?? '')) return;
  const text = readWithin(tree, found, element, HEADLINE_LENGTH.most + 1);
  if (text.length < HEADLINE_LENGTH.least || text.length > HEADLINE_LENGTH.most) return;
  if (found.nameReach === -1) found.nameReach = found.characters + NAME_REACH;
  found.largeLines.push({ text, zone, at: found.characters });
}

const PROPERTIES = new Set([
  'headline',
  'name',
  'alternativeheadline',
  'description',
  'author',
  'creator',
  'publisher',
  'datepublished',
  'datecreated',
  'datemodified',
  'articlesection',
  'keywords',
  'title',
  'abstract',
  'inlanguage',
  'published',
]);

/** Terms of Dublin Core for days, as Drupal and others set them beside the text: `property="dc:date dc:created"`. */
const DUBLIN_CORE: ReadonlyMap<string, string> = new Map(
  ['dc', 'dct', 'dcterms'].flatMap((prefix): [string, string][] => [
    [`${prefix}:created`, 'datecreated'],
    [`${prefix}:issued`, 'datepublished'],
    [`${prefix}:modified`, 'datemodified'],
  ]),
);

/** Notes what an element with `itemprop` or `property` states; `scope` is the one that it is a property of. */
export function readProperties(tree: MarkupTree, element: Node, zone: number, scope: string, found: Candidates): void {
  const get = (kind: number) => tree.valueOf(element, kind);
  const at = found.characters;
  const property = get(ITEMPROP) ?? get(PROPERTY);
  if (property === undefined || found.properties.length >= MAX_LIST) return;
  for (const single of property.slice(0, 200).toLowerCase().split(/\s+/u).slice(0, 4)) {
    const bare = DUBLIN_CORE.get(single) ?? single.slice(single.lastIndexOf(':') + 1);
    if (!PROPERTIES.has(bare)) continue;
    const text = readWithin(tree, found, element, MAX_BLOCK_TEXT);
    const own =
      bare === 'author' || bare === 'creator' || bare === 'publisher' ? (namedInside(tree, element) ?? text) : text;
    const value = get(CONTENT) ?? get(DATETIME) ?? get(HREF) ?? own;
    found.properties.push({ text: own, zone, at, name: bare, value, scope, links: linksOf(tree, element, 10) });
  }
}

/** Date and hour of RFC 3339. */
const STAMP = /^\s{0,9}\d{4}-\d\d-\d\d(?:$|[T\s])/u;

const UNIX = /^\d{10}(?:\d{3})?$/u;

/**
 * Notes the stamp that microformats hide in a title, and scripts in data of their own:
 * `<abbr class="published" title="2013-04-04T18:52:11+00:00">`, `<span class="date" data-timestamp="1365101531">`.
 */
export function readStamp(tree: MarkupTree, element: Node, zone: number, found: Candidates): void {
  if (found.times.length >= MAX_LIST) return;
  const titled = tree.valueOf(element, TITLE) ?? tree.valueOf(element, DATETIME);
  const stamp =
    titled !== undefined && STAMP.test(titled)
      ? titled
      : OWN_STAMPS.map((key) => tree.attribute(element, key)).find((own) => own && (STAMP.test(own) || UNIX.test(own)));
  if (!stamp) return;
  found.times.push({
    text: readWithin(tree, found, element, 200),
    zone,
    at: found.characters,
    datetime: stamp,
    names: (tree.valueOf(element, CLASS) ?? '').toLowerCase(),
    before: textBefore(tree, found),
  });
}

/** Elements that scripts turn into a day: GitHub's, the Associated Press's. */
export const TIME_ELEMENTS: ReadonlySet<string> = new Set([
  'relative-time',
  'time-ago',
  'local-time',
  'bsp-timestamp',
  'lit-timestamp',
]);
/** Where they hold it. */
const OWN_STAMPS = ['data-timestamp', 'data-datetime', 'data-time', 'publishdate'];

export function readTime(tree: MarkupTree, element: Node, zone: number, found: Candidates): void {
  if (found.times.length >= MAX_LIST) return;
  const get = (kind: number) => tree.valueOf(element, kind);
  const names = `${get(CLASS) ?? ''} ${get(ITEMPROP) ?? ''} ${get(PROPERTY) ?? ''} ${get(PUBDATE) !== undefined ? 'pubdate' : ''}`;
  found.times.push({
    text: readWithin(tree, found, element, 200),
    zone,
    at: found.characters,
    datetime: get(DATETIME) ?? OWN_STAMPS.map((key) => tree.attribute(element, key)).find((stamp) => stamp) ?? null,
    names: names.toLowerCase(),
    before: textBefore(tree, found),
  });
}

/** Notes the links of an element as the way to the page. */
export function readCrumbs(tree: MarkupTree, element: Node, zone: number, found: Candidates): void {
  if (found.labels.length >= MAX_LIST || found.budget-- <= 0) return;
  const links = linksOf(tree, element, 12);
  const text = textOf(tree, element, 300);
  if (links.length > 0) found.labels.push({ text, zone, at: found.characters, links, kind: 'breadcrumbs' });
}

/** Links to the front page that are read: the logo is among the first. */
const MAX_HOMES = 4;
const LONGEST_HOST = 80;

/** Whether an address is a host's alone: `https://www.a.b/`. */
function isHostAlone({ source, valueFrom, valueTo }: MarkupTree, href: number): boolean {
  const from = valueFrom[href] as number;
  const to = valueTo[href] as number;
  if (to - from > LONGEST_HOST || to - from < 10) return false;
  let slashes = 0;
  for (let at = from; at < to; at++) if (source.bytes[at] === SLASH) slashes++;
  return slashes === 2 || (slashes === 3 && source.bytes[to - 1] === SLASH);
}

/** Nodes of a link among which its image stands. */
const LOGO_NODES = 12;

/** What the image in a link stands for: a logo bears the name of the site. */
function imageText(tree: MarkupTree, link: Node): string {
  const end = Math.min(tree.end[link] as number, link + LOGO_NODES);
  for (let node = link + 1; node < end; node++)
    if (tree.isElement(node) && tree.name(node) === 'img') return squash((tree.valueOf(node, ALT) ?? '').slice(0, 80));
  return '';
}

/** What a link without a text is called to those who do not see it. */
function calledSo(tree: MarkupTree, link: Node): string {
  return squash((tree.valueOf(link, TITLE) ?? tree.attribute(link, 'aria-label') ?? '').slice(0, 80));
}

/** Notes a link to an author's page or to a tag's. */
export function readAnchor(tree: MarkupTree, element: Node, zone: number, found: Candidates): void {
  const at = found.characters;
  const place = tree.find(element, HREF);
  const rel = tree.valueOf(element, REL)?.toLowerCase() ?? '';
  if (
    place !== -1 &&
    found.homes.length < MAX_HOMES &&
    (leadsHome(tree, place) || (found.nameReach === -1 && isHostAlone(tree, place)))
  )
    found.homes.push(readWithin(tree, found, element, 80) || imageText(tree, element) || calledSo(tree, element));
  // Jekyll marks the name of the site so.
  if (place !== -1 && leadsHome(tree, place)) return;
  if (rel === '' && (place === -1 || !mayNameAuthor(tree, place))) return;
  const href = place === -1 ? '' : tree.value(place);
  const source = rel.includes('author') ? 'rel' : AUTHOR_ADDRESS.test(href.slice(0, 300)) ? 'address' : null;
  if (source !== null && found.bylines.length < MAX_LIST) {
    const text = readWithin(tree, found, element, 200, true);
    found.bylines.push({ text, zone, at, links: [{ text, href, rel }], source, parts: [text] });
  }
  if (rel !== '' && TAG_LINK.test(rel) && found.labels.length < MAX_LIST) {
    const text = readWithin(tree, found, element, 120);
    const kind = rel.includes('category') || /\/category\//u.test(href) ? 'section' : 'tags';
    found.labels.push({ text, zone, at, links: [{ text, href, rel }], kind });
  }
}

const TAG_LINK = /(?:^|\s)(?:category\s+)?tag(?:$|\s)/u;

/** Notes the text of an element that its names single out; `fresh` are the bits of its zone that nothing around it has. */
export function readZone(
  tree: MarkupTree,
  element: Node,
  name: string,
  zone: number,
  fresh: number,
  found: Candidates,
): void {
  const get = (kind: number) => tree.valueOf(element, kind);
  const at = found.characters;
  const mark = (text: string): Mark => ({ text, zone, at });

  // Who stands behind a site is marked up like who wrote (hNews).
  const isOrganization = /(?:^|\s)(?:source-)?org(?:\s|$)/u.test(get(CLASS) ?? '');
  if (fresh & ZONE.author && !(name === 'img') && !isOrganization && found.bylines.length < MAX_LIST) {
    const text = readWithin(tree, found, element, MAX_BLOCK_TEXT, true);
    if (text !== '' && text.length < MAX_BLOCK_TEXT) {
      found.bylines.push({
        ...mark(text),
        links: linksOf(tree, element, 12),
        parts: partsOf(tree, element),
        source: 'class',
      });
    }
  } else if (
    zone & ZONE.author &&
    /(?:^|[\s_-])(?:name|author)/iu.test(get(CLASS) ?? '') &&
    found.bylines.length < MAX_LIST
  ) {
    const text = readWithin(tree, found, element, 200, true);
    if (text !== '' && text.length < 100) {
      found.bylines.push({
        ...mark(text),
        links: linksOf(tree, element, 3),
        parts: [text],
        source: 'class',
      });
    }
  }
  if (fresh & ZONE.date && name !== 'time' && found.dateTexts.length < MAX_LIST) {
    const text = readWithin(tree, found, element, 200);
    if (text.length < 180 && /\p{Nd}/u.test(text))
      found.dateTexts.push({ ...mark(text), before: textBefore(tree, found) });
  }
  if (fresh & (ZONE.tags | ZONE.category | ZONE.crumbs) && found.labels.length < MAX_LIST) {
    const links = linksOf(tree, element, 60);
    const kind = fresh & ZONE.crumbs ? 'breadcrumbs' : fresh & ZONE.tags ? 'tags' : 'section';
    if (links.length > 0 || kind !== 'tags')
      found.labels.push({ ...mark(readWithin(tree, found, element, 1500)), links, kind });
  }
}

/** The text before the one under way, if it is short. */
export function textBefore(tree: MarkupTree, found: Candidates): string {
  return found.previous === -1 ? '' : squash(tree.text(found.previous));
}
