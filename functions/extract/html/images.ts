import type { Image } from '../../article/record.ts';
import { type MarkupTree, type Node, ROOT } from '../markup/tree.ts';
import { findCredit } from '../metadata/credit.ts';
import type { ReadAddress } from './addresses.ts';
import { isCounter } from './counters.ts';
import { isForeign } from './foreign-figure.ts';
import { framedCaption } from './framed-caption.ts';
import { textOf } from './links.ts';
import type { Figure, Page } from './page.ts';
import { readSourceSet } from './source-set.ts';

/** Attributes lazy loaders keep the real address in, best first. */
const SOURCES = [
  'data-full-src',
  'data-original',
  'data-lazy-src',
  'data-src',
  'data-image',
  'data-img-src',
  'data-hi-res-src',
  'data-large-file',
  'data-url',
  'src',
];
const SOURCE_SETS = ['srcset', 'data-srcset', 'data-lazy-srcset'];

/** Names that stand-ins and counting pixels go by. */
const PLACEHOLDER =
  /(?:^|[/_.-])(?:placeholder|spacer|blank|pixel|transparent|1x1|clear|loading|lazy-?load|grey|default-?image)(?:[/._-]|$)/i;

/** Pixels on either side up to which an image is a pixel, an icon or an emoji. */
const MAX_ICON = 48;
const MAX_CAPTION = 2_000;
const CAPTION_REACH = 5;
const MAX_NODES = 300;

/**
 * Reads the images of the body.
 *
 * @param figures images, embeds and noscript copies in document order
 * @param blockBefore for a count of blocks of the page, the index of the last kept block before it, -1 for none
 */
export function readImages(
  page: Page,
  figures: readonly Figure[],
  read: ReadAddress,
  blockBefore: (after: number) => number,
): Image[] {
  const { tree } = page;
  const images: Image[] = [];
  const seen = new Set<string>();
  for (const figure of figures) {
    if (figure.kind === 'embed' || isForeign(page, figure)) continue;
    const element = figure.kind === 'noscript' ? findImage(tree, figure.element) : figure.element;
    if (!element) continue;
    const style = tree.attribute(element, 'style')?.slice(0, 500) ?? '';
    if (style !== '' && UNSEEN.test(style)) continue;
    const width = pixels(tree.attribute(element, 'width')) ?? styled(style, 'width');
    const height = pixels(tree.attribute(element, 'height')) ?? styled(style, 'height');
    if ((width !== null && width <= MAX_ICON) || (height !== null && height <= MAX_ICON)) continue;
    const source = bestSource(tree, element, read);
    if (source === null) continue;
    // The same picture in another size is the same picture.
    const name = source.replace(/[?#].*$/s, '');
    if (seen.has(name)) continue;
    const { caption, credit } = captionOf(page, figure);
    if (caption === null && (leadsElsewhere(figure.href) || ICON.test(name) || FURNITURE.test(name))) continue;
    const before = images.at(-1);
    const afterBlock = blockBefore(figure.after);
    // A figure that holds its picture in several sizes says its caption for each.
    if (caption !== null && before?.caption === caption && before.afterBlock === afterBlock) continue;
    seen.add(name);
    const image: Image = {
      url: source,
      alt: fold(tree.attribute(element, 'alt')),
      caption,
      credit,
      width,
      height,
      afterBlock,
    };
    images.push(image);
  }
  return images;
}

/** Drawings without a caption are icons nearly always. */
const ICON = /\.svg$/i;
/** Folders and names of what decorates a page: icons, portraits of who writes or comments, advertisements. */
const FURNITURE =
  /\/(?:icons?|avatars?|emojis?|smil(?:ey|ie)s?|ads?|advertisements?|banners?)\/|\/(?:icon|avatar|smiley)[-_.]/i;
const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?)(?:$|[?#])/i;

/** Whether the link around an image goes to a page of its own: then the image is a teaser, not an illustration. */
const leadsElsewhere = (href: string | null): boolean =>
  href !== null && href !== '' && !href.startsWith('#') && !PICTURE_FILE.test(href.slice(0, 2_000));

function fold(value: string | undefined): string | null {
  const text = (value ?? '').slice(0, MAX_CAPTION).replace(/\s+/g, ' ').trim().normalize('NFC');
  return text === '' ? null : text;
}

function pixels(value: string | undefined): number | null {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isInteger(number) && number > 0 && !value?.includes('%') ? number : null;
}

/** The pixels that a style gives; null for shares of a line. */
function styled(style: string, property: 'width' | 'height'): number | null {
  const found = style === '' ? undefined : (property === 'width' ? WIDTH : HEIGHT).exec(style)?.[1];
  return found === undefined ? null : pixels(found);
}

const WIDTH = /(?:^|[;\s])width\s?:\s?(\d{1,5})px/i;
const HEIGHT = /(?:^|[;\s])height\s?:\s?(\d{1,5})px/i;
/** An image that nobody sees counts readers. */
const UNSEEN = /(?:^|[;\s])(?:display\s?:\s?none|visibility\s?:\s?hidden|left\s?:\s?-\d{4})/i;

interface Offer {
  url: string;
  width: number;
}

/** The address of the largest real picture an `img` offers, or null for stand-ins. */
function bestSource(tree: MarkupTree, element: Node, read: ReadAddress): string | null {
  const offers: Offer[] = [];
  const offer = (set: string | undefined): void => {
    if (set) offers.push(...parseSourceSet(set));
  };
  for (const name of SOURCE_SETS) offer(tree.attribute(element, name));
  const picture = tree.parent[element] as Node;
  if (tree.name(picture) === 'picture') {
    for (let child = tree.firstChild(picture); child !== 0; child = tree.nextSibling(child)) {
      if (tree.name(child) === 'source') for (const name of SOURCE_SETS) offer(tree.attribute(child, name));
    }
  }
  // The largest first: the first that is real is the one, and no other address need be read.
  for (const { url } of offers.filter(({ width }) => width > 0).sort((a, b) => b.width - a.width)) {
    const best = real(url, read);
    if (best !== null) return best;
  }
  for (const name of SOURCES) {
    const url = real(tree.attribute(element, name), read);
    if (url !== null) return url;
  }
  return null;
}

function real(value: string | undefined, read: ReadAddress): string | null {
  if (!value || value.startsWith('data:')) return null;
  const url = read(value);
  return url === null || PLACEHOLDER.test(url.pathname) || isCounter(url) ? null : url.href;
}

/** Candidates of a `srcset`; a density counts as a width of a thousand pixels each. */
function parseSourceSet(value: string): Offer[] {
  const out: Offer[] = [];
  for (const { url, descriptor } of readSourceSet(value)) {
    const size = Number.parseFloat(descriptor ?? '1x');
    out.push({ url, width: Number.isFinite(size) ? (descriptor?.endsWith('w') ? size : size * 1000) : 1 });
  }
  return out;
}

function findImage(tree: MarkupTree, root: Node): Node | null {
  return find(tree, root, (node) => tree.name(node) === 'img' || tree.name(node) === 'amp-img');
}

function find(tree: MarkupTree, root: Node, wanted: (element: Node) => boolean): Node | null {
  const end = Math.min(tree.end[root] as number, root + 1 + MAX_NODES);
  for (let node = root + 1; node < end; node++) if (tree.isElement(node) && wanted(node)) return node;
  return null;
}

/** The caption of the figure around an image, and the credit inside it. */
function captionOf(page: Page, figure: Figure): { caption: string | null; credit: string | null } {
  const { tree } = page;
  const named = (node: Node, pattern: RegExp) => pattern.test((tree.attribute(node, 'class') ?? '').slice(0, 200));
  let up = tree.parent[figure.element] as Node;
  for (let level = 0; level < CAPTION_REACH && up !== ROOT; level++, up = tree.parent[up] as Node) {
    if (tree.name(up) !== 'figure' && !named(up, /\b(?:wp-caption|image-caption|figure|image-block|photo)\b/)) continue;
    const box =
      find(tree, up, (child) => tree.name(child) === 'figcaption') ??
      find(tree, up, (child) => named(child, /caption(?:-text|_text)?(?:\s|$)/i));
    if (!box) continue;
    const creditBox = find(tree, box, (child) => named(child, /credit|copyright|source|photographer|byline/i));
    return apart(fold(textOf(tree, box, MAX_CAPTION)), creditBox ? fold(textOf(tree, creditBox, MAX_CAPTION)) : null);
  }
  const framed = framedCaption(page, figure);
  return apart(framed && fold(framed.map(({ text }) => text).join(' ')), null);
}

/** A caption without the credit that stands in it. */
function apart(text: string | null, stated: string | null): { caption: string | null; credit: string | null } {
  let caption = text;
  let credit = stated;
  if (caption !== null && credit !== null && caption.length > credit.length && caption.endsWith(credit)) {
    caption = fold(caption.slice(0, -credit.length));
  } else if (caption === credit) caption = null;
  if (credit !== null) credit = findCredit(credit)?.name ?? credit;
  else if (caption !== null) {
    const found = findCredit(caption);
    if (found) ({ caption, credit } = { caption: fold(found.before), credit: found.name });
  }
  return { caption, credit };
}
