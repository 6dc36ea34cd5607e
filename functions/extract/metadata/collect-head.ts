/** What the head of a page states in the walk of collect.ts: title, metas, links, JSON-LD. */
import { attributeKind } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import type { Candidates } from './candidates.ts';
import { textOf } from './element-text.ts';
import { pairsOf } from './title-pairs.ts';

const CONTENT = attributeKind('content');
const HREF = attributeKind('href');
const HTTP_EQUIV = attributeKind('http-equiv');
const ITEMPROP = attributeKind('itemprop');
const NAME = attributeKind('name');
const PROPERTY = attributeKind('property');
const REL = attributeKind('rel');
const TITLE = attributeKind('title');
const TYPE = attributeKind('type');

/** Titles of feeds that are kept. */
const MAX_SIGNS = 12;

export function readHead(tree: MarkupTree, node: Node, name: string, scope: string, found: Candidates): void {
  if (name === 'meta') readMeta(tree, node, scope, found);
  else if (name === 'link') readLink(tree, node, found);
  else if (name === 'title') {
    if (found.titleTag !== null) return;
    found.titleTag = topicFirst(textOf(tree, node, 1000), found);
    found.titlePairs = pairsOf(found.titleTag);
  } else if (/ld\+json/iu.test(tree.valueOf(node, TYPE) ?? '')) addJsonLd(tree.ownText(node), found);
}

function addJsonLd(block: string, found: Candidates): void {
  if (found.jsonLd.length < 60) found.jsonLd.push(block);
}

function readMeta(tree: MarkupTree, element: Node, scope: string, found: Candidates): void {
  const content = tree.valueOf(element, CONTENT);
  if (content === undefined || content === '') return;
  for (const naming of META_NAMES) {
    const key = tree.valueOf(element, naming);
    if (key === undefined || key === '') continue;
    const lower = key.trim().toLowerCase();
    if (
      key === tree.valueOf(element, ITEMPROP) &&
      scope !== '' &&
      /person|organization|imageobject|comment|review|rating|offer|product/u.test(scope)
    )
      continue;
    // Next.js writes so what its pages hand to the head as metadata of their own.
    if (lower === 'script:ld+json') addJsonLd(content, found);
    const list = found.metas.get(lower);
    if (!list) {
      if (found.metas.size < 500) found.metas.set(lower, [content.slice(0, 5000)]);
    } else if (list.length < 100) list.push(content.slice(0, 5000));
  }
}

const META_NAMES = [PROPERTY, NAME, ITEMPROP, HTTP_EQUIV] as const;

function readLink(tree: MarkupTree, element: Node, found: Candidates): void {
  const rel = tree.valueOf(element, REL)?.toLowerCase() ?? '';
  const href = tree.valueOf(element, HREF) ?? '';
  if (href === '') return;
  const kinds = rel.split(/\s+/u);
  if (kinds.includes('canonical')) found.canonical ??= href.trim();
  // "Harbour Post » Feed", "Search Harbour Post".
  if ((kinds.includes('alternate') || kinds.includes('search')) && found.signs.length < MAX_SIGNS) {
    const title = tree.valueOf(element, TITLE);
    if (title) found.signs.push(title.slice(0, 200));
  }
  if (kinds.includes('image_src')) found.imageSource ??= href.trim();
  if (kinds.includes('license')) found.license ??= href.trim();
}

/** What phpBB writes between the name of the board and the topic, in its translations. */
const VIEW_TOPIC =
  / (?:•|::) (?:view topic|thema anzeigen|voir le sujet|consulter le sujet|ver tema|exibir tópico|leggi argomento|bekijk onderwerp|visa ämne|vis emne|zobacz temat|zobrazit téma|téma megtekintése|просмотр темы|перегляд теми|başlık görüntüleniyor) - /iu;

/** "Harbour Forum • View topic - Ferries return" with the topic first, as other pages put it; the board states its name so. */
function topicFirst(title: string, found: Candidates): string {
  const view = VIEW_TOPIC.exec(title);
  if (view === null) return title;
  const board = title.slice(0, view.index);
  found.metas.set('application-name', [board]);
  return `${title.slice(view.index + view[0].length)} - ${board}`;
}
