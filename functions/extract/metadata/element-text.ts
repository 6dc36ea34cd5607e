/** Texts and links below an element, all with caps. */
import { attributeKind, TAGS } from '../markup/names.ts';
import { type MarkupTree, type Node, ROOT } from '../markup/tree.ts';

const HREF = attributeKind('href');
const REL = attributeKind('rel');

export interface Link {
  text: string;
  href: string;
  rel: string;
}

/** Elements whose text readers do not see. */
export const SKIP: ReadonlySet<string> = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'select',
  'textarea',
]);

/** All but single spaces, which stay as they are. */
const UNEVEN = /[\s\u200b\u200e\u200f]{2,}|[^\S ]|[\u200b\u200e\u200f]/g;

/** Collapses white space and drops marks that show nothing. */
export function squash(text: string): string {
  return text.replace(UNEVEN, ' ').trim();
}

const BLOCKS = new Set([
  'p',
  'div',
  'br',
  'li',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'header',
  'td',
  'tr',
  'time',
  'dd',
  'dt',
  'dl',
]);

/** The same by kind of the usual elements, among which all of them are. */
const IS_SKIPPED = Uint8Array.from(TAGS, (tag) => (SKIP.has(tag) ? 1 : 0));
const IS_BLOCK = Uint8Array.from(TAGS, (tag) => (BLOCKS.has(tag) ? 1 : 0));

const isSkipped = (tree: MarkupTree, node: Node): boolean => IS_SKIPPED[tree.kind[node] as number] === 1;
const isBlock = (tree: MarkupTree, node: Node): boolean => IS_BLOCK[tree.kind[node] as number] === 1;

/** Visible text below an element, at most `cap` characters; block elements part words, with `parted` all do. */
export function textOf(tree: MarkupTree, root: Node, cap: number, parted = false): string {
  let text = '';
  let steps = 0;
  const end = tree.end[root] as number;
  let around = root;
  for (let node = root + 1; text.length <= cap && steps++ < 2000; ) {
    // Ends of elements part words as their starts do.
    while (around !== root && node >= (tree.end[around] as number)) {
      if (parted || isBlock(tree, around)) text += ' ';
      around = tree.parent[around] as Node;
    }
    if (node >= end) break;
    if (tree.isText(node)) text += tree.text(node++);
    else if (isSkipped(tree, node)) node = tree.end[node] as number;
    else {
      if (parted || isBlock(tree, node)) text += ' ';
      if (node + 1 < (tree.end[node] as number)) around = node;
      node++;
    }
  }
  return squash(text.slice(0, cap));
}

/** Visible text from a node to the end of its line, within the element around it: line breaks and block elements end lines. */
export function lineFrom(tree: MarkupTree, start: Node, cap: number): string {
  let text = '';
  const end = tree.end[tree.parent[start] as Node] as number;
  for (let node = start, steps = 0; node < end && text.length <= cap && steps++ < 200; ) {
    if (tree.isText(node)) text += `${tree.text(node++)} `;
    else if (isBlock(tree, node)) break;
    else node = isSkipped(tree, node) ? (tree.end[node] as number) : node + 1;
  }
  return squash(text.slice(0, cap));
}

/** Texts of the elements below one, in order. */
export function partsOf(tree: MarkupTree, root: Node): string[] {
  const parts: string[] = [];
  const end = tree.end[root] as number;
  let steps = 0;
  for (let node = root + 1; node < end && parts.length < 30 && steps++ < 500; node++) {
    if (tree.isText(node)) {
      const text = squash(tree.text(node).slice(0, 500));
      if (text !== '') parts.push(text);
    } else if (isSkipped(tree, node)) node = (tree.end[node] as number) - 1;
  }
  return parts;
}

/** What sites call the line above a headline. */
const KICKER =
  /(?:^|[\s_-])(?:kicker|overline|topline|roofline|toptitle|eyebrow|topic|label|rubric|dachzeile|spitzmarke|antetitulo|volanta|surtitre|occhiello)(?=$|[\s_-])/iu;

/** Text of the element that a heading begins with, where it is called a kicker and no sign joins it to what follows. */
export function kickerOf(tree: MarkupTree, heading: Node): string | null {
  const end = Math.min(tree.end[heading] as number, heading + 1 + 100);
  let kicker: { text: string; end: number } | null = null;
  for (let node = heading + 1; node < end; node++) {
    if (!tree.isText(node)) {
      if (kicker === null && KICKER.test(tree.attribute(node, 'class') ?? ''))
        kicker = { text: textOf(tree, node, 100), end: tree.end[node] as number };
      continue;
    }
    const text = squash(tree.text(node).slice(0, 100));
    if (text === '' || (kicker !== null && node < kicker.end)) continue;
    // "Energy: Ferries return" with the colon in either is one title, as the page shares it.
    return kicker === null || /^$|[:|–—-]$/u.test(kicker.text) || /^[:|–—-]/u.test(text) ? null : kicker.text;
  }
  return null;
}

/** Links below an element, or the one that it is, in order. */
export function linksOf(tree: MarkupTree, root: Node, cap: number): Link[] {
  const links: Link[] = [];
  const end = tree.end[root] as number;
  let steps = 0;
  for (let node = root; node < end && links.length < cap && steps++ < 1000; node++) {
    if (tree.isText(node)) continue;
    if (tree.name(node) === 'a') {
      const href = tree.valueOf(node, HREF);
      if (href === undefined) continue;
      const text = textOf(tree, node, 200);
      if (text !== '') links.push({ text, href, rel: tree.valueOf(node, REL) ?? '' });
    } else if (!isSkipped(tree, node)) continue;
    node = (tree.end[node] as number) - 1;
  }
  return links;
}

/** Text of the first `itemprop=name` below an element: an author's box holds a portrait and a biography besides. */
export function namedInside(tree: MarkupTree, root: Node): string | null {
  const end = Math.min(tree.end[root] as number, root + 1 + 300);
  for (let node = root + 1; node < end; node++) {
    if (tree.attribute(node, 'itemprop')?.toLowerCase() !== 'name') continue;
    const text = tree.attribute(node, 'content') ?? textOf(tree, node, 200);
    if (text !== '') return squash(text);
  }
  return null;
}

/** What archives write before an address. */
const ARCHIVED = /^(?:https?:\/\/web\.archive\.org)?\/web\/\d{14}\//u;

/** Whether the whole text is one link to a front page: `/`, `https://host/` or `index.html`. */
export function isLogo(tree: MarkupTree, element: Node, text: string): boolean {
  const links = linksOf(tree, element, 2);
  const around = tree.parent[element] as Node;
  const link =
    links[0] ??
    (around !== ROOT && tree.name(around) === 'a' ? { text, href: tree.attribute(around, 'href') ?? '' } : null);
  if (!link || links.length > 1 || link.href.trim() === '' || link.text.length < text.length - 3) return false;
  return (
    /^(?:https?:)?(?:\/\/[^/?#]{1,100})?\/?(?:index\.\w{2,5}|home\/?)?$/iu.test(
      link.href.trim().replace(ARCHIVED, ''),
    ) || /^(?:\.|\.\/|index\.\w{2,5})$/u.test(link.href)
  );
}
