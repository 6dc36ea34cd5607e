import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Embed } from '../../article/record.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import { type EmbedSource, readPlayer } from './embed-providers.ts';
import { isForeign } from './foreign-figure.ts';
import type { Figure, Page } from './page.ts';

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
  figures: readonly Figure[],
  base: string | null,
  blockBefore: (after: number) => number,
): Embed[] {
  const { tree } = page;
  const embeds: Embed[] = [];
  const seen = new Set<string>();
  for (const figure of figures) {
    if (figure.kind !== 'embed' || isForeign(page, figure)) continue;
    const source = sourceOf(tree, figure.element, base);
    if (source === null || seen.has(source.url)) continue;
    seen.add(source.url);
    embeds.push({ ...source, title: titleOf(tree, figure.element), afterBlock: blockBefore(figure.after) });
  }
  return embeds;
}

function sourceOf(tree: MarkupTree, element: Node, base: string | null): EmbedSource | null {
  const name = tree.name(element);
  switch (name) {
    case 'video':
    case 'audio':
    case 'amp-video':
    case 'amp-audio': {
      const url = mediaOf(tree, element, base);
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
      return postOf(tree, element, base);
    default: {
      for (const attribute of FRAME_SOURCES) {
        const player = readPlayer(tree.attribute(element, attribute), base);
        if (player) return player;
      }
      if (tree.attribute(element, 'allowfullscreen') === undefined) return null;
      const url = parseHttpUrl(tree.attribute(element, 'src'), base);
      return url && { kind: 'other', url: url.href };
    }
  }
}

/** The file that a player plays: its own address, or the first of its sources. */
function mediaOf(tree: MarkupTree, element: Node, base: string | null): string | null {
  for (const candidate of [element, ...within(tree, element, 'source')]) {
    const url = parseHttpUrl(tree.attribute(candidate, 'src') ?? tree.attribute(candidate, 'data-src'), base);
    if (url) return url.href;
  }
  return null;
}

/** A post set as a quotation until its script runs: its address is its own attribute, or its last link. */
function postOf(tree: MarkupTree, element: Node, base: string | null): EmbedSource | null {
  const stated = tree.attribute(element, 'data-instgrm-permalink') ?? tree.attribute(element, 'cite');
  let url = parseHttpUrl(stated, base);
  if (url === null) {
    for (const link of within(tree, element, 'a')) url = parseHttpUrl(tree.attribute(link, 'href'), base) ?? url;
  }
  if (url === null) return null;
  // The same post as a frame and as a quotation has one address.
  return readPlayer(url.href, null) ?? { kind: 'post', url: url.origin + url.pathname };
}

function* within(tree: MarkupTree, root: Node, name: string): Generator<Node> {
  const end = Math.min(tree.end[root] as number, root + 1 + MAX_NODES);
  for (let node = root + 1; node < end; node++) if (tree.name(node) === name) yield node;
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
