/**
 * One walk over the page that notes every statement about its article. It judges nothing: which statement is
 * believed is decided field by field in the choose-*.ts files.
 */
import { attributeKind, TAGS } from '../markup/names.ts';
import { type MarkupTree, type Node, ROOT, TEXT } from '../markup/tree.ts';
import { ValueCodes } from '../markup/value-codes.ts';
import { mayOpenByline, mayOpenWith, opensByline } from './byline-openers.ts';
import {
  MAX_BLOCK_TEXT,
  MAX_LIST,
  NAME_REACH,
  readAnchor,
  readHeading,
  readProperties,
  readTime,
  readWithin,
  readZone,
  textBefore,
} from './collect-elements.ts';
import { type Link, lineFrom, linksOf, partsOf, SKIP, squash, textOf } from './element-text.ts';
import { beginOf, holdsYear, lookAt, MUST_BE_READ, NO_DIGITS } from './plain-text.ts';
import { hasYear } from './year-mark.ts';
import { ZONE, zoneOfValue } from './zones.ts';

const CLASS = attributeKind('class');
const CONTENT = attributeKind('content');
const DIR = attributeKind('dir');
const HREF = attributeKind('href');
const HTTP_EQUIV = attributeKind('http-equiv');
const ID = attributeKind('id');
const ITEMPROP = attributeKind('itemprop');
const ITEMSCOPE = attributeKind('itemscope');
const ITEMTYPE = attributeKind('itemtype');
const LANG = attributeKind('lang');
const NAME = attributeKind('name');
const PROPERTY = attributeKind('property');
const REL = attributeKind('rel');
const TYPE = attributeKind('type');
const XML_LANG = attributeKind('xml:lang');

/** A piece of visible text with where it stands. */
export interface Mark {
  text: string;
  /** Bits of {@link ZONE} of the element and everything around it. */
  zone: number;
  /** Characters of visible text before it. */
  at: number;
}

export interface Heading extends Mark {
  level: number;
  /** Its texts by elements, where it holds more than one node. */
  parts: string[];
  /** The line above the headline that stands in it as its first element; null where there is none. */
  kicker: string | null;
  /** Its class or itemprop says that it is the headline. */
  headline: boolean;
  /** It is nothing but a link to the front page, as logos are. */
  logo: boolean;
}

export interface Property extends Mark {
  /** `itemprop`, or RDFa `property` outside `meta`, in lower case. */
  name: string;
  /** `content`, `datetime` or `href`; else the text. */
  value: string;
  /** `itemtype` of the innermost scope around it, in lower case; '' for none. */
  scope: string;
  links: Link[];
}

/** A text that holds a date. */
export interface DateText extends Mark {
  /** The short text before it, as "Last updated:" in an element of its own; '' for none. */
  before: string;
}

export interface Time extends DateText {
  datetime: string | null;
  /** Class, itemprop and the like, in lower case: what tells a publication from a change. */
  names: string;
}

export interface Byline extends Mark {
  links: Link[];
  /** The text by elements: names that stand side by side with nothing between. */
  parts: string[];
  /** What singled it out: `rel=author`, a class name, an icon or "By" before it, or a link to an author's page. */
  source: 'rel' | 'class' | 'icon' | 'opener' | 'address';
}

export interface LabelList extends Mark {
  links: Link[];
  kind: 'tags' | 'section' | 'breadcrumbs';
}

export interface Candidates {
  htmlLanguage: string | null;
  /** Class names of `body`, in which content systems tell posts from static pages. */
  bodyNames: string;
  direction: 'ltr' | 'rtl' | null;
  /** `name`, `property`, `itemprop` or `http-equiv` of `meta`, in lower case → contents in order. */
  metas: Map<string, string[]>;
  canonical: string | null;
  /** Address of `rel=license`. */
  license: string | null;
  titleTag: string | null;
  /** By {@link pairOf}, which two characters in a row it holds. */
  titlePairs: Uint8Array;
  jsonLd: string[];
  headings: Heading[];
  properties: Property[];
  times: Time[];
  /** Texts that stand in the `title` element too: the headline of a page without headings. */
  echoes: Mark[];
  /** Short texts that hold a year or a numeric date. */
  dateTexts: DateText[];
  bylines: Byline[];
  /** Short lines of capitalized words below a heading of the first level: a name without a word that says so. */
  nameLines: Mark[];
  labels: LabelList[];
  /** Texts of links to the front page: what the site calls itself, or "Home". */
  homes: string[];
  /** The last text walked, if it is short; -1 for none. */
  previous: Node;
  /** Where the last icon of a person stands: what follows it is a name. */
  iconAt: number;
  /** Character up to which name lines are noted. */
  nameReach: number;
  /** Visible characters walked so far. */
  characters: number;
  /** Subtrees that may still be read: in hostile nesting each would be read again from every level. */
  budget: number;
}

/** Subtrees read again below some element; ordinary pages read a few hundred. */
const MAX_SUBTREES = 5000;

const CHROME_OF: Readonly<Record<string, number>> = {
  nav: ZONE.chrome,
  footer: ZONE.footer,
  aside: ZONE.aside,
  form: ZONE.chrome,
  dialog: ZONE.chrome,
  button: ZONE.chrome,
};
const CHROME = Uint16Array.from(TAGS, (tag) => CHROME_OF[tag] ?? 0);
/** What an element is to the walk, by its name. */
const PLAIN = 0;
const HEAD = 1;
const SKIPPED = 2;
const FRAME = 3;
const HEADING = 4;
const ROLES = Uint8Array.from(TAGS, (tag) => roleOf(tag));

function roleOf(tag: string): number {
  if (tag === 'script' || tag === 'meta' || tag === 'link' || tag === 'title') return HEAD;
  if (SKIP.has(tag)) return SKIPPED;
  if (tag === 'html' || tag === 'body') return FRAME;
  return tag === 'h1' || tag === 'h2' || tag === 'h3' ? HEADING : PLAIN;
}

/** Bits of {@link MarkupTree.marks} by what an element with one of the attributes may state. */
const marksOf = (...kinds: number[]): number => kinds.reduce((marks, kind) => marks | (1 << kind), 0);
const NAMING = marksOf(CLASS, ID);
const SCOPING = marksOf(ITEMTYPE, ITEMSCOPE);
const STATING = marksOf(ITEMPROP, PROPERTY);
const LINKING = marksOf(HREF, REL);
/** Zones in which an element of its own states something. */
const LABELLING = ZONE.date | ZONE.tags | ZONE.category | ZONE.crumbs;

/** Walks the page once; iterative, so that no depth of nesting matters. */
export function collect(tree: MarkupTree): Candidates {
  const found: Candidates = {
    htmlLanguage: null,
    bodyNames: '',
    direction: null,
    metas: new Map(),
    canonical: null,
    license: null,
    titleTag: null,
    titlePairs: new Uint8Array(0),
    jsonLd: [],
    headings: [],
    properties: [],
    times: [],
    echoes: [],
    dateTexts: [],
    bylines: [],
    nameLines: [],
    labels: [],
    homes: [],
    previous: -1,
    iconAt: -1,
    nameReach: -1,
    characters: 0,
    budget: MAX_SUBTREES,
  };
  const zones: number[] = [];
  const value = new ValueCodes(tree);
  // What holds inside each open element; places are used again at the same depth.
  const zoneAt: number[] = [0];
  const articleAt: boolean[] = [false];
  const scopeAt: string[] = [''];
  const { count, end, parent, kind: kinds } = tree;
  let depth = 0;
  let open = ROOT;
  for (let node = 1; node < count; ) {
    while (node >= (end[open] as number)) {
      open = parent[open] as Node;
      depth--;
    }
    const around = zoneAt[depth] as number;
    const kind = kinds[node] as number;
    if (kind === TEXT) {
      readText(tree, node, open, around, found);
      node++;
      continue;
    }
    const name = tree.name(node);
    const next = end[node] as number;
    const role = kind < ROLES.length ? (ROLES[kind] as number) : PLAIN;
    if (role === SKIPPED) {
      node = next;
      continue;
    }
    if (role === HEAD) {
      readHead(tree, node, name, scopeAt[depth] as string, found);
      node = next;
      continue;
    }
    const marks = tree.marks[node] as number;
    // The bar that the Wayback Machine lays over what it keeps bears the days of other captures.
    const id = marks & NAMING ? zoneOf(tree, tree.find(node, ID), zones, value) : 0;
    if (id & ARCHIVE) {
      node = next;
      continue;
    }
    // A footer inside an article closes the article, not the page.
    let zone =
      around | (name === 'footer' && articleAt[depth] ? 0 : kind < CHROME.length ? (CHROME[kind] as number) : 0);
    if (role === FRAME) {
      if (name === 'body') found.bodyNames = tree.valueOf(node, CLASS)?.slice(0, 2000) ?? '';
      if (name === 'html') found.htmlLanguage ??= tree.valueOf(node, LANG) ?? tree.valueOf(node, XML_LANG) ?? null;
      const direction = tree.valueOf(node, DIR)?.toLowerCase();
      if (direction === 'rtl' || direction === 'ltr') found.direction ??= direction;
    } else if (marks & NAMING) {
      let named = (zoneOf(tree, tree.find(node, CLASS), zones, value) & ~ARCHIVE) | id;
      // A whole article or page is no byline, whatever its classes list: `post author-ann tag-x`.
      if (name === 'article' || name === 'main' || name === 'section')
        named &= ~(ZONE.author | ZONE.date | ZONE.tags | ZONE.category);
      zone |= named;
    }

    const outer = scopeAt[depth] as string;
    let scope = outer;
    let own = outer;
    if (marks & SCOPING) {
      const type = tree.valueOf(node, ITEMTYPE);
      if (type !== undefined) scope = type.slice(0, 200).toLowerCase();
      else own = scope = '';
    }

    if (role === HEADING) readHeading(tree, node, Number(name.charAt(1)), zone, found);
    if (marks & STATING) readProperties(tree, node, zone, own, found);
    if (name === 'time') readTime(tree, node, zone, found);
    else if (name === 'a' && marks & LINKING) readAnchor(tree, node, zone, found);
    const fresh = zone & ~around;
    if (zone & ZONE.author || fresh & LABELLING) readZone(tree, node, name, zone, fresh, found);

    if (name === 'i' && marks & NAMING && PERSON_ICON.test(tree.valueOf(node, CLASS)?.slice(0, 100) ?? ''))
      found.iconAt = found.characters;

    const inArticle = articleAt[depth] || name === 'article';
    if (++node < next) {
      open = node - 1;
      depth++;
      zoneAt[depth] = zone;
      articleAt[depth] = inArticle;
      scopeAt[depth] = scope;
    }
  }
  return found;
}

/** Of an id: what follows is the bar of an archive. */
const ARCHIVE = 1 << 30;
/** What the id of such a bar begins with. */
const ARCHIVES = 'w'.charCodeAt(0);

/** The zone that the names at an attribute give, remembered by their number; 0 for no attribute. */
function zoneOf(tree: MarkupTree, attribute: number, zones: number[], value: ValueCodes): number {
  const number = attribute === -1 ? -1 : tree.numbers.of(attribute);
  if (number === -1) return 0;
  const known = zones[number];
  if (known !== undefined) return known;
  value.read(attribute);
  const names = () => tree.value(attribute);
  const zone = zoneOfValue(value, names) | (value.codes[0] === ARCHIVES && names().startsWith('wm-ipp') ? ARCHIVE : 0);
  zones[number] = zone;
  return zone;
}

function readHead(tree: MarkupTree, node: Node, name: string, scope: string, found: Candidates): void {
  if (name === 'meta') readMeta(tree, node, scope, found);
  else if (name === 'link') readLink(tree, node, found);
  else if (name === 'title') {
    if (found.titleTag !== null) return;
    found.titleTag = textOf(tree, node, 1000);
    found.titlePairs = pairsOf(found.titleTag);
  } else if (/ld\+json/iu.test(tree.valueOf(node, TYPE) ?? '')) addJsonLd(tree.ownText(node), found);
}

function addJsonLd(block: string, found: Candidates): void {
  if (found.jsonLd.length < 60) found.jsonLd.push(block);
}

/** Two characters in a row as a number below {@link PAIRS}. */
const PAIRS = 1024;
const pairOf = (first: number, second: number): number => (first * 37 + second) & (PAIRS - 1);

function pairsOf(text: string): Uint8Array {
  const pairs = new Uint8Array(PAIRS);
  for (let i = 0; i + 1 < text.length; i++) pairs[pairOf(text.charCodeAt(i), text.charCodeAt(i + 1))] = 1;
  return pairs;
}

/** Icons that sets of icons call a user or a person, as `fa-user`. */
const PERSON_ICON = /(?:^|[\s_-])(?:user|person|author)(?:$|[\s_-])/u;

const NAME_LINE_LENGTH = 80;
const NAME_LINE = /^\p{Lu}[\p{L}.'’-]{0,20}(?:\s[\p{L}.'’-]{1,20}){1,5}(?:$|\s?[|•·,/])/u;

/** Characters of the longest label that stands before a date in an element of its own. */
const LABEL = 60;

function readText(tree: MarkupTree, node: Node, parent: Node, zone: number, found: Candidates): void {
  if (tree.isBlank(node)) return;
  // Most texts are ASCII as they stand, and nothing stated by their letters: no string is made of these.
  const looked = lookAt(tree, node);
  let data = looked === MUST_BE_READ ? tree.text(node) : '';
  const isPlain = looked !== MUST_BE_READ;
  const length = isPlain ? (tree.to[node] as number) - (tree.from[node] as number) : data.length;
  const begin = isPlain ? beginOf(tree, node) : 0;
  const first = isPlain ? (tree.source.bytes[begin] as number) : data.charCodeAt(0);
  const second = isPlain ? (tree.source.bytes[begin + 1] as number) : data.charCodeAt(1);
  if (!isPlain && (first <= 32 || first >= 128) && length < 40 && data.trim() === '') return;
  const at = found.characters;
  found.characters += length;
  if (length > 2000) {
    found.previous = -1;
    return;
  }
  const maySay = isPlain ? mayOpenWith(first, second) : mayOpenByline(data);
  if (found.titleTag !== null && length >= 6 && length <= 400 && found.echoes.length < 60) {
    // The first letters settle nearly every text, the first two before anything is copied.
    const opens = first > 32 && first < 128 ? found.titlePairs[pairOf(first, second)] === 1 : true;
    if (opens) data ||= tree.text(node);
    if (opens && found.titleTag.includes(data.trimStart().slice(0, 6))) {
      const text = squash(data);
      if (text.length >= 6 && found.titleTag.includes(text)) {
        found.echoes.push({ text, zone, at });
        // The headline of a page without headings.
        if (found.nameReach === -1 && 2 * text.length >= found.titleTag.length) found.nameReach = at + NAME_REACH;
      }
    }
  }
  const mayDate = looked !== NO_DIGITS && length < 250 && found.dateTexts.length < MAX_LIST;
  if (mayDate && (isPlain ? holdsYear(tree, node) : hasYear(data))) {
    const text = squash(data || tree.text(node));
    // A date printed over several inline elements is whole only in its parent: `<b>3 May</b> <i>2024</i>`.
    const around = text.length < 12 && parent !== ROOT ? readWithin(tree, found, parent, 200) : text;
    if (length < DATED_BYLINE && at <= found.nameReach && found.bylines.length < MAX_LIST)
      readDatedByline(text, zone, at, found);
    found.dateTexts.push({ text: around.length < 180 ? around : text, zone, at, before: textBefore(tree, found) });
  }
  if (maySay && found.bylines.length < MAX_LIST && length < 250 && parent !== ROOT) {
    data ||= tree.text(node);
    const text = data.trim();
    const opening = text === '' ? null : opensByline(text);
    if (opening !== null) {
      let holder = parent;
      let around = readWithin(tree, found, holder, MAX_BLOCK_TEXT, true);
      // Old pages part byline and date by a line break only.
      if (opening === 'opens' && around.startsWith(text)) around = lineFrom(tree, node, MAX_BLOCK_TEXT);
      // `<p><span>By</span></p> <a>Ann Lee</a>`: the name stands beside the word's own element, or its parent's.
      for (let up = 0; up < 3 && opening === 'alone' && around.endsWith(text); up++) {
        const outer = tree.parent[holder] as Node;
        if (outer === ROOT) break;
        holder = outer;
        around = readWithin(tree, found, holder, MAX_BLOCK_TEXT, true);
      }
      // `<h3>Author</h3> <p>Ann Lee</p>`: a word in an element of its own is set off as by a colon.
      if (around.startsWith(text) && opening === 'alone')
        around = `${text.replace(/[\s:]+$/u, '')}: ${around.slice(text.length)}`;
      if (around.length < 250)
        found.bylines.push({
          text: around,
          zone,
          at,
          links: linksOf(tree, holder, 12),
          parts: partsOf(tree, holder),
          source: 'opener',
        });
    }
  }
  if (at === found.iconAt && length < NAME_LINE_LENGTH && found.bylines.length < MAX_LIST) {
    const text = squash(data || tree.text(node));
    found.bylines.push({ text, zone, at, links: [], parts: [text], source: 'icon' });
  }
  const alone = parent === node - 1 && tree.end[parent] === node + 1;
  if (alone && length < NAME_LINE_LENGTH && at <= found.nameReach && found.nameLines.length < 40) {
    const text = squash(data || tree.text(node));
    if (NAME_LINE.test(text)) found.nameLines.push({ text, zone, at });
  }
  found.previous = length <= LABEL ? node : -1;
}

/** Characters of the longest line that holds a date and a byline. */
const DATED_BYLINE = 120;
const LINE_PARTS = /\s*[|·•]\s*/u;

/** "3 May 2024 | By Ann Lee": the byline stands behind the day. */
function readDatedByline(line: string, zone: number, at: number, found: Candidates): void {
  for (const text of line.split(LINE_PARTS).slice(1)) {
    if (text.length > 8 && mayOpenByline(text) && opensByline(text) === 'opens')
      found.bylines.push({ text, zone, at, links: [], parts: [text], source: 'opener' });
  }
}

function readMeta(tree: MarkupTree, element: Node, scope: string, found: Candidates): void {
  const content = tree.valueOf(element, CONTENT);
  if (content === undefined || content === '') return;
  for (const naming of META_NAMES) {
    const key = tree.valueOf(element, naming);
    if (key === undefined || key === '') continue;
    const lower = key.trim().toLowerCase();
    if (
      key === tree.valueOf(element, ITEMPROP) &&
      scope !== '' &&
      /person|organization|imageobject|comment|review|rating|offer|product/u.test(scope)
    )
      continue;
    // Next.js writes so what its pages hand to the head as metadata of their own.
    if (lower === 'script:ld+json') addJsonLd(content, found);
    const list = found.metas.get(lower);
    if (!list) {
      if (found.metas.size < 500) found.metas.set(lower, [content.slice(0, 5000)]);
    } else if (list.length < 100) list.push(content.slice(0, 5000));
  }
}

const META_NAMES = [PROPERTY, NAME, ITEMPROP, HTTP_EQUIV] as const;

function readLink(tree: MarkupTree, element: Node, found: Candidates): void {
  const rel = tree.valueOf(element, REL)?.toLowerCase() ?? '';
  const href = tree.valueOf(element, HREF) ?? '';
  if (href === '') return;
  const kinds = rel.split(/\s+/u);
  if (kinds.includes('canonical')) found.canonical ??= href.trim();
  if (kinds.includes('license')) found.license ??= href.trim();
}
