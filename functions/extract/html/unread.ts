import { attributeKind } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';

const CLASS = attributeKind('class');
const HREF = attributeKind('href');
const HASH = 35;

/** Nodes of the longest reference: `<sup><a><span>[</span>1<span>]</span></a></sup>`. */
const NODES = 10;
/** What a reference to a note reads: `1`, `[2]`, `*`. */
const REFERENCE = /^[\s[(]{0,3}(?:\d{1,3}|[a-z*†‡§]|note \d{1,3})[\s\])]{0,3}$/iu;
/** What a link to a place on the page reads where it only marks that place: `¶`, `#`, `↩`. */
const MARK = /^(?:\s|[#¶§↩↑^🔗⚓]|\ufe0e|\ufe0f){1,4}$/u;
/** A copy for the eye of what MathML says, the links by which a heading is edited, and stand-ins until mathematics are set. */
const COPIES = /(?:^|\s)(?:katex-html|mw-editsection|MathJax_Preview|mjx-assistive-mml)(?:$|\s)/u;
/** First letters of these names. */
const COPY_STARTS = new Set([...'kmM'].map((char) => char.charCodeAt(0)));

/**
 * Whether an inline element is no part of the sentence it stands in: the mark of a footnote, the anchor of a heading,
 * mathematics a second time.
 */
export function isUnread(tree: MarkupTree, node: Node, name: string): boolean {
  if (name === 'a') return leadsToPlace(tree, node) && MARK.test(shortText(tree, node));
  if (name === 'sup') {
    for (let child = node + 1; child < (tree.end[node] as number) && child <= node + 2; child++)
      if (tree.name(child) === 'a' && leadsToPlace(tree, child)) return REFERENCE.test(shortText(tree, node));
    return false;
  }
  if (name !== 'span') return false;
  const at = tree.find(node, CLASS);
  if (at === -1 || !COPY_STARTS.has(tree.source.bytes[tree.valueFrom[at] as number] as number)) return false;
  return COPIES.test(tree.value(at));
}

/** Whether a link leads to a place on the page itself. */
function leadsToPlace(tree: MarkupTree, link: Node): boolean {
  const at = tree.find(link, HREF);
  return at !== -1 && tree.source.bytes[tree.valueFrom[at] as number] === HASH;
}

/** The text of an element that holds next to nothing; '' for any other. */
function shortText(tree: MarkupTree, node: Node): string {
  const end = tree.end[node] as number;
  if (end - node > NODES) return '';
  let text = '';
  for (let child = node + 1; child < end && text.length < 20; child++) if (tree.isText(child)) text += tree.text(child);
  return text;
}
