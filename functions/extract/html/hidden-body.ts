/**
 * The article of pages whose markup holds next to nothing of it, because a script draws the page or a wall cuts it
 * off: it then often stands in a statement, in the state the script starts from, or in an element that is not shown.
 */
import { decodeHTML } from 'entities';
import { attributeKind, elementKind } from '../markup/names.ts';
import { parseMarkup } from '../markup/parse.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import { classifyBlocks, NAME_WEIGHTS, PHRASE_WEIGHTS } from './block-model.ts';
import { assembleBody, type Body } from './body.ts';
import { chooseBody } from './choose-body.ts';
import { measureBlocks } from './features.ts';
import { dropFrontMatter, type Said } from './front-matter.ts';
import { CAPTION, FIGURE_CAPTION } from './hints.ts';
import { bodyInState } from './script-state.ts';
import { segmentPage } from './segment.ts';

const SCRIPT = elementKind('script');
const TEMPLATE = elementKind('template');
const NOSCRIPT = elementKind('noscript');
const SRC = attributeKind('src');

/** Words that markup must yield at least before other sources are looked at; a page that renders in the browser yields fewer. */
const NEXT_TO_NOTHING = 60;
/** Words that what is called the body, or bears the title, has at least: Korean and Georgian say much in few. */
const FEWEST_STATED = 40;
/** How many times the markup's words another source must have to replace it. */
const RATHER_MORE = 3;
/** Unshown elements read at most. */
const MAX_FRAGMENTS = 20;
const MAX_SOURCE = 2_000_000;

export interface HiddenBody {
  body: Body;
  /** Where it was found, for provenance. */
  rule: string;
  /** It is called the body, or bears the page's title; shops and listings keep their texts in state and templates too. */
  isStated: boolean;
}

/**
 * The body from where it is not shown, in order of trust: JSON-LD, `<template>` and `<noscript>`, script state.
 *
 * @param said what the metadata say: by the title its state is told from that of others
 * @returns null where the markup holds the article, or nothing else holds rather more of it
 */
export function hiddenBody(
  tree: MarkupTree,
  stated: string | null,
  said: Said,
  asOf: Date,
  inMarkup: Body,
): HiddenBody | null {
  if (inMarkup.words >= NEXT_TO_NOTHING) return null;
  const found = (body: Body | null, rule: string, isStated: boolean): HiddenBody | null => {
    const least = Math.max(isStated ? FEWEST_STATED : NEXT_TO_NOTHING, RATHER_MORE * inMarkup.words);
    return body !== null && body.words >= least ? { body, rule, isStated } : null;
  };
  if (stated !== null) {
    const body = found(bodyOfSource(stated), 'json-ld articleBody', true);
    if (body) return body;
  }
  const { fragments, scripts } = unshown(tree);
  for (const element of fragments) {
    const body = found(bodyInside(tree, element, said, asOf), `<${tree.name(element)}>`, false);
    if (body) return body;
  }
  const state = bodyInState(scripts, said.title);
  return state === null ? null : found(bodyOfSource(state.source), 'script state', state.isTitled);
}

const BLOCK_MARKUP = /<(?:p|br|div|h[1-6]|li|blockquote)\b/i;

/** Where a script puts an advertisement or an embed: `$$ARTICLEAD$$`, `[[image:1]]`, `{{quote}}`. */
const SLOT = /^(?:\$\$|\[\[|\{\{|%%|##)[^\n]{1,60}(?:\$\$|\]\]|\}\}|%%|##)$/;

/** A body given as HTML, escaped or not, or as lines. All of it is the article, save captions and slots. */
function bodyOfSource(source: string): Body | null {
  const text = source.slice(0, MAX_SOURCE);
  const html = BLOCK_MARKUP.test(text) ? text : decodeHTML(text);
  if (!BLOCK_MARKUP.test(html)) return bodyOfLines(decodeHTML(html));
  const tree = parseMarkup(html);
  if (tree === null) return null;
  const page = segmentPage(tree, NAME_WEIGHTS);
  const keep = Uint8Array.from(page.segments, ({ text, box }) =>
    SLOT.test(text) || (page.boxes.around[box] as number) & (CAPTION | FIGURE_CAPTION) ? 0 : 1,
  );
  return { ...assembleBody(page, keep), segments: [] };
}

function bodyOfLines(text: string): Body {
  const lines = text
    .replace(/<[^<>]{0,500}>/g, ' ')
    .split(/[\r\n]+/)
    .map((line) => line.replace(/\s+/g, ' ').trim().normalize('NFC'))
    .filter((line) => line !== '');
  const words = lines.reduce((sum, line) => sum + line.split(' ').length, 0);
  return { text: lines.join('\n\n'), blocks: lines.map(() => 'p'), segments: [], words };
}

/** What an unshown element holds is judged like a page of its own. */
function bodyInside(tree: MarkupTree, element: Node, said: Said, asOf: Date): Body | null {
  const page = segmentPage(tree, NAME_WEIGHTS, element);
  if (page.segments.length === 0) return null;
  const choice = chooseBody(page, classifyBlocks(measureBlocks(page, PHRASE_WEIGHTS)));
  dropFrontMatter(page.segments, choice.keep, said, asOf);
  return { ...assembleBody(page, choice.keep), segments: [] };
}

/** Elements that are not shown but may hold text, and the text of scripts, in document order. */
export function unshown(tree: MarkupTree): { fragments: Node[]; scripts: string[] } {
  const fragments: Node[] = [];
  const scripts: string[] = [];
  for (let node = 1; node < tree.count; node++) {
    const kind = tree.kind[node] as number;
    if (kind === SCRIPT) {
      if (tree.find(node, SRC) === -1) scripts.push(tree.ownText(node));
    } else if (kind === TEMPLATE || kind === NOSCRIPT) {
      if (fragments.length < MAX_FRAGMENTS) fragments.push(node);
    } else continue;
    node = (tree.end[node] as number) - 1;
  }
  return { fragments, scripts };
}
