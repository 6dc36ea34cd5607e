import { attributeKind } from '../markup/names.ts';
import type { Node } from '../markup/tree.ts';
import { findCredit } from '../metadata/credit.ts';
import type { Box, Boxes } from './boxes.ts';
import { textOf } from './links.ts';
import type { Figure, Page, Segment } from './page.ts';

const CLASS = attributeKind('class');

/** Boxes around an image that may frame it with its caption. */
const REACH = 4;
/** Blocks and words of a caption at most: its text, and who took the picture. */
const LONGEST = { blocks: 2, words: 60, characters: 400 } as const;
/** Nodes behind an image among which an element named as its caption begins. */
const NODES = 12;

/** Names of captions that are no `figcaption`: `img_desc`, `pic-text`, `bildunterschrift`. */
const NAMED =
  /caption|legend|credit|copyright|bildunterschrift|leyenda|podpis|pie[-_]?(?:de[-_]?)?foto|(?:^|\s)small\s(?:\S{1,20}\s){0,3}text-(?:center|muted)|(?:img|image|photo|pic|picture|foto|bild|figure|media)[-_]{0,2}(?:text|txt|desc|title|info|note|subtitle|under)/i;

/**
 * The caption below an image outside of any `figure`: an element right behind it that is named so, or all that shares a
 * frame with it, where a credit or a table of their own say that it is one. Frames alone say nothing: cards and steps pair
 * a picture with a text as well.
 *
 * @returns the blocks of the caption; null where none stands there
 */
export function framedCaption(page: Page, figure: Figure): Segment[] | null {
  if (figure.kind === 'embed') return null;
  const below = page.segments[figure.after];
  if (below === undefined) return null;
  if (!isNamedCaption(page, figure, below)) return captionInFrame(page, figure);
  const behind = page.segments[figure.after + 1];
  return behind !== undefined && isCredit(page, behind) ? [below, behind] : [below];
}

/** Letters of the longest line that says who took a picture. */
const CREDIT = 60;

/** Whether a block in an element named so says who took the picture above. */
function isCredit({ tree, boxes }: Page, { box, form, letters, stops }: Segment): boolean {
  if (form !== 'flow' || letters > CREDIT || stops > 1 || boxes.heading[box] !== 0) return false;
  return isCaptionName(tree.valueOf(boxes.node[box] as Node, CLASS));
}

/** Names of frames around an image and its caption: `img-right`, `newsImageContainer`, `foto`. */
const PICTURE =
  /(?:^|[\s_-])(?:img|image|photo|foto|picture|bild|wp-image)(?:$|[\s_-])|[a-z](?:Image|Photo|Img|Picture)(?:$|[A-Z\s_-])|-image[A-Z]/;

/** Whether class names call an element the frame of an image. */
function isPictureName(names: string | undefined): boolean {
  return names !== undefined && PICTURE.test(names.slice(0, 200));
}

/** Whether class names call an element the caption of an image. */
export function isCaptionName(names: string | undefined): boolean {
  return names !== undefined && NAMED.test(names.slice(0, 200));
}

function isNamedCaption({ tree, boxes }: Page, figure: Figure, below: Segment): boolean {
  if (below.form !== 'flow' || boxes.heading[below.box] !== 0 || below.letters > LONGEST.characters) return false;
  const start = tree.end[figure.element] as Node;
  for (let node = start; node < tree.count && node < start + NODES; node++) {
    if (tree.isText(node)) {
      if (!tree.isBlank(node)) return false;
    } else if (isCaptionName(tree.valueOf(node, CLASS)))
      return textOf(tree, node, LONGEST.characters) === below.text.replaceAll('\n', ' ');
  }
  return false;
}

function captionInFrame({ tree, boxes, segments }: Page, figure: Figure): Segment[] | null {
  let frame = figure.box;
  for (let level = 0; level < REACH && frame > 0; level++, frame = boxes.parent[frame] as Box) {
    const first = boxes.first[frame] as number;
    const blocks = (boxes.end[frame] as number) - first;
    if (blocks === 0) continue;
    if (blocks > LONGEST.blocks || first < figure.after) return null;
    const caption = segments.slice(first, first + blocks);
    const isShort = caption.reduce((words, segment) => words + segment.words, 0) <= LONGEST.words;
    if (!isShort || caption.some(({ box, form }) => form !== 'flow' || boxes.heading[box] !== 0)) return null;
    const isCredited = () => caption.some(({ text }) => findCredit(text) !== null);
    const isPicture = () =>
      isPictureName(tree.attribute(boxes.node[frame] as Node, 'class')) &&
      caption.every(({ box }) => boxes.quote[box] === 0);
    return isTableAlone(boxes, frame) || isCredited() || isPicture() ? caption : null;
  }
  return null;
}

const CELLS: ReadonlySet<string> = new Set(['td', 'th', 'tr', 'tbody']);

/** Whether a frame is a table, or a cell that holds all that its table does. */
function isTableAlone(boxes: Boxes, frame: Box): boolean {
  let around = frame;
  while (CELLS.has(boxes.tag(around))) {
    const outer = boxes.parent[around] as Box;
    if (boxes.first[outer] !== boxes.first[frame] || boxes.end[outer] !== boxes.end[frame]) return false;
    around = outer;
  }
  return boxes.tag(around) === 'table';
}
