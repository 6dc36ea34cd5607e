import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Author } from '../../article/record.ts';
import { SelectorTooCostly, selectNodes } from '../markup/selector-adapter.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import { splitByline } from '../metadata/author-names.ts';
import { type DateHints, type ParsedDate, parseDate, parseStamp } from '../metadata/dates.ts';
import { linksOf, squash, textOf } from '../metadata/element-text.ts';
import type { Trace } from '../trace.ts';
import { type NamedRule, RULE_PARTS, type RulePart } from './site-rule.ts';

/** What one selector of a rule matched. */
export interface Match {
  part: RulePart;
  selector: string;
  /** In document order. */
  nodes: Node[];
  /** First words of the first match that has any, at most 120 characters. */
  first: string;
  /** Why nothing was looked for further, on a page on which the selector would take too long. */
  problem: string | null;
}

/** What a rule found on a page; null is left to the engine's own choice. */
export interface RuleFindings {
  /** For provenance: `rule NAME`. */
  rule: string;
  matches: Match[];
  title: string | null;
  authors: Author[] | null;
  published: ParsedDate | null;
  /** Elements that hold the text. */
  body: readonly Node[] | null;
  /** Elements that are no part of it. */
  dropped: ReadonlySet<Node>;
}

const MAX_AUTHORS = 50;
const MAX_TITLE = 600;
const MAX_NAME = 80;
const MAX_DATES = 20;
const SHOWN = 120;

/**
 * Reads a page by a rule alone.
 *
 * @param dates how dates of the page are read
 * @param url where the copy was taken from; links to authors are relative to it
 */
export function applyRule(
  tree: MarkupTree,
  { name, rule }: NamedRule,
  dates: DateHints,
  url: string | null,
  trace?: Trace,
): RuleFindings {
  const matches: Match[] = [];
  for (const part of RULE_PARTS) {
    const selector = rule[part];
    if (selector === undefined) continue;
    const match = matchPart(tree, part, selector);
    matches.push(match);
    const verdict = part === 'drop' ? 'drop' : 'choose';
    const found = match.problem ?? `${match.nodes.length} × ${match.first}`;
    trace?.({ step: 'site-rule', rule: `rule ${name} ${part}`, verdict, text: found, at: selector });
  }
  const nodesOf = (part: RulePart): readonly Node[] => matches.find((match) => match.part === part)?.nodes ?? [];
  const body = nodesOf('body');
  return {
    rule: `rule ${name}`,
    matches,
    title: firstOf(nodesOf('title'), (node) => statedBy(tree, node, MAX_TITLE) || null),
    authors: authorsIn(tree, nodesOf('authors'), url),
    published: firstOf(nodesOf('published').slice(0, MAX_DATES), (node) => {
      const stated = statedBy(tree, node, 300);
      return parseStamp(stated, dates) ?? parseDate(textOf(tree, node, 300), dates);
    }),
    body: body.length > 0 ? body : null,
    dropped: new Set(nodesOf('drop')),
  };
}

function matchPart(tree: MarkupTree, part: RulePart, selector: string): Match {
  try {
    const nodes = selectNodes(tree, selector);
    const first = firstOf(nodes.slice(0, MAX_DATES), (node) => statedBy(tree, node, SHOWN) || null) ?? '';
    return { part, selector, nodes, first, problem: null };
  } catch (error) {
    if (!(error instanceof SelectorTooCostly)) throw error;
    return { part, selector, nodes: [], first: '', problem: error.message };
  }
}

/** What an element states: the `content` of a meta, the `datetime` of a time, else its text. */
function statedBy(tree: MarkupTree, node: Node, cap: number): string {
  const name = tree.name(node);
  const attribute = name === 'meta' ? 'content' : name === 'time' ? 'datetime' : null;
  const value = attribute === null ? undefined : tree.attribute(node, attribute);
  return value === undefined ? textOf(tree, node, cap) : squash(value.slice(0, cap));
}

function authorsIn(tree: MarkupTree, nodes: readonly Node[], url: string | null): Author[] | null {
  const authors = new Map<string, Author>();
  for (const node of nodes.slice(0, MAX_AUTHORS)) {
    const line = statedBy(tree, node, MAX_TITLE);
    const names = splitByline(line);
    // Whoever wrote the rule knows that it is an author, even where it does not read as a name.
    if (names.length === 0 && line !== '' && line.length <= MAX_NAME) names.push(line);
    const link = names.length === 1 ? linksOf(tree, node, 1)[0] : undefined;
    for (const name of names) {
      if (!authors.has(name)) authors.set(name, { name, url: parseHttpUrl(link?.href, url)?.href ?? null });
    }
  }
  return authors.size > 0 ? [...authors.values()] : null;
}

function firstOf<T>(nodes: readonly Node[], read: (node: Node) => T | null): T | null {
  for (const node of nodes) {
    const value = read(node);
    if (value !== null) return value;
  }
  return null;
}
