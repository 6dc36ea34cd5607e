/**
 * One walk over the page that notes every statement about its article. It judges nothing: which statement is
 * believed is decided field by field in the choose-*.ts files.
 */
import { attributeKind } from '../markup/names.ts';
import { type MarkupTree, type Node, ROOT } from '../markup/tree.ts';
import { isLogo, type Link, linksOf, namedInside, partsOf, SKIP, squash, textOf } from './element-text.ts';
import { hasYear } from './year-mark.ts';
import { namesZone, ZONE } from './zones.ts';

const CLASS = attributeKind('class');
const CONTENT = attributeKind('content');
const DATETIME = attributeKind('datetime');
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
const PUBDATE = attributeKind('pubdate');
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
  /** What singled it out: `rel=author`, a class name, "By" before it, or a link to an author's page. */
  source: 'rel' | 'class' | 'opener' | 'address';
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
  /** The last text walked, if it is short. */
  previous: string;
  /** Character up to which name lines are noted. */
  nameReach: number;
  /** Visible characters walked so far. */
  characters: number;
  /** Subtrees that may still be read: in hostile nesting each would be read again from every level. */
  budget: number;
}

const MAX_LIST = 300;
/** Ordinary pages read a few hundred. */
const MAX_SUBTREES = 5000;
const MAX_BLOCK_TEXT = 400;

const CHROME: Readonly<Record<string, number>> = {
  nav: ZONE.chrome,
  footer: ZONE.footer,
  aside: ZONE.aside,
  form: ZONE.chrome,
  dialog: ZONE.chrome,
  button: ZONE.chrome,
};
const HEADLINE =
  /(?:^|[\s_-])(?:headline|entry-title|post-title|article-title|title|articletitle|posttitle)(?:$|[\s_-])/iu;
/** "Text", "Door" or "Author" open ordinary words as well: before a name they bear a colon. */
const BYLINE_TEXT =
  /^[\s–—|•·-]{0,5}(?:(?:by|von|par|por|di|door|av|af|written by|posted by|yazan|oleh|بقلم|מאת|γράφει|του|της)[\s:：/／\u00a0]|(?:text|texte|texto|tekst|words|author|authors|autor|autorin|autoren|auteur|autore|автор|текст|penulis|作者|文|记者|記者|text und interview)\s?[:：/／])/iu;
const BYLINE_ALONE =
  /^(?:by|von|par|por|di|door|av|af|written by|posted by|author|autor|autorin|auteur|autore|автор)[\s:]{0,3}$/iu;

const AUTHOR_ADDRESS =
  /\/(?:authors?|autor|autoren|autori|autores|auteurs?|people|person|persons|writers?|contributors?|journalists?|columnists?|staff|byline|profiles?|redaktion|redakteure?|users?|members?|experts?)\/[^/?#]|\/@[\w.-]/iu;

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
    jsonLd: [],
    headings: [],
    properties: [],
    times: [],
    echoes: [],
    dateTexts: [],
    bylines: [],
    nameLines: [],
    labels: [],
    previous: '',
    nameReach: -1,
    characters: 0,
    budget: MAX_SUBTREES,
  };
  const zones = new Map<string, number>();
  // What holds inside each open element; places are used again at the same depth.
  const zoneAt: number[] = [0];
  const articleAt: boolean[] = [false];
  const scopeAt: string[] = [''];
  let depth = 0;
  let open = ROOT;
  for (let node = 1; node < tree.count; ) {
    while (node >= (tree.end[open] as number)) {
      open = tree.parent[open] as Node;
      depth--;
    }
    const around = zoneAt[depth] as number;
    if (tree.isText(node)) {
      readText(tree, node, open, around, found);
      node++;
      continue;
    }
    const name = tree.name(node);
    const next = tree.end[node] as number;
    if (name === 'script') {
      if (/ld\+json/iu.test(tree.valueOf(node, TYPE) ?? '') && found.jsonLd.length < 60)
        found.jsonLd.push(tree.ownText(node));
    } else if (name === 'meta') readMeta(tree, node, scopeAt[depth] as string, found);
    else if (name === 'link') readLink(tree, node, found);
    else if (name === 'title') found.titleTag ??= textOf(tree, node, 1000);
    if (name === 'script' || name === 'meta' || name === 'link' || name === 'title' || SKIP.has(name)) {
      node = next;
      continue;
    }

    // The bar that the Wayback Machine lays over what it keeps bears the days of other captures.
    if (tree.valueOf(node, ID)?.startsWith('wm-ipp') === true) {
      node = next;
      continue;
    }
    // A footer inside an article closes the article, not the page.
    let zone = around | (name === 'footer' && articleAt[depth] ? 0 : (CHROME[name] ?? 0));
    if (name === 'html' || name === 'body') {
      if (name === 'body') found.bodyNames = tree.valueOf(node, CLASS)?.slice(0, 2000) ?? '';
      if (name === 'html') found.htmlLanguage ??= tree.valueOf(node, LANG) ?? tree.valueOf(node, XML_LANG) ?? null;
      const direction = tree.valueOf(node, DIR)?.toLowerCase();
      if (direction === 'rtl' || direction === 'ltr') found.direction ??= direction;
    } else {
      let named = 0;
      for (const attribute of NAMING) {
        const names = tree.valueOf(node, attribute);
        if (names === undefined || names === '') continue;
        let known = zones.get(names);
        if (known === undefined) {
          known = namesZone(names);
          if (zones.size < 20_000) zones.set(names, known);
        }
        named |= known;
      }
      // A whole article or page is no byline, whatever its classes list: `post author-ann tag-x`.
      if (name === 'article' || name === 'main' || name === 'section')
        named &= ~(ZONE.author | ZONE.date | ZONE.tags | ZONE.category);
      zone |= named;
    }

    const outer = scopeAt[depth] as string;
    const type = tree.valueOf(node, ITEMTYPE);
    let scope = outer;
    if (type !== undefined) scope = type.slice(0, 200).toLowerCase();
    else if (tree.valueOf(node, ITEMSCOPE) !== undefined) scope = '';

    readElement(tree, node, name, zone, around, type === undefined ? scope : outer, found);

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

/** Attributes whose words give an element its role. */
const NAMING = [CLASS, ID] as const;

/** Text below an element, '' once the page's budget is spent. */
function readWithin(tree: MarkupTree, found: Candidates, element: Node, cap: number, parted = false): string {
  return found.budget-- > 0 ? textOf(tree, element, cap, parted) : '';
}

function readElement(
  tree: MarkupTree,
  element: Node,
  name: string,
  zone: number,
  around: number,
  scope: string,
  found: Candidates,
): void {
  const get = (kind: number) => tree.valueOf(element, kind);
  const at = found.characters;
  const mark = (text: string): Mark => ({ text, zone, at });

  if (name === 'h1' || name === 'h2' || name === 'h3') {
    const property = get(ITEMPROP)?.toLowerCase() ?? '';
    const headline = property.includes('headline') || HEADLINE.test(get(CLASS) ?? '') || HEADLINE.test(get(ID) ?? '');
    const level = Number(name.charAt(1));
    if ((level === 1 || headline) && found.headings.length < 60) {
      const text = textOf(tree, element, 600);
      if (level === 1) found.nameReach = at + NAME_REACH;
      if (text !== '') {
        const parts = (tree.end[element] as number) > element + 2 ? partsOf(tree, element) : [];
        found.headings.push({ ...mark(text), level, parts, headline, logo: isLogo(tree, element, text) });
      }
    }
  }
  const property = get(ITEMPROP) ?? get(PROPERTY);
  if (property !== undefined && found.properties.length < MAX_LIST) {
    for (const single of property.slice(0, 200).toLowerCase().split(/\s+/u).slice(0, 4)) {
      const bare = single.slice(single.lastIndexOf(':') + 1);
      if (!PROPERTIES.has(bare)) continue;
      const text = readWithin(tree, found, element, MAX_BLOCK_TEXT);
      const own = bare === 'author' || bare === 'creator' ? (namedInside(tree, element) ?? text) : text;
      const value = get(CONTENT) ?? get(DATETIME) ?? get(HREF) ?? own;
      found.properties.push({ ...mark(own), name: bare, value, scope, links: linksOf(tree, element, 10) });
    }
  }
  if (name === 'time' && found.times.length < MAX_LIST) {
    const names = `${get(CLASS) ?? ''} ${get(ITEMPROP) ?? ''} ${get(PROPERTY) ?? ''} ${get(PUBDATE) !== undefined ? 'pubdate' : ''}`;
    found.times.push({
      ...mark(readWithin(tree, found, element, 200)),
      datetime: get(DATETIME) ?? null,
      names: names.toLowerCase(),
      before: squash(found.previous),
    });
  }
  if (name === 'a') {
    const rel = get(REL)?.toLowerCase() ?? '';
    const linked = rel.includes('author')
      ? 'rel'
      : AUTHOR_ADDRESS.test(get(HREF)?.slice(0, 300) ?? '')
        ? 'address'
        : null;
    if (linked !== null && found.bylines.length < MAX_LIST) {
      const text = readWithin(tree, found, element, 200, true);
      found.bylines.push({
        ...mark(text),
        links: [{ text, href: get(HREF) ?? '', rel }],
        source: linked,
        parts: [text],
      });
    }
    const tag = /(?:^|\s)(?:category\s+)?tag(?:$|\s)/u.test(rel);
    if (tag && found.labels.length < MAX_LIST) {
      const text = readWithin(tree, found, element, 120);
      const kind = rel.includes('category') || /\/category\//u.test(get(HREF) ?? '') ? 'section' : 'tags';
      found.labels.push({ ...mark(text), links: [{ text, href: get(HREF) ?? '', rel }], kind });
    }
  }
  const fresh = zone & ~around;
  if (fresh & ZONE.author && !(name === 'img') && found.bylines.length < MAX_LIST) {
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
      found.dateTexts.push({ ...mark(text), before: squash(found.previous) });
  }
  if (fresh & (ZONE.tags | ZONE.category | ZONE.crumbs) && found.labels.length < MAX_LIST) {
    const links = linksOf(tree, element, 60);
    const kind = fresh & ZONE.crumbs ? 'breadcrumbs' : fresh & ZONE.tags ? 'tags' : 'section';
    const text = readWithin(tree, found, element, 1500);
    if (links.length > 0 || kind !== 'tags') found.labels.push({ ...mark(text), links, kind });
  }
}

const PROPERTIES = new Set([
  'headline',
  'name',
  'alternativeheadline',
  'description',
  'author',
  'creator',
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

const OPENING = new Set([...'abdoptvwyABDOPTVWY–—|•·-'].map((char) => char.charCodeAt(0)));

/** Whether a byline may open with this character: a letter that one of its words begins with, or no Latin letter. */
function mayOpen(code: number): boolean {
  return OPENING.has(code) || code >= 0x370;
}

/** Characters below a heading in which its author may stand without a byline. */
const NAME_REACH = 1200;
const NAME_LINE_LENGTH = 80;
const NAME_LINE = /^\p{Lu}[\p{L}.'’-]{0,20}(?:\s[\p{L}.'’-]{1,20}){1,3}(?:$|\s?[|•·,/])/u;

/** Characters of the longest label that stands before a date in an element of its own. */
const LABEL = 60;

function readText(tree: MarkupTree, node: Node, parent: Node, zone: number, found: Candidates): void {
  if (tree.isBlank(node)) return;
  const data = tree.text(node);
  if (data.length < 40 && data.trim() === '') return;
  const at = found.characters;
  found.characters += data.length;
  if (data.length > 2000) {
    found.previous = '';
    return;
  }
  if (found.titleTag !== null && data.length >= 6 && data.length <= 400 && found.echoes.length < 60) {
    // The first letters settle nearly every text before anything is copied.
    if (found.titleTag.includes(data.trimStart().slice(0, 6))) {
      const text = squash(data);
      if (text.length >= 6 && found.titleTag.includes(text)) found.echoes.push({ text, zone, at });
    }
  }
  if (found.dateTexts.length < MAX_LIST && data.length < 250 && hasYear(data)) {
    const text = squash(data);
    // A date printed over several inline elements is whole only in its parent: `<b>3 May</b> <i>2024</i>`.
    const around = text.length < 12 && parent !== ROOT ? readWithin(tree, found, parent, 200) : text;
    found.dateTexts.push({ text: around.length < 180 ? around : text, zone, at, before: squash(found.previous) });
  }
  if (found.bylines.length < MAX_LIST && data.length < 250 && parent !== ROOT) {
    const text = data.trim();
    if (mayOpen(text.charCodeAt(0)) && (BYLINE_ALONE.test(text) || BYLINE_TEXT.test(text))) {
      let holder = parent;
      let around = readWithin(tree, found, holder, MAX_BLOCK_TEXT, true);
      // `<p><span>By</span></p> <a>Ann Lee</a>`: the name stands beside the word's own element, or its parent's.
      for (let up = 0; up < 3 && BYLINE_ALONE.test(text) && around.endsWith(text); up++) {
        const outer = tree.parent[holder] as Node;
        if (outer === ROOT) break;
        holder = outer;
        around = readWithin(tree, found, holder, MAX_BLOCK_TEXT, true);
      }
      // `<h3>Author</h3> <p>Ann Lee</p>`: a word in an element of its own is set off as by a colon.
      if (around.startsWith(text) && BYLINE_ALONE.test(text))
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
  if (data.length < NAME_LINE_LENGTH && at <= found.nameReach && found.nameLines.length < 40) {
    const text = squash(data);
    const alone = parent === node - 1 && tree.end[parent] === node + 1;
    if (alone && NAME_LINE.test(text)) found.nameLines.push({ text, zone, at });
  }
  found.previous = data.length <= LABEL ? data : '';
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
