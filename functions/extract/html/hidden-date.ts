/** The day of publication on pages that state none but in the state that their script starts from. */
import type { MarkupTree } from '../markup/tree.ts';
import { type DateHints, type ParsedDate, parseStamp } from '../metadata/dates.ts';
import type { Json } from '../metadata/lenient-json.ts';
import { titleKey } from '../metadata/title.ts';
import { unshown } from './hidden-body.ts';
import { bearsTitle, markOfTitle, stateOf } from './state-values.ts';

/** Values visited at most. */
const MAX_VALUES = 300_000;

/** Words of a key under which a day stands, as `publishedAt`, `deploy_dt` or `date`. */
const DAY = new Set(['date', 'datetime', 'dt', 'time', 'at', 'on', 'day', 'timestamp', 'published', 'pubdate']);
/** Words that say which day: of publication, or of the entry, which is believed where the former is not stated. */
const PUBLICATION = new Set([
  'publish',
  'published',
  'publication',
  'pub',
  'pubdate',
  'issued',
  'deploy',
  'release',
  'live',
]);
const ENTRY = new Set([
  'date',
  'datetime',
  'created',
  'create',
  'creation',
  'first',
  'posted',
  'post',
  'display',
  'article',
]);
/** Words of other days. */
const OTHER = new Set(
  'update updated modified modify modification edit edited changed last re expire expires expiry end start event crawl fetched data valid deleted archived un unpublish'.split(
    ' ',
  ),
);

/**
 * The day that the object with the page's title states in the state of a script.
 *
 * @returns null where no such object states one
 */
export function dateInState(tree: MarkupTree, title: string | null, hints: DateHints): ParsedDate | null {
  if (title === null) return null;
  const wanted = titleKey(title);
  let entry: ParsedDate | null = null;
  const stack: Json[] = [...stateOf(unshown(tree).scripts, markOfTitle(title, wanted)).roots].reverse();
  for (let left = MAX_VALUES; stack.length > 0 && left > 0; left--) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (bearsTitle(value, wanted) && !Array.isArray(value)) {
      for (const [key, stated] of Object.entries(value)) {
        const kind = kindOf(key);
        if (kind === null || (typeof stated !== 'string' && typeof stated !== 'number')) continue;
        const date = parseStamp(String(stated), hints);
        if (date !== null && kind === 'publication') return date;
        entry ??= date;
      }
    }
    const children = Object.values(value);
    for (let i = children.length - 1; i >= 0; i--) stack.push(children[i] as Json);
  }
  return entry ?? assignedDate(tree, hints);
}

/** A variable of a script to which the day of publication alone is assigned, as WeChat's articles have it. */
const ASSIGNED =
  /\b(?:publish_?(?:ed_?)?(?:time|date|at)|pub_?(?:time|date)|create_?time|ct)["']?\s?[=:]\s?["'](\d{4}[-/]\d{1,2}[-/]\d{1,2}[^"']{0,20}|\d{10})["']/i;
const LONGEST_SCRIPT = 200_000;

function assignedDate(tree: MarkupTree, hints: DateHints): ParsedDate | null {
  for (const script of unshown(tree).scripts) {
    const found = script.length <= LONGEST_SCRIPT ? ASSIGNED.exec(script)?.[1] : undefined;
    const date = found === undefined ? null : parseStamp(found, hints);
    if (date !== null) return date;
  }
  return null;
}

/** What a key says of the day under it, by the words of which it is made. */
function kindOf(key: string): 'publication' | 'entry' | null {
  if (key.length > 40) return null;
  const words = key
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (!words.some((word) => DAY.has(word)) || words.some((word) => OTHER.has(word))) return null;
  if (words.some((word) => PUBLICATION.has(word))) return 'publication';
  return words.every((word) => ENTRY.has(word) || DAY.has(word)) ? 'entry' : null;
}
