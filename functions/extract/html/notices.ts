import type { MarkupTree, Node } from '../markup/tree.ts';
import type { Box, Boxes } from './boxes.ts';
import {
  ADVERTISEMENT_LABELS,
  COMMENT_LABELS,
  COMMENTS_ON,
  CONTACT_LABELS,
  claimsRights,
  FILED_UNDER,
  NOTICE,
  noticeWords,
  OLD_FOOT,
  SPONSORED,
  saysHowToUnsubscribe,
  saysWhoOwnsComments,
  TEXT_SIZE,
} from './notice-words.ts';
import type { Page, Segment } from './page.ts';

/** Words, or characters where each may be a word, of the longest appeal to subscribe. */
const LONGEST = { words: 60, characters: 500, unparted: 160 } as const;
/** Words of the longest claim of rights. */
const LONGEST_CLAIM = 110;
/** Kept blocks at the end among which rights are claimed: in the same frame as the paragraphs, and in another. */
const TAIL = 2;
const FOOT = 6;
/** Words of a line that names a sponsor. */
const SPONSOR_WORDS = 8;
/** Words of a line at the foot of a letter. */
const FOOT_WORDS = 20;
/** Characters of the longest label. */
const LONGEST_LABEL = 50;
/** Words of a block that holds a label, and characters of the longest line that ends with a label. */
const LINE_WORDS = 40;
const LONGEST_LINE = 200;
/** Words of the article that stand before its comments at least. */
const LEAST_BEFORE = 25;

/** Chance from which a block is of the article whatever it says: articles on newsletters exist. */
const SURE = 0.9;

/**
 * Drops what a site says for itself: appeals to subscribe and to log in, claims of rights, labels of advertisements. They
 * are whole sentences, and in most languages nothing was learned of their wording; so words are asked of what stands in
 * another frame than the paragraphs do.
 */
export function dropNotices({ tree, segments, boxes }: Page, scores: Float32Array, keep: Uint8Array): void {
  const home = homeOf(segments, boxes, keep);
  let behind = 0;
  for (let i = segments.length - 1; i >= 0; i--) {
    if (keep[i] === 0) continue;
    const { box, form, linkLetters, text, words } = segments[i] as Segment;
    const place = behind++;
    if (form !== 'flow') continue;
    const isApart = boxes.signature[box] !== home;
    if (text.length <= LONGEST_LABEL && ADVERTISEMENT_LABELS.has(labelOf(text))) keep[i] = 0;
    else if (words <= SPONSOR_WORDS && (SPONSORED.test(text) || TEXT_SIZE.test(text))) keep[i] = 0;
    else if (place < (isApart ? FOOT : TAIL) && words <= LONGEST_CLAIM && claimsRights(text)) keep[i] = 0;
    else if (place < FOOT && words <= FOOT_WORDS && saysHowToUnsubscribe(text)) keep.fill(0, i);
    else if (place < FOOT && linkLetters > 0 && words <= LONGEST_CLAIM && FILED_UNDER.test(text.slice(0, LONGEST_LINE)))
      keep[i] = 0;
    else if (place < FOOT && words <= FOOT_WORDS && OLD_FOOT.test(text.slice(0, LONGEST_LINE))) keep[i] = 0;
    else if (isApart) {
      const isDoubtful = (scores[i] as number) < SURE;
      const frame = frameOf(box, segments, boxes, home);
      const isField = frame > 0 && words <= LINE_WORDS && asksForAddress(tree, boxes.node[frame] as Node);
      if (!isField && !(isDoubtful && isAppeal(segments[i] as Segment, boxes))) continue;
      for (let k = boxes.first[frame] as number; k < (boxes.end[frame] as number); k++) {
        const part = segments[k] as Segment;
        if (k === i || part.words <= PART_WORDS || boxes.heading[part.box] !== 0) keep[k] = 0;
      }
    }
  }
}

/** Words and characters of the longest label. */
const LABEL = { words: 4, characters: 30 } as const;

/** Drops a label at the end that heads what is not kept: "Share:". */
export function dropTrailingLabel(segments: readonly Segment[], keep: Uint8Array): void {
  const last = keep.lastIndexOf(1);
  if (last <= keep.indexOf(1)) return;
  const { form, words, text } = segments[last] as Segment;
  if (form !== 'flow' || words > LABEL.words || text.length > LABEL.characters) return;
  if (/[:：]$/u.test(text)) keep[last] = 0;
}

/** Nodes of the largest element in which a field for an address is looked for. */
const FORM_NODES = 200;
const ADDRESS_FIELD = /e-?mail|correo|courriel|newsletter/i;

/** Whether an element asks readers for their address for mail: what stands in it is said for that. */
function asksForAddress(tree: MarkupTree, element: Node): boolean {
  const end = tree.end[element] as number;
  if (end > element + FORM_NODES) return false;
  let asks = false;
  for (let node = element + 1; node < end; node++) {
    if (!tree.isElement(node)) continue;
    const name = tree.name(node);
    // Where more than an address is asked for, readers comment or order.
    if (name === 'textarea') return false;
    if (name === 'input')
      asks ||= ['type', 'name', 'id', 'placeholder'].some((key) => ADDRESS_FIELD.test(tree.attribute(node, key) ?? ''));
  }
  return asks;
}

function isAppeal({ box, text, words }: Segment, boxes: Boxes): boolean {
  if (boxes.item[box] !== -1) return false;
  // In scripts that part no words each character counts as one.
  if (text.length > (words <= LONGEST.words ? LONGEST.characters : LONGEST.unparted)) return false;
  const said = noticeWords(text);
  const has = (bit: number) => (said & bit) !== 0;
  if (has(NOTICE.offer)) return true;
  if (has(NOTICE.newsletter)) return has(NOTICE.subscribing) || has(NOTICE.receiving);
  if (has(NOTICE.subscribing)) return has(NOTICE.mailbox) || has(NOTICE.loggingIn);
  return has(NOTICE.loggingIn) && has(NOTICE.subscriber);
}

/** Words of the largest frame that holds an appeal and nothing else, and of a part of it: its heading, its button. */
const FRAME_WORDS = 120;
const PART_WORDS = 8;

/** The largest box around an appeal that holds no paragraph of the article. */
function frameOf(inner: Box, segments: readonly Segment[], boxes: Boxes, home: number): Box {
  let frame = inner;
  for (;;) {
    const around = boxes.parent[frame] as Box;
    if (around <= 0) return frame;
    let words = 0;
    for (let i = boxes.first[around] as number; i < (boxes.end[around] as number); i++) {
      const segment = segments[i] as Segment;
      words += Math.max(1, segment.words);
      if (words > FRAME_WORDS || boxes.signature[segment.box] === home) return frame;
    }
    frame = around;
  }
}

/** Names and frames of the box that holds most of the words kept: what has others stands apart. */
function homeOf(segments: readonly Segment[], boxes: Boxes, keep: Uint8Array): number {
  const words = new Map<number, number>();
  let home = 0;
  let most = 0;
  for (let i = 0; i < segments.length; i++) {
    if (keep[i] === 0) continue;
    const segment = segments[i] as Segment;
    const signature = boxes.signature[segment.box] as number;
    const sum = (words.get(signature) ?? 0) + segment.words;
    words.set(signature, sum);
    if (sum > most) [home, most] = [signature, sum];
  }
  return home;
}

/** The number that boards give the first answer. */
const NEXT_POST = /^(?:#2|2#|2楼|2樓|post #2|reply #1)$/iu;
/** Words of the line of a day. */
const POST_WORDS = 8;

/** Chance from which a block behind the label shows that the article goes on there. */
const GOES_ON = 0.95;

/**
 * Drops whatever follows the label that heads the comments, where nothing else names them so. A label with paragraphs that
 * surely are the article's behind it is a link to the comments, or counts them.
 */
export function dropBehindCommentLabel(segments: readonly Segment[], scores: Float32Array, keep: Uint8Array): void {
  const last = scores.findLastIndex((score, i) => score >= GOES_ON && keep[i] === 1);
  let before = 0;
  let found = -1;
  /** The label found counts the comments, at the top of what is theirs or far from them. */
  let isCount = false;
  for (let i = 0; i < segments.length; i++) {
    const { words, letters, linkLetters } = segments[i] as Segment;
    if (keep[i] === 1) before += words;
    if (before >= LEAST_BEFORE && i >= last && words <= 2 && NEXT_POST.test((segments[i] as Segment).text)) {
      // The day of the answer stands before its number, or behind.
      const start =
        keep[i - 1] === 1 &&
        /\d/u.test((segments[i - 1] as Segment).text.slice(0, LONGEST_LABEL)) &&
        (segments[i - 1] as Segment).words <= POST_WORDS
          ? i - 1
          : i;
      found = start;
      break;
    }
    if (before < LEAST_BEFORE || i < last || words > LINE_WORDS || linkLetters === letters) continue;
    if (saysWhoOwnsComments((segments[i] as Segment).text)) {
      found = i;
      break;
    }
    const { text } = segments[i] as Segment;
    const end = text.indexOf('\n');
    const line = end === -1 ? text : text.slice(0, end);
    if (line.length > LONGEST_LINE) continue;
    // PHP-Nuke heads them with title and links: `"Ferries return" | Login | 2 comments`.
    const label = line.slice(line.lastIndexOf('|') + 1);
    if ((label.length > LONGEST_LABEL && !COMMENTS_ON.test(line)) || (linkLetters > 0 && label === text)) continue;
    if (!COMMENT_LABELS.has(labelOf(label)) && !COMMENTS_ON.test(line)) continue;
    // Each of many wares or entries may have comments of its own.
    if (found !== -1 && !isCount) return;
    isCount = /^\d/u.test(text);
    found = i;
  }
  if (found !== -1) keep.fill(0, found);
}

/** Blocks and words behind the label of a contact at most, and blocks right behind it among which one says how to reach them. */
const CONTACT = { blocks: 12, words: 160, near: 4 } as const;
const REACHED_BY = /@[\w-]{1,63}\.|\+?\(?\d{2,5}\)?[\s/.-]\d{2,5}[\s/.-]?\d{2}/u;

/** Drops whom to ask at the end of a press release, from its label on. */
export function dropPressContact(segments: readonly Segment[], keep: Uint8Array): void {
  let words = 0;
  const behind: number[] = [];
  for (let i = keep.lastIndexOf(1); i >= 0 && behind.length <= CONTACT.blocks && words <= CONTACT.words; i--) {
    if (keep[i] === 0) continue;
    const { text, words: own } = segments[i] as Segment;
    if (text.length <= LONGEST_LABEL && CONTACT_LABELS.has(labelOf(text))) {
      const near = behind.slice(-CONTACT.near);
      if (near.some((k) => REACHED_BY.test((segments[k] as Segment).text.slice(0, 400)))) keep.fill(0, i);
    }
    behind.push(i);
    words += own;
  }
}

/** Of ASCII, which most labels begin and end with. */
const isPlainLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

/** A label without the signs and the number around it: "— 2 Comments:" is `comments`. */
function labelOf(text: string): string {
  const first = isPlainLetter(text.charCodeAt(0)) ? 0 : text.search(/\p{L}/u);
  if (first === -1) return '';
  let end = text.length;
  while (end > first && !isPlainLetter(text.charCodeAt(end - 1)) && !/[\p{L}\p{M}]/u.test(text.charAt(end - 1))) end--;
  return text.slice(first, end).toLowerCase();
}
