/** The links of a page and what stands around them. One walk over the tree, in document order. */

import { parseHttpUrl, siteOf } from '../../../article/canonical-url.ts';
import { articleId } from '../../../article/identity.ts';
import type { MarkupTree, Node } from '../../../extract/markup/tree.ts';
import { squash, textOf } from '../../../extract/metadata/element-text.ts';
import { namesZone, ZONE } from '../../../extract/metadata/zones.ts';

/** Links of one page; the fullest front pages have some 2,000. */
const MAX_LINKS = 5_000;
const MAX_TEXT = 400;
/** Nodes inside a link that are looked at. */
const LABEL_NODES = 300;
const PLACE_LEVELS = 4;
/** Characters of a class attribute; utility frameworks write hundreds. */
const PLACE_CLASS = 60;

export interface PageLink {
  node: Node;
  url: URL;
  /** Identity of the page it leads to. */
  article: string;
  /** What it says, or is called. */
  text: string;
  /** Text of a heading around it or inside it. */
  heading: string | null;
  /** In navigation, page head or foot, sidebars, tags, bylines. */
  aside: boolean;
  /** Elements around it and their classes, by which links of a list are alike. */
  place: string;
  /** `rel` says that it leads to a tag, an author, or was paid for. */
  marked: boolean;
}

const ASIDE = new Set(['nav', 'footer', 'aside', 'form', 'dialog', 'menu']);
const ASIDE_ROLES = new Set(['navigation', 'contentinfo', 'search', 'menu', 'menubar', 'complementary', 'dialog']);
const ASIDE_ZONES = ZONE.chrome | ZONE.footer | ZONE.comments | ZONE.author | ZONE.tags | ZONE.crumbs;
const HEADINGS = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6']);
const HIDDEN = new Set(['script', 'style', 'template', 'noscript']);

/** Links to other pages of the same site. */
export function pageLinks(tree: MarkupTree, page: URL, base: string): PageLink[] {
  const site = siteOf(page.href);
  const self = articleId(page.href, '');
  const links: PageLink[] = [];
  const aside = new Uint8Array(tree.count);
  const headingAround = new Int32Array(tree.count);
  for (let node = 1; node < tree.count && links.length < MAX_LINKS; node++) {
    const parent = tree.parent[node] as Node;
    aside[node] = aside[parent] as number;
    headingAround[node] = headingAround[parent] as number;
    if (!tree.isElement(node)) continue;
    const name = tree.name(node);
    if (HIDDEN.has(name)) {
      node = (tree.end[node] as number) - 1;
      continue;
    }
    if (HEADINGS.has(name)) headingAround[node] = node;
    if (aside[node] === 0 && isAside(tree, node, name)) aside[node] = 1;
    if (name !== 'a') continue;
    const url = parseHttpUrl(tree.attribute(node, 'href'), base);
    if (url === null || siteOf(url.href) !== site) continue;
    const article = articleId(url.href, '');
    if (article === self) continue;
    links.push({
      node,
      url,
      article,
      text: textOf(tree, node, MAX_TEXT) || labelOf(tree, node),
      heading: headingOf(tree, node, headingAround[node] as Node),
      aside: aside[node] === 1,
      place: placeOf(tree, node),
      marked: /\b(?:tag|author|sponsored|nofollow|category|next|prev)\b/i.test(tree.attribute(node, 'rel') ?? ''),
    });
  }
  return links;
}

/** The elements around a link, five levels up. */
function placeOf(tree: MarkupTree, link: Node): string {
  let place = '';
  let node = link;
  for (let level = 0; level < PLACE_LEVELS && node > 0; level++) {
    place += `<${tree.name(node)}.${(tree.attribute(node, 'class') ?? '').slice(0, PLACE_CLASS)}`;
    node = tree.parent[node] as Node;
  }
  return place;
}

function isAside(tree: MarkupTree, node: Node, name: string): boolean {
  if (ASIDE.has(name)) return true;
  // The head of the page, not that of a teaser.
  if (name === 'header') return !insideTeaser(tree, node);
  const role = tree.attribute(node, 'role')?.toLowerCase();
  if (role !== undefined && ASIDE_ROLES.has(role)) return true;
  // Names of the whole page say nothing of its parts.
  if (name === 'html' || name === 'body' || name === 'main' || name === 'article') return false;
  const names = `${tree.attribute(node, 'class') ?? ''} ${tree.attribute(node, 'id') ?? ''}`;
  return (namesZone(names) & ASIDE_ZONES) !== 0;
}

function insideTeaser(tree: MarkupTree, node: Node): boolean {
  let around = tree.parent[node] as Node;
  for (let steps = 0; around > 0 && steps < 200; steps++) {
    const name = tree.name(around);
    if (name === 'article' || name === 'li' || name === 'main' || name === 'section') return true;
    around = tree.parent[around] as Node;
  }
  return false;
}

/** What a link without text is called: those laid over a whole teaser say it to screen readers, pictures in their place. */
function labelOf(tree: MarkupTree, link: Node): string {
  const own = tree.attribute(link, 'aria-label') ?? tree.attribute(link, 'title') ?? '';
  if (own.trim() !== '') return squash(own.slice(0, MAX_TEXT));
  const end = Math.min(tree.end[link] as number, link + LABEL_NODES);
  for (let node = link + 1; node < end; node++) {
    const alt = tree.name(node) === 'img' ? (tree.attribute(node, 'alt') ?? '').trim() : '';
    if (alt !== '') return squash(alt.slice(0, MAX_TEXT));
  }
  return '';
}

/** Of the heading around a link only where it holds little else: a heading over a whole list is no link's own. */
function headingOf(tree: MarkupTree, link: Node, around: Node): string | null {
  if (around > 0) return textOf(tree, link, MAX_TEXT) || null;
  const end = Math.min(tree.end[link] as number, link + LABEL_NODES);
  for (let node = link + 1; node < end; node++) {
    if (tree.isElement(node) && HEADINGS.has(tree.name(node))) return textOf(tree, node, MAX_TEXT) || null;
  }
  return null;
}
