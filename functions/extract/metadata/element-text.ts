/** Texts and links below an element, all by iterative walks with caps. */
import type { ChildNode, Element } from 'domhandler';

export interface Link {
  text: string;
  href: string;
  rel: string;
}

/** Elements whose text readers do not see. */
export const SKIP = new Set([
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
/** Text of a script, as it stands. */
export function rawText(element: Element): string {
  let text = '';
  for (const child of element.children) if (child.type === 'text') text += child.data;
  return text;
}

/** Collapses white space and drops marks that show nothing. */
export function squash(text: string): string {
  return text.replace(/[\s\u00a0\u200b\u200e\u200f\ufeff]+/gu, ' ').trim();
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

/** Visible text below an element, at most `cap` characters; block elements part words, with `parted` all do. */
export function textOf(root: Element, cap: number, parted = false): string {
  let text = '';
  let node: ChildNode | null = root.children[0] ?? null;
  let depth = 1;
  let steps = 0;
  while (node && text.length <= cap && steps++ < 2000) {
    let down: ChildNode | null = null;
    if (node.type === 'text') text += node.data;
    else if ('children' in node && !('attribs' in node && SKIP.has(node.name))) {
      if ('name' in node && (parted || BLOCKS.has(node.name))) text += ' ';
      down = node.children[0] ?? null;
    }
    if (down) {
      node = down;
      depth++;
      continue;
    }
    while (node && !node.next && depth > 1) {
      node = node.parent as ChildNode | null;
      depth--;
      if (node && 'name' in node && (parted || BLOCKS.has(node.name))) text += ' ';
    }
    node = (node?.next as ChildNode | null) ?? null;
  }
  return squash(text.slice(0, cap));
}

/** Texts of the elements below one, in order. */
export function partsOf(root: Element): string[] {
  const parts: string[] = [];
  const stack: ChildNode[] = [root];
  let steps = 0;
  for (let node = stack.pop(); node && parts.length < 30 && steps++ < 500; node = stack.pop()) {
    if (node.type === 'text') {
      const text = squash(node.data.slice(0, 500));
      if (text !== '') parts.push(text);
    } else if ('attribs' in node && !SKIP.has(node.name)) {
      for (let i = node.children.length - 1; i >= 0; i--) {
        const child = node.children[i];
        if (child) stack.push(child);
      }
    }
  }
  return parts;
}

/** Links below an element, in order. */
export function linksOf(root: Element, cap: number): Link[] {
  const links: Link[] = [];
  const stack: ChildNode[] = [root];
  let steps = 0;
  for (let node = stack.pop(); node && links.length < cap && steps++ < 1000; node = stack.pop()) {
    if (!('attribs' in node) || SKIP.has(node.name)) continue;
    if (node.name === 'a' && node.attribs.href !== undefined) {
      const text = textOf(node, 200);
      if (text !== '') links.push({ text, href: node.attribs.href, rel: node.attribs.rel ?? '' });
      continue;
    }
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child) stack.push(child);
    }
  }
  return links;
}

/** Text of the first `itemprop=name` below an element: an author's box holds a portrait and a biography besides. */
export function namedInside(root: Element): string | null {
  const stack: ChildNode[] = [...root.children].reverse();
  let steps = 0;
  for (let node = stack.pop(); node && steps++ < 300; node = stack.pop()) {
    if (!('attribs' in node)) continue;
    if (node.attribs.itemprop?.toLowerCase() === 'name') {
      const text = node.attribs.content ?? textOf(node, 200);
      if (text !== '') return squash(text);
    }
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child) stack.push(child);
    }
  }
  return null;
}

/** Whether the whole text is one link to a front page: `/`, `https://host/` or `index.html`. */
export function isLogo(element: Element, text: string): boolean {
  const links = linksOf(element, 2);
  const link =
    links[0] ??
    (element.parent && 'attribs' in element.parent && element.parent.name === 'a'
      ? { text, href: element.parent.attribs.href ?? '' }
      : null);
  if (!link || links.length > 1 || link.href.trim() === '' || link.text.length < text.length - 3) return false;
  return (
    /^(?:https?:)?(?:\/\/[^/?#]{1,100})?\/?(?:index\.\w{2,5}|home\/?)?$/iu.test(link.href.trim()) ||
    /^(?:\.|\.\/|index\.\w{2,5})$/u.test(link.href)
  );
}
