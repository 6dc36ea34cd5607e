/** First lines that are indented by spaces which do not collapse: how pages set paragraphs before style sheets. */
import type { MarkupTree, Node } from '../markup/tree.ts';

/** Two no-break spaces, or one as wide as an ideograph. */
const INDENT = /^[ \t\r\n]{0,20}(?:\u00a0[ \t]{0,4}\u00a0|\u3000)/;
/** Characters that are looked at. */
const REACH = 40;

/** Whether a text begins with an indent: `<br>&nbsp;&nbsp;&nbsp;The ferry …`. Lists are indented as well, but end in no stop. */
export function isIndented(tree: MarkupTree, text: Node): boolean {
  return INDENT.test(tree.text(text).slice(0, REACH));
}
