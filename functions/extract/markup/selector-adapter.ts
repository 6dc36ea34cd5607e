/** CSS selectors over the numbered nodes of a page: cheerio's own selector engine (css-select), given our tree to walk. */
import { compile, type Options } from 'css-select';
import { type MarkupTree, type Node, ROOT } from './tree.ts';

/** Nodes that matching one selector may visit for each node of the page, and besides; siblings asked for in turn are n². */
const VISITS = { eachNode: 30, besides: 100_000 } as const;

/** A selector asked for more than a page of that size is worth. */
export class SelectorTooCostly extends Error {
  override readonly name = 'SelectorTooCostly';
}

/**
 * Elements that a selector matches, in document order. As with cheerio what stands inside a `template` is not looked at.
 *
 * @param selector a CSS selector list, such as `main > p:not(.advert)`
 * @throws SyntaxError where the selector is none, {@link SelectorTooCostly} where it visits too much of the page
 */
export function selectNodes(tree: MarkupTree, selector: string): Node[] {
  const matches = compileSelector(tree, selector);
  const found: Node[] = [];
  for (let node = 1; node < tree.count; node++) {
    if (!tree.isElement(node)) continue;
    if (matches(node)) found.push(node);
    if (tree.name(node) === 'template') node = (tree.end[node] as number) - 1;
  }
  return found;
}

/** What the engine passes over as if nothing were missing. */
const UNFINISHED = /^$|[>+~,]$/;

function compileSelector(tree: MarkupTree, selector: string): (element: Node) => boolean {
  if (UNFINISHED.test(selector.trim())) throw new SyntaxError('It ends where an element should be named.');
  try {
    return compile<Node, Node>(selector, { adapter: adapterOf(tree), cacheResults: false });
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error));
  }
}

function adapterOf(tree: MarkupTree): NonNullable<Options<Node, Node>['adapter']> {
  let left = VISITS.eachNode * tree.count + VISITS.besides;
  const visit = (): void => {
    if (--left < 0) throw new SelectorTooCostly('It visits too many elements of this page.');
  };
  const isTag = (node: Node): node is Node => tree.isElement(node);
  const getChildren = (node: Node): Node[] => {
    const children: Node[] = [];
    for (let child = tree.firstChild(node); child !== ROOT; child = tree.nextSibling(child)) {
      visit();
      children.push(child);
    }
    return children;
  };
  /** The first element among nodes and what stands inside them, in document order, for which the test holds. */
  const findFirst = (test: (node: Node) => boolean, nodes: readonly Node[]): Node | null => {
    for (const root of nodes) {
      for (let node = root; node < (tree.end[root] as number); node++) {
        visit();
        if (tree.isElement(node) && test(node)) return node;
      }
    }
    return null;
  };
  return {
    isTag,
    getName: (node) => tree.name(node),
    getParent: (node) => {
      visit();
      return node === ROOT ? null : (tree.parent[node] as Node);
    },
    getChildren,
    getSiblings: (node) => (node === ROOT ? [ROOT] : getChildren(tree.parent[node] as Node)),
    getAttributeValue: (node, name) => tree.attribute(node, name),
    hasAttrib: (node, name) => tree.attribute(node, name) !== undefined,
    getText: (root) => {
      let text = '';
      for (let node = root; node < (tree.end[root] as number); node++) {
        visit();
        text += tree.text(node);
      }
      return text;
    },
    existsOne: (test, nodes) => findFirst(test, nodes) !== null,
    findOne: findFirst,
    findAll: (test, nodes) => {
      const found: Node[] = [];
      for (const root of nodes) {
        for (let node = root; node < (tree.end[root] as number); node++) {
          visit();
          if (tree.isElement(node) && test(node)) found.push(node);
        }
      }
      return found;
    },
    removeSubsets: (nodes) => {
      const outermost: Node[] = [];
      let end = -1;
      for (const node of [...nodes].sort((a, b) => a - b)) {
        if (node < end) continue;
        outermost.push(node);
        end = tree.end[node] as number;
      }
      return outermost;
    },
  };
}
