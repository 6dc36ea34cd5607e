import type { Source } from '../markup/source.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import type { Box, Boxes } from './boxes.ts';
import type { Counts } from './counts.ts';
import type { Form, TextRun } from './text-run.ts';

/**
 * One block of text: what stands between two block boundaries, with what its characters tell. Most blocks stand in the
 * source as they are, and few are ever asked for their text, so it is made then.
 */
export class Segment {
  readonly index: number;
  readonly box: Box;
  readonly form: Form;
  readonly words: number;
  readonly letters: number;
  readonly linkLetters: number;
  /** Sentence ends, in any script. */
  readonly stops: number;
  readonly anchors: Node[] | null;
  /** Where the text stands in the source; −1 where it was put together. */
  readonly from: number;
  readonly to: number;
  readonly #source: Source;
  #text: string | null;

  /** @param text null where it is what stands in the source at the place of the run */
  constructor(
    index: number,
    box: Box,
    form: Form,
    run: TextRun,
    text: string | null,
    source: Source,
    anchors: Node[] | null,
  ) {
    this.index = index;
    this.box = box;
    this.form = form;
    this.words = run.words;
    this.letters = run.letters;
    this.linkLetters = run.linkLetters;
    this.stops = run.stops;
    this.anchors = anchors;
    this.from = text === null ? run.from : -1;
    this.to = text === null ? run.to : -1;
    this.#source = source;
    this.#text = text;
  }

  get text(): string {
    this.#text ??= this.#source.slice(this.from, this.to).trim();
    return this.#text;
  }

  /** Takes the first lines away, which old pages part from the text by no more than a line break. */
  dropLines(count: number): void {
    const lines = this.text.split('\n');
    this.#text = lines.slice(count).join('\n').trim();
  }

  /** The first code unit. */
  get opening(): number {
    const code = this.from === -1 ? UNREAD : (this.#source.bytes[this.from] as number);
    return code < UNREAD ? code : this.text.charCodeAt(0);
  }

  /** A code unit from the end, 1 for the last; what stands behind it must be ASCII. */
  closing(place: number): number {
    const code =
      this.to - place < this.from || this.from === -1 ? UNREAD : (this.#source.bytes[this.to - place] as number);
    return code < UNREAD ? code : this.text.charCodeAt(this.text.length - place);
  }
}

/** Of bytes, the first that is no character by itself. */
const UNREAD = 0x80;

export interface Figure {
  element: Node;
  box: Box;
  /** Number of blocks that stand before it. */
  after: number;
  /** The address of the link that wraps it, if any. */
  href: string | null;
  kind: 'image' | 'embed' | 'noscript';
}

/** What the head says, as far as the body needs it. */
export interface Head {
  title: string | null;
  description: string | null;
  /** What relative addresses are relative to, where the page says so. */
  base: string | null;
}

export interface Page {
  tree: MarkupTree;
  head: Head;
  boxes: Boxes;
  segments: Segment[];
  /** By block as {@link segments}. */
  counts: Counts;
  figures: Figure[];
  /** Players of plug-ins and posts that a script sets; apart, for what is learned of figures was learned without them. */
  players: Figure[];
  /** It is an archive's copy, by the bar laid over it. */
  isArchived: boolean;
}
