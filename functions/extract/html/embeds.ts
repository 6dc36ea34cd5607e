import type { Embed } from '../../article/record.ts';
import { attributeKind, elementKind } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import type { ReadAddress } from './addresses.ts';
import type { Box } from './boxes.ts';
import { type EmbedSource, readPlayer } from './embed-providers.ts';
import { isForeign } from './foreign-figure.ts';
import type { Figure, Page, Segment } from './page.ts';

const CLASS = attributeKind('class');
const DIV = elementKind('div');

/** Attributes that hold a frame's address; consent managers and lazy loaders move it out of `src`. */
const FRAME_SOURCES = ['src', 'data-src', 'data-lazy-src', 'data-cmp-src', 'data-url', 'data-embed-src'];
const MAX_TITLE = 500;
/** Elements looked at inside a `video`, an `audio` or a quotation. */
const MAX_NODES = 200;

/**
 * Reads the videos, sounds and posts that the body embeds.
 *
 * A frame counts where it is a known player or says that it plays full screen; every other frame is an
 * advertisement, a form or a counter far more often than a part of the article.
 *
 * @param figures images, embeds and noscript copies in document order
 * @param blockBefore for a count of blocks of the page, the index of the last kept block before it, -1 for none
 */
export function readEmbeds(
  page: Page,
  figures: readonly (Figure | AddressLine)[],
  read: ReadAddress,
  blockBefore: (after: number) => number,
): Embed[] {
  const { tree } = page;
  const embeds: Embed[] = [];
  const seen = new Set<string>();
  for (const figure of figures) {
    if ('source' in figure) {
      if (!seen.has(figure.source.url))
        embeds.push({ ...figure.source, title: null, afterBlock: blockBefore(figure.after) });
      seen.add(figure.source.url);
      continue;
    }
    if (figure.kind === 'image' || isForeign(page, figure)) continue;
    const element = figure.kind === 'noscript' ? firstWithin(tree, figure.element, 'iframe') : figure.element;
    const source = element === null ? null : sourceOf(tree, element, read);
    if (source === null || seen.has(source.url)) continue;
    seen.add(source.url);
    embeds.push({ ...source, title: titleOf(tree, element as Node), afterBlock: blockBefore(figure.after) });
  }
  return embeds;
}

function sourceOf(tree: MarkupTree, element: Node, read: ReadAddress): EmbedSource | null {
  const name = tree.name(element);
  switch (name) {
    case 'video':
    case 'audio':
    case 'amp-video':
    case 'amp-audio': {
      const url = mediaOf(tree, element, read);
      return url === null ? null : { kind: name.endsWith('audio') ? 'audio' : 'video', url };
    }
    case 'amp-youtube':
    case 'lite-youtube':
    case 'youtube-video': {
      const id = tree.attribute(element, 'data-videoid') ?? tree.attribute(element, 'videoid') ?? '';
      return readPlayer(`https://www.youtube.com/embed/${encodeURIComponent(id)}`, null);
    }
    case 'amp-twitter': {
      const id = tree.attribute(element, 'data-tweetid') ?? '';
      return /^\d{1,20}$/.test(id) ? { kind: 'post', url: `https://twitter.com/i/status/${id}` } : null;
    }
    case 'blockquote':
      return postOf(tree, element, read);
    case 'script': {
      const post = tree.attribute(element, 'data-telegram-post') ?? '';
      return readPlayer(`https://t.me/${post}`, null);
    }
    case 'object':
      return plugIn(tree, element, read);
    case 'div':
      return placeholder(tree, element, read);
    default: {
      for (const attribute of FRAME_SOURCES) {
        const player = playerAt(tree.attribute(element, attribute), read);
        if (player) return player;
      }
      if (tree.attribute(element, 'allowfullscreen') === undefined) return null;
      const url = read(tree.attribute(element, 'src'));
      return url && { kind: 'other', url: url.href };
    }
  }
}

const playerAt = (address: string | undefined, read: ReadAddress): EmbedSource | null => {
  const url = address ? read(address) : null;
  return url && readPlayer(url.href, null);
};

/** Where a plug-in of old finds its film: its data, a parameter, the `embed` for browsers that know no `object`. */
function plugIn(tree: MarkupTree, element: Node, read: ReadAddress): EmbedSource | null {
  const own = playerAt(tree.attribute(element, 'data'), read);
  if (own) return own;
  for (const param of within(tree, element, 'param')) {
    const isFilm = /^(?:movie|src|url)$/i.test(tree.attribute(param, 'name') ?? '');
    const player = isFilm ? playerAt(tree.attribute(param, 'value'), read) : null;
    if (player) return player;
  }
  const inner = firstWithin(tree, element, 'embed') ?? firstWithin(tree, element, 'iframe');
  return inner === null ? null : playerAt(tree.attribute(inner, 'src'), read);
}

/** Class names of empty boxes that a script turns into a player or a post. */
const PLACEHOLDER = /(?:^|[\s_-])(?:youtube|yt|video|fb-post|fb-video)(?:$|[\s_-])/i;
const VIDEO_IDS = [
  'data-id',
  'data-video-id',
  'data-videoid',
  'data-youtube-id',
  'data-youtube',
  'data-yt-id',
  'data-embed',
];

/** What a script sets in the place of an empty box: a post by its address, a video of YouTube by its id. */
function placeholder(tree: MarkupTree, element: Node, read: ReadAddress): EmbedSource | null {
  const names = (tree.attribute(element, 'class') ?? '').slice(0, 200);
  if (!PLACEHOLDER.test(names)) return null;
  if (/(?:^|\s)fb-(?:post|video)/.test(names)) {
    const url = read(tree.attribute(element, 'data-href'));
    return url && /(?:^|\.)facebook\.com$/.test(url.hostname) ? { kind: 'post', url: url.origin + url.pathname } : null;
  }
  const isYoutube = /youtube|yt/i.test(names) || tree.attribute(element, 'data-provider')?.toLowerCase() === 'youtube';
  const id = isYoutube ? VIDEO_IDS.map((key) => tree.attribute(element, key)).find((value) => value) : undefined;
  return id ? readPlayer(`https://www.youtube.com/embed/${encodeURIComponent(id)}`, null) : null;
}

const H = 'h'.charCodeAt(0);
const LONGEST_ADDRESS = 200;

/** What a block shows that is nothing but the address of a video or a post, which editors leave to programs to set; null for any other. */
export function shownByAddress(segment: Segment): EmbedSource | null {
  if (segment.form !== 'flow' || segment.opening !== H) return null;
  const { text } = segment;
  return text.length <= LONGEST_ADDRESS && /^https?:\/\/\S+$/.test(text) ? readPlayer(text, null) : null;
}

/** A block that {@link shownByAddress} reads, and the number of blocks before it. */
export interface AddressLine {
  source: EmbedSource;
  element: Node;
  after: number;
}

/** Empty boxes among blocks: what a script fills. */
export function emptyBoxes({ boxes, tree }: Page, from: number, to: number): Figure[] {
  const found: Figure[] = [];
  for (let box = 1; box < boxes.count; box++) {
    const after = boxes.first[box] as number;
    if (after < from || after > to || boxes.end[box] !== after) continue;
    const element = boxes.node[box] as Node;
    const names = boxes.kind(box) === DIV ? tree.valueOf(element, CLASS) : undefined;
    if (names === undefined || !PLACEHOLDER.test(names.slice(0, 200))) continue;
    found.push({ element, box: boxes.parent[box] as Box, after, href: null, kind: 'embed' });
  }
  return found;
}

/** The file that a player plays: its own address, or the first of its sources. */
function mediaOf(tree: MarkupTree, element: Node, read: ReadAddress): string | null {
  for (const candidate of [element, ...within(tree, element, 'source')]) {
    const url = read(tree.attribute(candidate, 'src') ?? tree.attribute(candidate, 'data-src'));
    if (url) return url.href;
  }
  return null;
}

/** A post set as a quotation until its script runs: its address is its own attribute, or its last link. */
function postOf(tree: MarkupTree, element: Node, read: ReadAddress): EmbedSource | null {
  const stated = tree.attribute(element, 'data-instgrm-permalink') ?? tree.attribute(element, 'cite');
  let url = read(stated);
  if (url === null) {
    for (const link of within(tree, element, 'a')) url = read(tree.attribute(link, 'href')) ?? url;
  }
  if (url === null) return null;
  // The same post as a frame and as a quotation has one address.
  return readPlayer(url.href, null) ?? { kind: 'post', url: url.origin + url.pathname };
}

function* within(tree: MarkupTree, root: Node, name: string): Generator<Node> {
  const end = Math.min(tree.end[root] as number, root + 1 + MAX_NODES);
  for (let node = root + 1; node < end; node++) if (tree.name(node) === name) yield node;
}

function firstWithin(tree: MarkupTree, root: Node, name: string): Node | null {
  for (const node of within(tree, root, name)) return node;
  return null;
}

function titleOf(tree: MarkupTree, element: Node): string | null {
  const text = (tree.attribute(element, 'title') ?? tree.attribute(element, 'aria-label') ?? '')
    .slice(0, MAX_TITLE)
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' || GENERIC.test(text) ? null : text.normalize('NFC');
}

/** What players call every video. */
const GENERIC =
  /^(?:youtube|vimeo|dailymotion|spotify|soundcloud)?\s?(?:embed(?:ded content)?|iframe|video|video player|audio player|player|post)$/i;
