/** What single texts state in the walk of collect.ts: echoes of the title, dates, bylines, lone names. */
import { type MarkupTree, type Node, ROOT } from '../markup/tree.ts';
import { mayOpenByline, mayOpenWith, opensByline } from './byline-openers.ts';
import type { Candidates } from './candidates.ts';
import { MAX_BLOCK_TEXT, MAX_LIST, NAME_REACH, readWithin, textBefore } from './collect-elements.ts';
import { lineFrom, linksOf, partsOf, squash } from './element-text.ts';
import { TextLook } from './plain-text.ts';
import { mayOpenIn } from './title-pairs.ts';
import { hasYear } from './year-mark.ts';

const NAME_LINE_LENGTH = 80;
/** A particle may stand before, see author-names.ts. */
const NAME_LINE =
  /^(?:(?:da|de|od|oleh) )?\p{Lu}[\p{L}.'’-]{0,20}(?:(?:\s[\p{L}.'’-]{1,20}){1,5}(?:$|\s?[|•·,/])|(?<=^\p{Lu}\.\p{Lu}\p{Ll}{2,20})$)/u;

const MAX_NAME_LINES = 40;
/** Lines before the headline that are kept. */
const NAMES_BEFORE = 3;

/** Characters of the longest label that stands before a date in an element of its own. */
const LABEL = 60;

const LOOK = new TextLook();

export function readText(tree: MarkupTree, node: Node, parent: Node, zone: number, found: Candidates): void {
  if (tree.isBlank(node)) return;
  // Most texts state nothing, which their first letters and their digits tell: no string is made of these.
  LOOK.read(tree, node);
  const { isPlain } = LOOK;
  let data = isPlain ? '' : tree.text(node);
  const length = isPlain ? LOOK.length : data.length;
  if (length < 40 && (isPlain ? LOOK.isBlank : data.trim() === '')) return;
  const at = found.characters;
  found.characters += length;
  if (length > 2000) {
    found.previous = -1;
    return;
  }
  if (length <= LONGEST_MARK && parent !== ROOT && (!isPlain || LOOK.mayMark(tree, node)))
    readMark(tree, node, parent, zone, squash(data || tree.text(node)), found);
  const maySay = isPlain ? mayOpenWith(LOOK.first, LOOK.second, LOOK.third) : mayOpenByline(data);
  if (found.titleTag !== null && length >= 6 && length <= 400 && found.echoes.length < 60) {
    // The first two letters settle nearly every text before anything is copied.
    const opens = !isPlain || mayOpenIn(found.titlePairs, LOOK.first, LOOK.second);
    if (opens) data ||= tree.text(node);
    if (opens && found.titleTag.includes(data.trimStart().slice(0, 6))) {
      const text = squash(data);
      if (text.length >= 6 && found.titleTag.includes(text)) {
        found.echoes.push({ text, zone, at });
        // The headline of a page without headings.
        if (found.nameReach === -1 && 2 * text.length >= found.titleTag.length) found.nameReach = at + NAME_REACH;
      }
    }
  }
  const mayDate = length < 250 && found.dateTexts.length < MAX_LIST;
  if (mayDate && (isPlain ? LOOK.holdsYear(tree, node) : hasYear(data))) {
    const text = squash(data || tree.text(node));
    // A date printed over several inline elements is whole only in its parent: `<b>3 May</b> <i>2024</i>`.
    const around = text.length < 12 && parent !== ROOT ? readWithin(tree, found, parent, 200) : text;
    if (length < DATED_BYLINE && at <= found.nameReach && found.bylines.length < MAX_LIST)
      readDatedByline(text, zone, at, found);
    found.dateTexts.push({ text: around.length < 180 ? around : text, zone, at, before: textBefore(tree, found) });
  }
  if (maySay && found.bylines.length < MAX_LIST && length < 250 && parent !== ROOT) {
    data ||= tree.text(node);
    const text = data.trim();
    const opening = text === '' ? null : opensByline(text);
    if (opening !== null) {
      let holder = parent;
      let around = readWithin(tree, found, holder, MAX_BLOCK_TEXT, true);
      // Old pages part byline and date by a line break only.
      const isLine =
        opening === 'opens' && (around.startsWith(text) || (at <= found.nameReach && beginsLine(tree, node)));
      if (isLine) around = lineFrom(tree, node, MAX_BLOCK_TEXT);
      else if (opening === 'opens') around = withoutDay(around, text);
      // `<p><span>By</span></p> <a>Ann Lee</a>`: the name stands beside the word's own element, or its parent's.
      for (let up = 0; up < 3 && opening === 'alone' && around.endsWith(text); up++) {
        const outer = tree.parent[holder] as Node;
        if (outer === ROOT) break;
        holder = outer;
        around = readWithin(tree, found, holder, MAX_BLOCK_TEXT, true);
      }
      // `<h3>Author</h3> <p>Ann Lee</p>`: a word in an element of its own is set off as by a colon.
      if (around.startsWith(text) && opening === 'alone')
        around = `${text.replace(/[\s:]+$/u, '')}: ${around.slice(text.length)}`;
      if (around.length < 250)
        found.bylines.push({
          text: around,
          zone,
          at,
          links: isLine
            ? linksOf(tree, holder, 12).filter((link) => around.includes(link.text))
            : linksOf(tree, holder, 12),
          parts: partsOf(tree, holder),
          source: 'opener',
        });
    }
  }
  if (at === found.iconAt && length < NAME_LINE_LENGTH && found.bylines.length < MAX_LIST) {
    const text = squash(data || tree.text(node));
    found.bylines.push({ text, zone, at, links: [], parts: [text], source: 'icon' });
  }
  const alone = parent === node - 1 && tree.end[parent] === node + 1;
  const isRead = found.nameReach === -1 || (at <= found.nameReach && found.nameLines.length < MAX_NAME_LINES);
  if (alone && length < NAME_LINE_LENGTH && isRead) {
    const text = squash(data || tree.text(node));
    if (NAME_LINE.test(text)) {
      // Of those before the headline the last count.
      if (found.nameReach === -1 && found.nameLines.length === NAMES_BEFORE) found.nameLines.shift();
      found.nameLines.push({ text, zone, at });
    }
  }
  found.previous = length <= LABEL ? node : -1;
}

/** Characters of the longest text that parts or heads a list of links. */
const LONGEST_MARK = 24;
/** What parts the links of the way to a page; behind a bar stands the next of a menu. */
const CRUMB_MARK = /^(?:[>»›→/]|::|»»|>>|\\)$/u;
/** What heads a list of topics. */
const TAGS_LABEL =
  /^(?:tags?|tagged(?: with)?|keywords?|topics?|schlagworte?|schlagwörter|stichworte?|mots[- ]cl[ée]s|étiquettes?|etiquetas?|temas|palabras clave|palavras[- ]chave|argomenti|parole chiave|trefwoorden|emner|ämnen|avainsanat|asiasanat|tagi|tematy|słowa kluczowe|štítky|klíčová slova|címkék|etichete|oznake|ključne besede|теги|метки|ключевые слова|ключові слова|тагове|етикети|етикете|ετικέτες|etiketler|الوسوم|كلمات مفتاحية|برچسب‌ها|תגיות|टैग्स?|タグ|キーワード|関連キーワード|标签|標籤|关键词|關鍵字|태그|từ khóa|chủ đề|แท็ก)\s?[:：]$/iu;

/** Notes the links that a text parts as the way to the page, or heads as its topics. */
function readMark(tree: MarkupTree, node: Node, parent: Node, zone: number, text: string, found: Candidates): void {
  if (found.labels.length >= MAX_LIST) return;
  if (CRUMB_MARK.test(text)) {
    // Only the first mark of a row is asked, and a row begins with the front page.
    const holder = tree.name(parent) === 'a' || tree.name(parent) === 'span' ? (tree.parent[parent] as Node) : parent;
    const before = found.labels.at(-1);
    if (holder === ROOT || (before?.kind === 'breadcrumbs' && found.characters - before.at < CRUMBS_APART)) return;
    if (found.budget-- <= 0) return;
    const links = linksOf(tree, holder, MOST_CRUMBS + 1);
    const [first] = links;
    if (first === undefined || links.length < 2 || links.length > MOST_CRUMBS || !isFrontPage(first.href)) return;
    if (links.some((link) => link.text.length > 60)) return;
    const label = squash(tree.text(node));
    if (label === '/' && links.length > MOST_BY_SLASH) return;
    found.labels.push({ text: '', zone, at: found.characters, links, kind: 'breadcrumbs' });
  } else if (TAGS_LABEL.test(text)) {
    const around = tree.parent[parent] as Node;
    const own = linksOf(tree, parent, 31);
    const links = own.length > 0 || around === ROOT || found.budget-- <= 0 ? own : linksOf(tree, around, 31);
    if (links.length > 0 && links.length <= 30)
      found.labels.push({ text: '', zone, at: found.characters, links, kind: 'tags', isLabelled: true });
  }
}

/** Characters within which marks part the same row. */
const CRUMBS_APART = 300;
const MOST_CRUMBS = 6;
/** Menus are parted by slashes too, and are longer. */
const MOST_BY_SLASH = 4;

const isFrontPage = (href: string): boolean =>
  /^(?:(?:https?:)?\/\/[^/?#]{1,100})?\/?(?:index\.\w{2,5}|home\/?)?$/iu.test(href.trim());

/** Elements behind which a line begins. */
const LINE_ENDS = /^(?:br|hr|h[1-6]|p|div|ul|table|center)$/;

/** Whether a text begins a line: what stands before it beside it is a line break or a block, blank texts between them. */
function beginsLine(tree: MarkupTree, text: Node): boolean {
  const parent = tree.parent[text] as Node;
  let before = text - 1;
  while (before > parent && tree.isText(before) && tree.isBlank(before)) before--;
  while (before > parent && tree.parent[before] !== parent) before = tree.parent[before] as Node;
  return before > parent && tree.isElement(before) && LINE_ENDS.test(tree.name(before));
}

/** Characters of a byline by which it is found in its line. */
const BYLINE_START = 12;
/** Characters of the longest day with its label before a byline in one line. */
const DAY_BEFORE = 60;

/** "3 May 2024 ｜ By Ann Lee", "Permalink By Ann Lee": a day or a link before a byline is none of it. */
function withoutDay(line: string, byline: string): string {
  const before = line.slice(0, Math.max(0, line.indexOf(byline.slice(0, BYLINE_START))));
  const isDated = before.length <= DAY_BEFORE && hasYear(before);
  return isDated || /^permalink\s{0,3}$/iu.test(before) ? line.slice(before.length) : line;
}

/** Characters of the longest line that holds a date and a byline. */
const DATED_BYLINE = 120;
const LINE_PARTS = /\s*[|｜·•]\s*/u;

/** "3 May 2024 | By Ann Lee": the byline stands behind the day. */
function readDatedByline(line: string, zone: number, at: number, found: Candidates): void {
  for (const text of line.split(LINE_PARTS).slice(1)) {
    if (text.length > 8 && mayOpenByline(text) && opensByline(text) === 'opens')
      found.bylines.push({ text, zone, at, links: [], parts: [text], source: 'opener' });
  }
}
