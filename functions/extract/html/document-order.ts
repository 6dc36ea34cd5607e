import type { ChildNode, Element } from 'domhandler';

/**
 * The node to visit after `node` in a walk below `root` in document order, so that walks need no stack and no recursion.
 *
 * @param down the first child to visit, null to pass over what is below
 * @returns null at the end of `root`
 */
export function nextBelow(root: Element, node: ChildNode, down: ChildNode | null): ChildNode | null {
  if (down !== null) return down;
  let at: ChildNode = node;
  while (at.next === null) {
    const up = at.parent as ChildNode | null;
    if (up === root || up === null) return null;
    at = up;
  }
  return at.next;
}
