import { isArchiveBar } from '../markup/archive-bar.ts';
import { attributeKind, elementKind } from '../markup/names.ts';
import { type MarkupTree, type Node, ROOT, TEXT } from '../markup/tree.ts';
import { type Box, Boxes, PAGE } from './boxes.ts';
import { Counts } from './counts.ts';
import { isDataTable } from './data-table.ts';
import { NameReader } from './element-names.ts';
import { BLOCK, EMBED, IMAGE, INLINE, LINE_BREAK, RULE, roleOf, SKIPPED } from './elements.ts';
import { isEmoji } from './emoji.ts';
import { isCaptionName } from './framed-caption.ts';
import { isIndented } from './indent.ts';
import { type Figure, type Head, type Page, Segment } from './page.ts';
import { TableColumns } from './table-columns.ts';
import { BREAK, CELL, ROW, TextRun } from './text-run.ts';
import { isUnread } from './unread.ts';

const ALT = attributeKind('alt');
const CLASS = attributeKind('class');
const CONTENT = attributeKind('content');
const HREF = attributeKind('href');
const NAME = attributeKind('name');
const PROPERTY = attributeKind('property');
const A = elementKind('a');
const B = elementKind('b');
const STRONG = elementKind('strong');
const SCRIPT = elementKind('script');
const PLUG_INS: ReadonlySet<number> = new Set(['object', 'embed'].map(elementKind));
const CONTROLS: ReadonlySet<number> = new Set(['button', 'label', 'summary', 'legend'].map(elementKind));

/**
 * Parts a page into blocks of text and the boxes they stand in, in one walk without recursion.
 *
 * A block ends at every block-level element, at a rule, at two line breaks in a row and at one before an indented line;
 * inline runs stay together; a data table and a `pre` are one block each.
 *
 * @param root the page, or an element whose content is read as a page of its own
 * @param dropped elements that are passed over as if they were not there; null for none
 */
export function segmentPage(
  tree: MarkupTree,
  weights: ReadonlyMap<string, number>,
  root: Node = ROOT,
  dropped: ReadonlySet<Node> | null = null,
): Page {
  const { end: ends, kind: kinds } = tree;
  const boxes = new Boxes(tree, countBlocks(tree, root));
  const segments: Segment[] = [];
  const counts = new Counts(tree.memory);
  const figures: Figure[] = [];
  const players: Figure[] = [];
  let isArchived = false;
  const names = new NameReader(tree, weights);
  const head = new HeadReader();

  let box = PAGE;

  const run = new TextRun(tree);
  let control = false;
  let inlineHints = 0;
  let inlineScore = 0;
  let anchors: Node[] | null = null;
  let captioned: Node | null = null;

  let linkDepth = 0;
  let strongDepth = 0;
  let pre: Node | null = null;
  let table: Node | null = null;
  const columns = new TableColumns();
  let link: Node | null = null;

  const flush = (): void => {
    if (run.letters > 0) {
      const form = pre !== null ? 'pre' : table !== null ? 'table' : 'flow';
      const text = run.settled(form);
      if (text !== '') {
        counts.add(run, control, inlineHints, inlineScore);
        segments.push(new Segment(segments.length, box, form, run, text, tree.source, anchors));
      }
    }
    run.clear();
    control = false;
    inlineHints = inlineScore = 0;
    anchors = linkDepth > 0 && link !== null ? [link] : null;
  };

  const enterBox = (node: Node): void => {
    names.read(node);
    box = boxes.add(box, node, names.hints, names.score, names.id, segments.length);
    if (CONTROLS.has(kinds[node] as number)) control = true;
  };

  const addFigure = (element: Node, kind: Figure['kind'], list: Figure[] = figures): void => {
    list.push({
      element,
      box,
      after: segments.length + (run.letters > 0 ? 1 : 0),
      href: kind !== 'noscript' && linkDepth > 0 && link !== null ? (tree.valueOf(link, HREF) ?? null) : null,
      kind,
    });
  };

  /** An inline element around a caption and its image, behind which the text goes on: `<span><img><em class="img_desc">The quay</em></span>The ferry …`. */
  const inlineFrame = (caption: Node): Node | null => {
    const frame = tree.parent[caption] as Node;
    const isFramed = (figures.at(-1)?.element ?? -1) > frame;
    if (!isFramed || roleOf(tree, frame) !== INLINE) return null;
    return isCaptionName(tree.valueOf(caption, CLASS)) ? frame : null;
  };

  const leave = (element: Node): void => {
    const kind = kinds[element] as number;
    if (roleOf(tree, element) === INLINE) {
      if (kind === A) {
        if (tree.find(element, HREF) !== -1) linkDepth--;
      } else if (kind === B || kind === STRONG) strongDepth--;
      if (element === captioned) {
        captioned = null;
        flush();
      }
      return;
    }
    if (pre !== null && pre !== element) return;
    if (table !== null && table !== element) return;
    if (CONTROLS.has(kind)) control = true;
    flush();
    pre = table = null;
    boxes.close(box, segments.length);
    box = boxes.parent[box] as Box;
  };

  const end = ends[root] as number;
  let open = root;
  let node = root + 1;
  while (true) {
    while (open !== root && node >= (ends[open] as number)) {
      leave(open);
      open = tree.parent[open] as Node;
    }
    if (node >= end) break;
    const kind = kinds[node] as number;
    if (kind === TEXT) {
      const form = pre !== null ? 'pre' : table !== null ? 'table' : 'flow';
      if (run.pendingBreak && form === 'flow' && run.stops > 0 && isIndented(tree, node)) flush();
      run.read(node, form, linkDepth > 0, strongDepth > 0);
      node++;
      continue;
    }
    if (dropped?.has(node)) {
      node = ends[node] as number;
      continue;
    }
    const name = tree.name(node);
    const role = roleOf(tree, node);
    let enters = false;
    if (role === INLINE) {
      if (isUnread(tree, node, name)) {
        node = ends[node] as number;
        continue;
      }
      if (kind === A) {
        if (tree.find(node, HREF) !== -1) {
          linkDepth++;
          link = node;
          if (anchors) anchors.push(node);
          else anchors = [node];
        }
      } else if (kind === B || kind === STRONG) strongDepth++;
      if (run.letters === 0 && tree.find(node, CLASS) !== -1) {
        names.read(node);
        inlineHints |= names.hints;
        inlineScore += names.score;
        if (captioned === null && figures.at(-1)?.after === segments.length) captioned = inlineFrame(node);
      }
      enters = true;
    } else if (role === LINE_BREAK) {
      if (pre !== null) run.mark('\n');
      else if (table !== null) run.mark(' ');
      else if (run.pendingBreak) flush();
      else if (run.letters > 0) {
        run.mark(BREAK);
        run.breaks++;
        run.pendingBreak = true;
      }
      run.inWord = false;
    } else if (role === RULE) {
      if (pre === null && table === null) flush();
    } else if (role === IMAGE || role === EMBED) {
      const alt = role === IMAGE ? tree.valueOf(node, ALT) : undefined;
      if (isEmoji(alt)) run.mark(alt);
      else addFigure(node, role === IMAGE ? 'image' : 'embed');
      run.inWord = false;
    } else if (role === SKIPPED) {
      const isPlayer = kind === SCRIPT ? tree.attribute(node, 'data-telegram-post') !== undefined : PLUG_INS.has(kind);
      if (isPlayer) addFigure(node, 'embed', players);
      else head.read(tree, node, name);
    } else if (pre !== null) {
      run.startLine();
      enters = true;
    } else if (table !== null) {
      if (name === 'tr') {
        run.mark(ROW);
        columns.startRow();
      } else if (name === 'td' || name === 'th')
        run.mark(CELL.repeat(columns.startCell(tree.attribute(node, 'colspan'), tree.attribute(node, 'rowspan'))));
      else run.mark(' ');
      run.inWord = false;
      enters = true;
    } else if (name === 'noscript') addFigure(node, 'noscript');
    else if (isArchiveBar(tree, node)) {
      run.inWord = false;
      isArchived = true;
    } else {
      flush();
      enterBox(node);
      if (name === 'blockquote' && isPost(tree.valueOf(node, CLASS))) {
        figures.push({
          element: node,
          box: boxes.parent[box] as Box,
          after: segments.length,
          href: null,
          kind: 'embed',
        });
      }
      if (name === 'pre') pre = node;
      else if (name === 'table' && isDataTable(tree, node)) {
        table = node;
        columns.startTable();
      }
      enters = true;
    }
    if (enters) open = node++;
    else node = ends[node] as number;
  }
  flush();
  boxes.close(box, segments.length);
  return { tree, head: head.head, boxes, segments, counts, figures, players, isArchived };
}

/** Elements below one that may be boxes. */
function countBlocks(tree: MarkupTree, root: Node): number {
  const end = tree.end[root] as number;
  let count = 0;
  for (let node = root + 1; node < end; node++) {
    if (tree.isElement(node) && roleOf(tree, node) === BLOCK) count++;
  }
  return count;
}

/** Reads what of the head the body needs. */
class HeadReader {
  readonly head: Head = { title: null, description: null, base: null };
  /** The title is the one for sharing, which outranks others. */
  #shared = false;

  read(tree: MarkupTree, node: Node, name: string): void {
    const { head } = this;
    if (name === 'meta') {
      const key = tree.valueOf(node, PROPERTY) ?? tree.valueOf(node, NAME);
      const isTitle = key === 'og:title' && !this.#shared;
      if (!isTitle && key !== 'description' && key !== 'og:description') return;
      const content = tree.valueOf(node, CONTENT);
      if (!content) return;
      if (isTitle) {
        head.title = content;
        this.#shared = true;
      } else head.description ??= content;
    } else if (name === 'base') head.base ??= tree.valueOf(node, HREF) ?? null;
    else if (name === 'title' && head.title === null) {
      const first = tree.firstChild(node);
      if (first !== 0 && tree.isText(first)) head.title = tree.text(first);
    }
  }
}

/** Class names by which scripts find the quotations that they turn into posts. */
const POSTS = ['twitter-tweet', 'twitter-video', 'instagram-media', 'tiktok-embed', 'bluesky-embed', 'text-post-media'];

function isPost(names: string | undefined): boolean {
  return names !== undefined && POSTS.some((name) => names.includes(name));
}
