/**
 * One walk over the page that notes every statement about its article. It judges nothing: which statement is
 * believed is decided field by field in the choose-*.ts files.
 */
import { isArchiveBar } from '../markup/archive-bar.ts';
import { attributeKind, elementKind, TAGS } from '../markup/names.ts';
import { type MarkupTree, type Node, ROOT, TEXT } from '../markup/tree.ts';
import { ValueCodes } from '../markup/value-codes.ts';
import type { Candidates } from './candidates.ts';
import {
  readAnchor,
  readCrumbs,
  readFont,
  readHeading,
  readProperties,
  readStamp,
  readTime,
  readZone,
  TIME_ELEMENTS,
} from './collect-elements.ts';
import { readHead } from './collect-head.ts';
import { readText } from './collect-text.ts';
import { SKIP } from './element-text.ts';
import { ZONE, zoneOfValue } from './zones.ts';

const CLASS = attributeKind('class');
const DIR = attributeKind('dir');
const FONT = elementKind('font');
const HREF = attributeKind('href');
const ID = attributeKind('id');
const ITEMPROP = attributeKind('itemprop');
const ITEMSCOPE = attributeKind('itemscope');
const ITEMTYPE = attributeKind('itemtype');
const LANG = attributeKind('lang');
const PROPERTY = attributeKind('property');
const REL = attributeKind('rel');
const XML_LANG = attributeKind('xml:lang');

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
    imageSource: null,
    license: null,
    titleTag: null,
    titlePairs: new Uint8Array(0),
    jsonLd: [],
    headings: [],
    properties: [],
    times: [],
    echoes: [],
    largeLines: [],
    dateTexts: [],
    bylines: [],
    nameLines: [],
    labels: [],
    homes: [],
    signs: [],
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
    if (marks & NAMING && isArchiveBar(tree, node)) {
      node = next;
      continue;
    }
    let stamped = false;
    const id = marks & NAMING ? zoneOf(tree, tree.find(node, ID), zones, value) : 0;
    // A footer inside an article closes the article, not the page; ASP.NET puts the whole page into one form.
    let zone = around | (kind < CHROME.length ? (CHROME[kind] as number) : 0);
    if (zone !== around && (name === 'footer' ? articleAt[depth] : name === 'form' && 2 * (next - node) > count))
      zone = around;
    if (role === FRAME) {
      if (name === 'body') found.bodyNames = tree.valueOf(node, CLASS)?.slice(0, 2000) ?? '';
      if (name === 'html') found.htmlLanguage ??= tree.valueOf(node, LANG) ?? tree.valueOf(node, XML_LANG) ?? null;
      const direction = tree.valueOf(node, DIR)?.toLowerCase();
      if (direction === 'rtl' || direction === 'ltr') found.direction ??= direction;
    } else if (marks & NAMING) {
      let named = zoneOf(tree, tree.find(node, CLASS), zones, value) | id;
      // A whole article or page is no byline, whatever its classes list: `post author-ann tag-x`.
      if (name === 'article' || name === 'main' || name === 'section')
        named &= ~(ZONE.author | ZONE.date | ZONE.tags | ZONE.category);
      zone |= named;
      stamped = (named & ZONE.date) !== 0;
    }

    const outer = scopeAt[depth] as string;
    let scope = outer;
    let own = outer;
    if (marks & SCOPING) {
      const type = tree.valueOf(node, ITEMTYPE);
      if (type === undefined) own = scope = '';
      else {
        scope = type.slice(0, 200).toLowerCase();
        if (scope.includes('breadcrumb')) readCrumbs(tree, node, zone, found);
      }
    }

    if (role === HEADING) readHeading(tree, node, Number(name.charAt(1)), zone, found);
    if (marks & STATING) readProperties(tree, node, zone, own, found);
    if (name === 'time' || (kind >= TAGS.length && TIME_ELEMENTS.has(name))) readTime(tree, node, zone, found);
    else if (name === 'a' && marks & LINKING) readAnchor(tree, node, zone, found);
    else if (kind === FONT) readFont(tree, node, zone, found);
    if (stamped && name !== 'time') readStamp(tree, node, zone, found);
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

/** The zone that the names at an attribute give, remembered by their number; 0 for no attribute. */
function zoneOf(tree: MarkupTree, attribute: number, zones: number[], value: ValueCodes): number {
  const number = attribute === -1 ? -1 : tree.numbers.of(attribute);
  if (number === -1) return 0;
  const known = zones[number];
  if (known !== undefined) return known;
  const zone = zoneOfValue(tree, attribute, value);
  zones[number] = zone;
  return zone;
}

/** Icons that sets of icons call a user or a person, as `fa-user`. */
const PERSON_ICON = /(?:^|[\s_-])(?:user|person|author)(?:$|[\s_-])/u;
