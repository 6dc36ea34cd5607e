import { type ChildNode, type Element, isTag } from 'domhandler';
import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Image } from '../../article/record.ts';
import { findCredit } from '../metadata/credit.ts';
import { nextBelow } from './document-order.ts';
import { isForeign } from './foreign-figure.ts';
import { textOf } from './links.ts';
import type { Figure, Page } from './page.ts';

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
  /(?:^|[/_.-])(?:placeholder|spacer|blank|pixel|transparent|1x1|clear|loading|lazy-?load|grey|default-?image)(?:[._-]|$)/i;

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
  base: string | null,
  blockBefore: (after: number) => number,
): Image[] {
  const images: Image[] = [];
  const seen = new Set<string>();
  for (const figure of figures) {
    if (figure.kind === 'embed' || isForeign(page, figure)) continue;
    const element = figure.kind === 'noscript' ? findImage(figure.element) : figure.element;
    if (!element) continue;
    const source = bestSource(element, base);
    if (source === null) continue;
    const width = pixels(element.attribs.width);
    const height = pixels(element.attribs.height);
    if ((width !== null && width <= MAX_ICON) || (height !== null && height <= MAX_ICON)) continue;
    // The same picture in another size is the same picture.
    const name = source.replace(/[?#].*$/s, '');
    if (seen.has(name)) continue;
    const { caption, credit } = captionOf(figure.element);
    if (caption === null && (leadsElsewhere(figure.href) || ICON.test(name))) continue;
    const before = images.at(-1);
    const afterBlock = blockBefore(figure.after);
    // A figure that holds its picture in several sizes says its caption for each.
    if (caption !== null && before?.caption === caption && before.afterBlock === afterBlock) continue;
    seen.add(name);
    const image: Image = {
      url: source,
      alt: fold(element.attribs.alt),
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

/** The address of the largest real picture an `img` offers, or null for stand-ins. */
function bestSource(element: Element, base: string | null): string | null {
  let best: string | null = null;
  let width = 0;
  const offer = (set: string | undefined): void => {
    for (const candidate of parseSourceSet(set ?? '')) {
      if (candidate.width <= width) continue;
      const url = real(candidate.url, base);
      if (url === null) continue;
      best = url;
      width = candidate.width;
    }
  };
  for (const name of SOURCE_SETS) offer(element.attribs[name]);
  const picture = element.parent;
  if (picture && isTag(picture) && picture.name === 'picture') {
    for (const child of picture.children) {
      if (isTag(child) && child.name === 'source') for (const name of SOURCE_SETS) offer(child.attribs[name]);
    }
  }
  if (best !== null) return best;
  for (const name of SOURCES) {
    const url = real(element.attribs[name], base);
    if (url !== null) return url;
  }
  return null;
}

function real(value: string | undefined, base: string | null): string | null {
  if (!value || value.startsWith('data:')) return null;
  const url = parseHttpUrl(value, base);
  return url === null || PLACEHOLDER.test(url.pathname) ? null : url.href;
}

/** Candidates of a `srcset`; a density counts as a width of a thousand pixels each. */
function parseSourceSet(value: string): { url: string; width: number }[] {
  const out: { url: string; width: number }[] = [];
  // Commas also stand inside addresses, so only a comma before white space, or after a descriptor, parts.
  for (const part of value.slice(0, 20_000).split(/,\s+|(?<=\s\d{1,5}[wx]),/)) {
    const [url, descriptor] = part.trim().split(/\s+/);
    if (!url) continue;
    const size = Number.parseFloat(descriptor ?? '1x');
    out.push({ url, width: Number.isFinite(size) ? (descriptor?.endsWith('w') ? size : size * 1000) : 1 });
  }
  return out;
}

function findImage(root: Element): Element | null {
  return find(root, (element) => element.name === 'img' || element.name === 'amp-img');
}

function find(root: Element, wanted: (element: Element) => boolean): Element | null {
  let nodes = 0;
  let node: ChildNode | null = root.firstChild;
  while (node !== null && nodes++ < MAX_NODES) {
    if (isTag(node) && wanted(node)) return node;
    const down: ChildNode | null = isTag(node) ? node.firstChild : null;
    node = nextBelow(root, node, down);
  }
  return null;
}

const named = (element: Element, pattern: RegExp): boolean => pattern.test((element.attribs.class ?? '').slice(0, 200));

/** The caption of the figure around an image, and the credit inside it. */
function captionOf(element: Element): { caption: string | null; credit: string | null } {
  const none = { caption: null, credit: null };
  let up = element.parent;
  for (let level = 0; level < CAPTION_REACH && up && isTag(up); level++, up = up.parent) {
    if (up.name !== 'figure' && !named(up, /\b(?:wp-caption|image-caption|figure|image-block|photo)\b/)) continue;
    const box =
      find(up, (child) => child.name === 'figcaption') ??
      find(up, (child) => named(child, /caption(?:-text|_text)?(?:\s|$)/i));
    if (!box) continue;
    const creditBox = find(box, (child) => named(child, /credit|copyright|source|photographer|byline/i));
    let credit = creditBox ? fold(textOf(creditBox, MAX_CAPTION)) : null;
    let caption = fold(textOf(box, MAX_CAPTION));
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
  return none;
}
