/** What an element is to the reading of a page; names follow the HTML standard's content categories. */
import { TAGS } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';

export const INLINE = 0;
export const BLOCK = 1;
/** Never holds prose: scripts, styles, form controls, embedded documents; and how a word is said or typeset. */
export const SKIPPED = 2;
export const LINE_BREAK = 3;
export const RULE = 4;
export const IMAGE = 5;
/** Video, audio and frames: nothing to read inside, but their place is known. */
export const EMBED = 6;

export type Role = number;

const list = (names: string): string[] => names.split(/\s+/);

/** Elements that are not listed here are blocks: custom elements lay out a page far more often than a line. */
const ROLES: ReadonlyMap<string, Role> = new Map<string, Role>([
  ...list(
    `a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr output q rb
     rtc ruby s samp small span strike strong sub sup time tt u var wbr slot o:p st1:place math mi mo mn
     msub msup mrow mfrac msqrt mtext semantics g-emoji`,
  ).map((name): [string, Role] => [name, INLINE]),
  ...list(
    `script style template select option optgroup datalist textarea input canvas svg title meta link base
     object applet embed map area progress meter param source track col colgroup frame
     noembed noframes rt rp annotation annotation-xml`,
  ).map((name): [string, Role] => [name, SKIPPED]),
  ...list('video audio iframe amp-iframe amp-video amp-audio amp-youtube amp-twitter lite-youtube youtube-video').map(
    (name): [string, Role] => [name, EMBED],
  ),
  ...list('img amp-img').map((name): [string, Role] => [name, IMAGE]),
  ['br', LINE_BREAK],
  ['hr', RULE],
]);

const BY_KIND = Uint8Array.from(TAGS, (tag) => ROLES.get(tag) ?? BLOCK);

/** The role of an element. */
export function roleOf(tree: MarkupTree, element: Node): Role {
  const kind = tree.kind[element] as number;
  return kind < BY_KIND.length ? (BY_KIND[kind] as Role) : (ROLES.get(tree.name(element)) ?? BLOCK);
}
