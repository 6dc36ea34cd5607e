/**
 * One walk over the page that notes every statement about its article. It judges nothing: which statement is
 * believed is decided field by field in the choose-*.ts files.
 */
import type { ChildNode, Document, Element } from 'domhandler';
import { isLogo, type Link, linksOf, namedInside, partsOf, rawText, SKIP, squash, textOf } from './element-text.ts';
import { hasYear } from './year-mark.ts';
import { namesZone, ZONE } from './zones.ts';

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

export interface Time extends Mark {
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
  direction: 'ltr' | 'rtl' | null;
  /** `name`, `property`, `itemprop` or `http-equiv` of `meta`, in lower case → contents in order. */
  metas: Map<string, string[]>;
  canonical: string | null;
  titleTag: string | null;
  jsonLd: string[];
  headings: Heading[];
  properties: Property[];
  times: Time[];
  /** Texts that stand in the `title` element too: the headline of a page without headings. */
  echoes: Mark[];
  /** Short texts that hold a year or a numeric date. */
  dateTexts: Mark[];
  bylines: Byline[];
  labels: LabelList[];
  /** Visible characters walked so far. */
  characters: number;
  /** Subtrees that may still be read: in hostile nesting each would be read again from every level. */
  budget: number;
}

const MAX_NODES = 400_000;
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
export function collect(document: Document): Candidates {
  const found: Candidates = {
    htmlLanguage: null,
    direction: null,
    metas: new Map(),
    canonical: null,
    titleTag: null,
    jsonLd: [],
    headings: [],
    properties: [],
    times: [],
    echoes: [],
    dateTexts: [],
    bylines: [],
    labels: [],
    characters: 0,
    budget: MAX_SUBTREES,
  };
  const zones = new Map<string, number>();
  interface Frame {
    next: ChildNode | null;
    zone: number;
    inArticle: boolean;
    scope: string;
  }
  // Frames are used again at the same depth: a page has thousands of elements, and garbage costs more than the walk.
  const frames: Frame[] = [{ next: document.children[0] ?? null, zone: 0, inArticle: false, scope: '' }];
  let depth = 0;
  let frame = frames[0];
  const enter = (next: ChildNode | null, zone: number, inArticle: boolean, scope: string): Frame => {
    const reused = frames[++depth];
    if (!reused) {
      const fresh = { next, zone, inArticle, scope };
      frames.push(fresh);
      return fresh;
    }
    reused.next = next;
    reused.zone = zone;
    reused.inArticle = inArticle;
    reused.scope = scope;
    return reused;
  };
  let seen = 0;
  while (frame) {
    const node: ChildNode | null = frame.next;
    if (!node || seen > MAX_NODES) {
      frame = depth > 0 ? frames[--depth] : undefined;
      continue;
    }
    seen++;
    frame.next = node.next as ChildNode | null;
    if (node.type === 'text') {
      readText(node.data, node.parent as Element | null, frame.zone, found);
      continue;
    }
    if (!('attribs' in node)) {
      if ('children' in node) {
        frame = enter(node.children[0] ?? null, frame.zone, frame.inArticle, frame.scope);
      }
      continue;
    }
    const element = node;
    const name = element.name;
    if (name === 'script') {
      const type = element.attribs.type;
      if (type !== undefined && /ld\+json/iu.test(type) && found.jsonLd.length < 60)
        found.jsonLd.push(rawText(element));
      continue;
    }
    if (name === 'meta') {
      readMeta(element, frame.scope, found);
      continue;
    }
    if (name === 'link') {
      readLink(element, found);
      continue;
    }
    if (name === 'title') {
      found.titleTag ??= textOf(element, 1000);
      continue;
    }
    if (SKIP.has(name)) continue;

    const attributes = element.attribs;
    // A footer inside an article closes the article, not the page.
    let zone = frame.zone | (name === 'footer' && frame.inArticle ? 0 : (CHROME[name] ?? 0));
    const top = name === 'html' || name === 'body';
    if (top) {
      if (name === 'html') found.htmlLanguage ??= attributes.lang ?? attributes['xml:lang'] ?? null;
      const direction = attributes.dir?.toLowerCase();
      if (direction === 'rtl' || direction === 'ltr') found.direction ??= direction;
    } else if (attributes.class !== undefined || attributes.id !== undefined) {
      let named = 0;
      for (const names of [attributes.class, attributes.id]) {
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
    const inArticle = frame.inArticle || name === 'article';

    let scope = frame.scope;
    if (attributes.itemtype !== undefined) scope = attributes.itemtype.slice(0, 200).toLowerCase();
    else if (attributes.itemscope !== undefined) scope = '';

    readElement(element, zone, frame, attributes.itemtype === undefined ? scope : frame.scope, found);

    if (element.children.length > 0) {
      frame = enter(element.children[0] ?? null, zone, inArticle, scope);
    }
  }
  return found;
}

/** Text below an element, '' once the page's budget is spent. */
function readWithin(found: Candidates, element: Element, cap: number, parted = false): string {
  return found.budget-- > 0 ? textOf(element, cap, parted) : '';
}

function readElement(element: Element, zone: number, parent: { zone: number }, scope: string, found: Candidates): void {
  const { name, attribs } = element;
  const at = found.characters;
  const mark = (text: string): Mark => ({ text, zone, at });

  if (name === 'h1' || name === 'h2' || name === 'h3') {
    const property = attribs.itemprop?.toLowerCase() ?? '';
    const headline =
      property.includes('headline') || HEADLINE.test(attribs.class ?? '') || HEADLINE.test(attribs.id ?? '');
    const level = Number(name.charAt(1));
    if ((level === 1 || headline) && found.headings.length < 60) {
      const text = textOf(element, 600);
      if (text !== '') found.headings.push({ ...mark(text), level, headline, logo: isLogo(element, text) });
    }
  }
  const property = attribs.itemprop ?? attribs.property;
  if (property !== undefined && found.properties.length < MAX_LIST) {
    for (const single of property.slice(0, 200).toLowerCase().split(/\s+/u).slice(0, 4)) {
      const bare = single.slice(single.lastIndexOf(':') + 1);
      if (!PROPERTIES.has(bare)) continue;
      const text = readWithin(found, element, MAX_BLOCK_TEXT);
      const own = bare === 'author' || bare === 'creator' ? (namedInside(element) ?? text) : text;
      const value = attribs.content ?? attribs.datetime ?? attribs.href ?? own;
      found.properties.push({ ...mark(own), name: bare, value, scope, links: linksOf(element, 10) });
    }
  }
  if (name === 'time' && found.times.length < MAX_LIST) {
    const names = `${attribs.class ?? ''} ${attribs.itemprop ?? ''} ${attribs.property ?? ''} ${attribs.pubdate !== undefined ? 'pubdate' : ''}`;
    found.times.push({
      ...mark(readWithin(found, element, 200)),
      datetime: attribs.datetime ?? null,
      names: names.toLowerCase(),
    });
  }
  if (name === 'a') {
    const rel = attribs.rel?.toLowerCase() ?? '';
    const linked = rel.includes('author')
      ? 'rel'
      : AUTHOR_ADDRESS.test(attribs.href?.slice(0, 300) ?? '')
        ? 'address'
        : null;
    if (linked !== null && found.bylines.length < MAX_LIST) {
      const text = readWithin(found, element, 200, true);
      found.bylines.push({
        ...mark(text),
        links: [{ text, href: attribs.href ?? '', rel }],
        source: linked,
        parts: [text],
      });
    }
    const tag = /(?:^|\s)(?:category\s+)?tag(?:$|\s)/u.test(rel);
    if (tag && found.labels.length < MAX_LIST) {
      const text = readWithin(found, element, 120);
      const kind = rel.includes('category') || /\/category\//u.test(attribs.href ?? '') ? 'section' : 'tags';
      found.labels.push({ ...mark(text), links: [{ text, href: attribs.href ?? '', rel }], kind });
    }
  }
  const fresh = zone & ~parent.zone;
  if (fresh & ZONE.author && !(name === 'img') && found.bylines.length < MAX_LIST) {
    const text = readWithin(found, element, MAX_BLOCK_TEXT, true);
    if (text !== '' && text.length < MAX_BLOCK_TEXT) {
      found.bylines.push({
        ...mark(text),
        links: linksOf(element, 12),
        parts: partsOf(element),
        source: 'class',
      });
    }
  } else if (
    zone & ZONE.author &&
    attribs.class !== undefined &&
    /(?:^|[\s_-])(?:name|author)/iu.test(attribs.class) &&
    found.bylines.length < MAX_LIST
  ) {
    const text = readWithin(found, element, 200, true);
    if (text !== '' && text.length < 100) {
      found.bylines.push({
        ...mark(text),
        links: linksOf(element, 3),
        parts: [text],
        source: 'class',
      });
    }
  }
  if (fresh & ZONE.date && name !== 'time' && found.dateTexts.length < MAX_LIST) {
    const text = readWithin(found, element, 200);
    if (text.length < 180 && /\p{Nd}/u.test(text)) found.dateTexts.push(mark(text));
  }
  if (fresh & (ZONE.tags | ZONE.category | ZONE.crumbs) && found.labels.length < MAX_LIST) {
    const links = linksOf(element, 60);
    const kind = fresh & ZONE.crumbs ? 'breadcrumbs' : fresh & ZONE.tags ? 'tags' : 'section';
    const text = readWithin(found, element, 1500);
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

function readText(data: string, parent: Element | null, zone: number, found: Candidates): void {
  if (data.length < 40 && data.trim() === '') return;
  const at = found.characters;
  found.characters += data.length;
  if (data.length > 2000) return;
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
    const around = text.length < 12 && parent ? readWithin(found, parent, 200) : text;
    found.dateTexts.push({ text: around.length < 180 ? around : text, zone, at });
  }
  if (found.bylines.length < MAX_LIST && data.length < 250 && parent) {
    const text = data.trim();
    if (mayOpen(text.charCodeAt(0)) && (BYLINE_ALONE.test(text) || BYLINE_TEXT.test(text))) {
      let holder = parent;
      let around = readWithin(found, holder, MAX_BLOCK_TEXT, true);
      // `<p><span>By</span></p> <a>Ann Lee</a>`: the name stands beside the word's own element, or its parent's.
      for (let up = 0; up < 3 && BYLINE_ALONE.test(text) && around.endsWith(text); up++) {
        if (!holder.parent || !('attribs' in holder.parent)) break;
        holder = holder.parent;
        around = readWithin(found, holder, MAX_BLOCK_TEXT, true);
      }
      if (around.length < 250)
        found.bylines.push({
          text: around,
          zone,
          at,
          links: linksOf(holder, 12),
          parts: partsOf(holder),
          source: 'opener',
        });
    }
  }
}

function readMeta(element: Element, scope: string, found: Candidates): void {
  const { attribs } = element;
  const content = attribs.content;
  if (content === undefined || content === '') return;
  for (const key of [attribs.property, attribs.name, attribs.itemprop, attribs['http-equiv']]) {
    if (key === undefined || key === '') continue;
    const lower = key.trim().toLowerCase();
    if (
      key === attribs.itemprop &&
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

function readLink(element: Element, found: Candidates): void {
  const rel = element.attribs.rel?.toLowerCase() ?? '';
  const href = element.attribs.href ?? '';
  if (href === '') return;
  if (rel.split(/\s+/u).includes('canonical')) found.canonical ??= href.trim();
}
