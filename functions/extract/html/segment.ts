import { type ChildNode, type Element, isCDATA, isTag, isText, type ParentNode } from 'domhandler';
import { closeBlankLines } from '../../article/blank-lines.ts';

import { isDataTable } from './data-table.ts';
import { BLOCK, EMBED, IMAGE, INLINE, LINE_BREAK, ROLES, RULE, SKIPPED } from './elements.ts';
import { NameReader } from './hints.ts';
import type { Box, Figure, Head, Page, Segment } from './page.ts';

/** Stand-ins inside a run for what white-space folding must not touch; private use, stripped from input. */
const BREAK = '\uE000';
const CELL = '\uE001';
const ROW = '\uE002';

const PRIVATE = /[\uE000-\uE002]/g;

/** Cells a colspan may add to a row; HTML allows 1,000, tables of real articles stay under 20. */
const MAX_COLSPAN = 30;

const CONTROLS = new Set(['button', 'label', 'summary', 'legend']);

/** Letters and digits of all scripts lie above this, save ASCII and Latin-1, which are told apart by range. */
const isSpace = (c: number): boolean =>
  c <= 32 || c === 0xa0 || (c >= 0x2000 && c <= 0x200b) || c === 0x3000 || c === 0xfeff || c === 0x2028 || c === 0x2029;

/** Scripts written without spaces: a word per character, as word counts of such texts are usually given. */
const isUnspaced = (c: number): boolean =>
  (c >= 0x3040 && c <= 0x30ff) ||
  (c >= 0x3400 && c <= 0x9fff) ||
  (c >= 0xe00 && c <= 0xeff) ||
  (c >= 0x1000 && c <= 0x109f) ||
  (c >= 0x1780 && c <= 0x17ff);

const isStop = (c: number): boolean =>
  c === 0x2e ||
  c === 0x21 ||
  c === 0x3f ||
  c === 0x2026 ||
  c === 0x3002 ||
  c === 0xff01 ||
  c === 0xff1f ||
  c === 0x964 ||
  c === 0x61f ||
  c === 0x6d4;

const isComma = (c: number): boolean => c === 0x2c || c === 0x3001 || c === 0xff0c || c === 0x60c || c === 0x3b;

const isCapital = (c: number): boolean =>
  (c >= 65 && c <= 90) ||
  (c >= 0xc0 && c <= 0xde && c !== 0xd7) ||
  (c >= 0x410 && c <= 0x42f) ||
  (c >= 0x391 && c <= 0x3a9);

/**
 * Parts a page into blocks of text and the boxes they stand in, in one walk without recursion.
 *
 * A block ends at every block-level element, at a rule and at two line breaks in a row; inline runs stay
 * together; a data table and a `pre` are one block each.
 *
 * @param root the document, or an element whose content is read as a page of its own
 */
export function segmentPage(root: ParentNode, weights: ReadonlyMap<string, number>): Page {
  const boxes: Box[] = [];
  const segments: Segment[] = [];
  const figures: Figure[] = [];
  const names = new NameReader(weights);
  const head: Head = { title: null, description: null, base: null };
  let shared = false;

  let box: Box = {
    index: 0,
    parent: -1,
    depth: 0,
    element: null,
    tag: '',
    hints: 0,
    around: 0,
    score: 0,
    signature: 0,
    names: 0,
    last: 0,
    heading: 0,
    listDepth: 0,
    listOrdered: false,
    item: -1,
    quote: false,
    first: 0,
    end: 0,
  };
  boxes.push(box);

  // The run of text under way and what its characters told so far.
  let run = '';
  let words = 0;
  let letters = 0;
  let linkWords = 0;
  let linkLetters = 0;
  let stops = 0;
  let commas = 0;
  let digits = 0;
  let capitals = 0;
  let strongLetters = 0;
  let breaks = 0;
  let pendingBreak = false;
  let inWord = false;
  let afterSpace = false;
  // Whether white space must be folded: anything but single spaces.
  let uneven = false;
  let control = false;
  let inlineHints = 0;
  let inlineScore = 0;
  let anchors: Element[] | null = null;

  let linkDepth = 0;
  let strongDepth = 0;
  let pre: Element | null = null;
  let table: Element | null = null;
  // Columns that the cell before takes besides its own.
  let spanned = 0;
  let link: Element | null = null;

  const flush = (): void => {
    if (letters > 0) {
      const form = pre ? 'pre' : table ? 'table' : 'flow';
      const text =
        form === 'pre'
          ? preText(run)
          : form === 'table'
            ? tableText(run)
            : uneven || breaks > 0
              ? flowText(run)
              : run.trim();
      if (text !== '') {
        segments.push({
          index: segments.length,
          box: box.index,
          text,
          form,
          words,
          letters,
          linkWords,
          linkLetters,
          stops,
          commas,
          digits,
          capitals,
          strongLetters,
          breaks,
          control,
          inlineHints,
          inlineScore,
          anchors,
        });
      }
    }
    run = '';
    words = letters = linkWords = linkLetters = stops = commas = digits = capitals = strongLetters = breaks = 0;
    pendingBreak = inWord = control = afterSpace = uneven = false;
    inlineHints = inlineScore = 0;
    anchors = linkDepth > 0 && link ? [link] : null;
  };

  const read = (data: string): void => {
    const before = letters;
    const wordsBefore = words;
    let reserved = false;
    for (let i = 0; i < data.length; i++) {
      const c = data.charCodeAt(i);
      if (isSpace(c)) {
        if (c !== 32 || afterSpace) uneven = true;
        afterSpace = true;
        inWord = false;
        continue;
      }
      afterSpace = false;
      letters++;
      if (c > 0x2ff && isUnspaced(c)) {
        words++;
        inWord = false;
      } else if ((c >= 97 && c <= 122) || c > 0xbf || (c >= 65 && c <= 90) || (c >= 48 && c <= 57)) {
        if (!inWord) {
          words++;
          inWord = true;
        }
        if (isCapital(c)) capitals++;
        else if (c < 58) digits++;
        else if (c >= 0xe000 && c <= 0xe002) reserved = true;
        else if (c > 0x5ff && c !== 0x2019 && (isStop(c) || isComma(c))) {
          if (isStop(c)) stops++;
          else commas++;
          inWord = false;
        }
      } else if (isStop(c)) {
        stops++;
        inWord = false;
      } else if (isComma(c)) {
        commas++;
        inWord = false;
      } else if (c !== 39 && c !== 45) inWord = false;
    }
    if (letters > before) {
      pendingBreak = false;
      if (linkDepth > 0) {
        linkLetters += letters - before;
        linkWords += words - wordsBefore;
      }
      if (strongDepth > 0) strongLetters += letters - before;
    }
    run += reserved ? data.replace(PRIVATE, '') : data;
  };

  const enterBox = (element: Element): void => {
    const { name } = element;
    names.read(element);
    const { hints, score, id } = names;
    const level = name.length === 2 && name.charCodeAt(0) === 104 ? name.charCodeAt(1) - 48 : 0;
    const isItem = name === 'li' || name === 'blockquote';
    const isList = name === 'ul' || name === 'ol';
    const inner: Box = {
      index: boxes.length,
      parent: box.index,
      depth: box.depth + 1,
      element,
      tag: name,
      hints,
      around: box.around | hints,
      score,
      // Own names and those of two boxes around: enough to tell lists of like things apart.
      signature: (id * 31 + box.names) * 31 + (boxes[box.parent]?.names ?? 0),
      names: id,
      last: 0,
      heading: level >= 1 && level <= 6 ? level : box.heading,
      listDepth: isList ? box.listDepth + 1 : box.listDepth,
      listOrdered: isList ? name === 'ol' : box.listOrdered,
      item: isItem ? boxes.length : box.item,
      quote: isItem ? name === 'blockquote' : box.quote,
      first: segments.length,
      end: 0,
    };
    boxes.push(inner);
    box = inner;
    if (CONTROLS.has(name)) control = true;
  };

  let node: ChildNode | null = root.firstChild;
  while (node !== null) {
    let down: ChildNode | null = null;
    if (isText(node)) {
      read(node.data);
    } else if (isCDATA(node)) {
      down = node.firstChild;
    } else if (isTag(node)) {
      const element: Element = node;
      const role = ROLES.get(element.name) ?? BLOCK;
      if (role === INLINE) {
        const { name } = element;
        if (name === 'a') {
          if (element.attribs.href !== undefined) {
            linkDepth++;
            link = element;
            if (anchors) anchors.push(element);
            else anchors = [element];
          }
        } else if (name === 'b' || name === 'strong') strongDepth++;
        if (letters === 0 && element.attribs.class !== undefined) {
          names.read(element);
          inlineHints |= names.hints;
          inlineScore += names.score;
        }
        down = element.firstChild;
        if (down === null) leaveInline(element);
      } else if (role === LINE_BREAK) {
        if (pre) run += '\n';
        else if (table) run += ' ';
        else if (pendingBreak) flush();
        else if (letters > 0) {
          run += BREAK;
          breaks++;
          pendingBreak = true;
        }
        inWord = false;
      } else if (role === RULE) {
        if (!pre && !table) flush();
      } else if (role === IMAGE || role === EMBED) {
        figures.push({
          element,
          box: box.index,
          after: segments.length + (letters > 0 ? 1 : 0),
          href: linkDepth > 0 ? (link?.attribs.href ?? null) : null,
          kind: role === IMAGE ? 'image' : 'embed',
        });
        inWord = false;
      } else if (role === SKIPPED) {
        const { name, attribs } = element;
        if (name === 'meta') {
          const key = attribs.property ?? attribs.name;
          const content = attribs.content;
          if (key === 'og:title' && content && !shared) {
            head.title = content;
            shared = true;
          } else if ((key === 'description' || key === 'og:description') && content) head.description ??= content;
        } else if (name === 'base') head.base ??= attribs.href ?? null;
        else if (name === 'title' && head.title === null) {
          const first = element.firstChild;
          if (first !== null && isText(first)) head.title = first.data;
        }
      } else {
        const { name } = element;
        if (pre !== null) {
          if (run !== '' && !run.endsWith('\n')) run += '\n';
          down = element.firstChild;
        } else if (table !== null) {
          if (name === 'tr') {
            run += ROW;
            spanned = 0;
          } else if (name === 'td' || name === 'th') {
            run += CELL.repeat(spanned + 1);
            spanned = spanOf(element) - 1;
          } else run += ' ';
          inWord = false;
          down = element.firstChild;
        } else if (name === 'noscript') {
          figures.push({
            element,
            box: box.index,
            after: segments.length + (letters > 0 ? 1 : 0),
            href: null,
            kind: 'noscript',
          });
        } else {
          flush();
          enterBox(element);
          if (name === 'blockquote' && isPost(element)) {
            figures.push({ element, box: box.parent, after: segments.length, href: null, kind: 'embed' });
          }
          if (name === 'pre') pre = element;
          else if (name === 'table' && isDataTable(element)) table = element;
          down = element.firstChild;
          if (down === null) leaveBox(element);
        }
      }
    }
    if (down !== null) {
      node = down;
      continue;
    }
    while (node !== null && node.next === null) {
      node = node.parent === root ? null : (node.parent as ChildNode | null);
      if (node !== null && isTag(node)) leave(node);
    }
    if (node !== null) node = node.next;
  }
  flush();
  box.end = segments.length;
  box.last = boxes.length;
  return { head, boxes, segments, figures };

  function leave(element: Element): void {
    if (ROLES.get(element.name) === INLINE) leaveInline(element);
    else leaveBox(element);
  }

  function leaveInline(element: Element): void {
    const { name } = element;
    if (name === 'a') {
      if (element.attribs.href !== undefined) linkDepth--;
    } else if (name === 'b' || name === 'strong') strongDepth--;
  }

  function leaveBox(element: Element): void {
    if (pre !== null && pre !== element) return;
    if (table !== null && table !== element) return;
    if (CONTROLS.has(element.name)) control = true;
    flush();
    pre = table = null;
    box.end = segments.length;
    box.last = boxes.length;
    box = boxes[box.parent] as Box;
  }
}

/** Class names by which scripts find the quotations that they turn into posts. */
const POSTS = ['twitter-tweet', 'twitter-video', 'instagram-media', 'tiktok-embed', 'bluesky-embed', 'text-post-media'];

function isPost(quotation: Element): boolean {
  const names = quotation.attribs.class;
  return names !== undefined && POSTS.some((name) => names.includes(name));
}

function spanOf(cell: Element): number {
  const span = Number(cell.attribs.colspan ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, MAX_COLSPAN) : 1;
}

function flowText(run: string): string {
  const folded = run.replace(/\s+/g, ' ');
  return (folded.includes(BREAK) ? folded.replace(/ ?\uE000[ \uE000]*/g, '\n') : folded).trim();
}

/** Keeps the lines as they are; an empty line inside becomes a line of one space, so that blank lines part blocks only. */
function preText(run: string): string {
  const lines = run.replace(/\r\n?/g, '\n').split('\n');
  return closeBlankLines(lines.map((line) => line.trimEnd()).join('\n'));
}

/** Rows by line, cells by tab. Rows without text are left out. */
function tableText(run: string): string {
  const rows: string[] = [];
  for (const row of run.replace(/\s+/g, ' ').split(ROW)) {
    const cells = row.split(CELL).map((cell) => cell.trim());
    if (cells[0] === '') cells.shift();
    if (cells.some((cell) => cell !== '')) rows.push(cells.join('\t').trimEnd());
  }
  return rows.join('\n');
}
