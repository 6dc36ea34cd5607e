/** The walk over an article's blocks and figures that every form of it is made by. */
import type { BlockKind, Embed, ExtractedArticle, Image } from '../record.ts';

/** What an article's body is made from. */
export type BodySource = Pick<ExtractedArticle, 'title' | 'text' | 'blocks' | 'images' | 'embeds'>;

/** One block of an article: its kind, and its text without the blank lines around it. */
export interface Block {
  kind: BlockKind;
  text: string;
}

/**
 * Pairs each block of `text` with its kind. A text with more blocks than kinds is read as paragraphs from
 * there on: a record that another program wrote must still print.
 */
function pairBlocks(text: string, kinds: readonly BlockKind[]): Block[] {
  if (text === '') return [];
  return text.split('\n\n').map((block, index) => ({ kind: kinds[index] ?? 'p', text: block }));
}

/** How a form writes each part of an article: all give markup of it, the figures as parts of their own. */
export interface Form {
  /** Items next to each other, of any depth. */
  list(items: readonly Block[]): string;
  /** Quoted paragraphs next to each other. */
  quotation(texts: readonly string[]): string;
  code(text: string): string;
  table(text: string): string;
  caption(text: string): string;
  /** @param level from 2 to 6 */
  heading(level: number, text: string): string;
  paragraph(text: string): string;
  /** @param image its caption left out where it stands in the text too */
  image(image: Image): string[];
  embed(embed: Embed): string[];
}

/** The parts of the body, in order: what stands in the text, and the figures where the page had them. */
export function renderParts(article: BodySource, form: Form): string[] {
  const blocks = pairBlocks(article.text, article.blocks);
  const captions = new Set(blocks.filter(({ kind }) => kind === 'caption').map(({ text }) => text));
  const figures = [
    ...article.images.map((image) => {
      const isSaid = image.caption !== null && captions.has(image.caption);
      return { afterBlock: image.afterBlock, rendered: form.image(isSaid ? { ...image, caption: null } : image) };
    }),
    ...article.embeds.map((embed) => ({ afterBlock: embed.afterBlock, rendered: form.embed(embed) })),
  ];
  return Array.from(layOut(blocks, article.title, figures), (part) =>
    'figure' in part ? part.figure : renderRun(part.run, form),
  );
}

function renderRun(run: readonly Block[], form: Form): string {
  const [first] = run;
  if (!first) return '';
  if (isListItem(first)) return form.list(run);
  const { kind, text } = first;
  switch (kind) {
    case 'quote':
      return form.quotation(run.map((block) => block.text));
    case 'pre':
      return form.code(text);
    case 'table':
      return form.table(text);
    case 'caption':
      return form.caption(text);
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return form.heading(Number(kind.slice(1)), text);
    default:
      return form.paragraph(text);
  }
}

const isListItem = ({ kind }: Block) => /^[uo]l[1-4]$/.test(kind);

/** A part of the laid out article: blocks that belong together, or a figure that the renderer has made. */
type Part = { run: Block[] } | { figure: string };

/**
 * The blocks in runs, with the figures where the page had them.
 *
 * Items next to each other are one list, and quoted paragraphs next to each other one quotation. A figure inside a
 * list comes after it: it would part the list and start its numbers again. Where the page's headline stands in the
 * text too, it is left out.
 *
 * @param figures rendered, in order; `afterBlock` as in the record
 */
function* layOut(
  blocks: readonly Block[],
  title: string | null,
  figures: readonly { afterBlock: number; rendered: readonly string[] }[],
): Generator<Part> {
  const after = new Map<number, string[]>();
  for (const { afterBlock, rendered } of figures) {
    const index = Math.min(afterBlock, blocks.length - 1);
    const there = after.get(index);
    if (there) there.push(...rendered);
    else after.set(index, [...rendered]);
  }
  const figuresAt = (index: number) => (after.get(index) ?? []).map((figure) => ({ figure }));

  yield* figuresAt(-1);
  for (let start = 0; start < blocks.length; ) {
    const end = endOfRun(blocks, start);
    const headline = start === 0 && /^h\d$/.test(blocks[0]?.kind ?? '') && blocks[0]?.text === title;
    if (!headline) yield { run: blocks.slice(start, end) };
    for (let index = start; index < end; index++) yield* figuresAt(index);
    start = end;
  }
}

function endOfRun(blocks: readonly Block[], start: number): number {
  const first = blocks[start];
  if (!first) return start;
  const continues = isListItem(first)
    ? isListItem
    : first.kind === 'quote'
      ? ({ kind }: Block) => kind === 'quote'
      : null;
  let end = start + 1;
  if (!continues) return end;
  for (let block = blocks[end]; block && continues(block); block = blocks[end]) end++;
  return end;
}

/** Only web addresses: a `javascript:` or `data:` source of a hostile page must not become a link of ours. */
export function webAddress(url: string | null): string | null {
  if (!url || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.href : null;
}
