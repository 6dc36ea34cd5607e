/**
 * The article in the state that a page's script starts from: Next.js, Nuxt, Apollo, Fusion and their like. No
 * framework's form is assumed; whatever holds the most prose in one string, or in one list of blocks, is the body.
 */
import type { Json } from '../metadata/lenient-json.ts';
import { titleKey } from '../metadata/title.ts';
import { bearsTitle, stateOf } from './state-values.ts';

/** Values visited in all scripts at most. */
const MAX_VALUES = 300_000;
/** Letters of prose from which something can be an article. */
const MIN_PROSE = 300;
/** Scripts whose letters say as much as so many of an alphabet. */
const DENSE = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const DENSE_LETTERS = 2.5;
/** Characters of the shortest string that can be prose: that of dense letters. */
const SHORTEST_PROSE = 16;
/** How much more a body weighs whose object, or the one around it, holds the title of the page. */
const TITLED = 4;
/** Objects around a body in which its title may stand. */
const TITLE_REACH = 3;
/** Blocks a list has at least. */
const MIN_BLOCKS = 2;
/** Keys under which text stands beside the article, not in it. */
const BESIDE =
  /comment|related|recommend|teaser|footer|header|nav|menu|disclaimer|legal|privacy|consent|cookie|translation|i18n|locale|message/i;
/** Keys of an article that no block of one has. */
const ARTICLE_KEYS = ['headline', 'headlines', 'slug', 'byline', 'permalink', 'publishedAt'];
interface Place {
  value: Json;
  key: string;
  parent: Place | null;
  /** Prose beneath, in letters; filled while walking. */
  prose: number;
  /** Values directly beneath, and how many of them hold prose. */
  size: number;
  held: number;
}

export interface StateBody {
  /** HTML or lines. */
  source: string;
  /** It stands beside the title of the page. */
  isTitled: boolean;
}

/** @returns null where no script holds a body */
export function bodyInState(scripts: readonly string[], title: string | null): StateBody | null {
  const wanted = title === null ? '' : titleKey(title);
  let best: Place | null = null;
  let most = 0;
  let left = MAX_VALUES;
  const { roots, stream } = stateOf(scripts);
  for (const root of roots) {
    const order: Place[] = [];
    const stack: Place[] = [placeOf(root, '', null)];
    for (let place = stack.pop(); place !== undefined && left > 0; place = stack.pop(), left--) {
      order.push(place);
      const { value } = place;
      if (typeof value === 'string') place.prose = proseIn(value);
      else if (typeof value === 'object' && value !== null && !BESIDE.test(place.key)) {
        for (const [key, child] of Object.entries(value)) {
          place.size++;
          if (typeof child === 'string' ? child.length >= SHORTEST_PROSE : typeof child === 'object' && child !== null)
            stack.push(placeOf(child, key, place));
        }
      }
    }
    // Children come after their parents, so what is beneath is complete when a place is reached from the end.
    for (const place of order.reverse()) {
      if (place.parent && place.prose > 0) {
        place.parent.prose += place.prose;
        place.parent.held++;
      }
      if (place.prose < MIN_PROSE || !isBody(place)) continue;
      const weight = place.prose * (isTitled(place, wanted) ? TITLED : 1);
      if (weight > most) {
        most = weight;
        best = place;
      }
    }
  }
  if (best === null) return null;
  // Text in a stream stands apart from the object that refers to it.
  const isStreamed = best.parent === null && title !== null && title !== '' && stream.includes(title);
  return { source: textOf(best.value), isTitled: isStreamed || isTitled(best, wanted) };
}

const placeOf = (value: Json, key: string, parent: Place | null): Place => ({
  value,
  key,
  parent,
  prose: 0,
  size: 0,
  held: 0,
});

/** Letters of a string if it reads like prose, 0 if it is an address, a name, a style or code. */
function proseIn(text: string): number {
  if (
    text.length < SHORTEST_PROSE ||
    (text.length < 40 && !DENSE.test(text)) ||
    /^(?:https?:|data:|\/|[.#@{[])/.test(text)
  )
    return 0;
  const bare = text.includes('<') ? text.replace(/<[^<>]{0,1000}>/g, ' ') : text;
  if (!/[.!?…。！？।؟۔։።។။]/.test(bare) || /function\s?\(|[{};]\s{0,3}[{};]/.test(bare)) return 0;
  const letters = bare.match(/[\p{L}\p{M}]/gu)?.length ?? 0;
  const isProse = letters >= 0.6 * bare.length || letters >= 400;
  return isProse ? letters * (DENSE.test(bare.slice(0, 100)) ? DENSE_LETTERS : 1) : 0;
}

/** One string of several sentences, or a list of blocks; a list of articles, or of all values of a page, is neither. */
function isBody({ value, size, held }: Place): boolean {
  if (typeof value === 'string') return true;
  if (!Array.isArray(value) || size < MIN_BLOCKS || 2 * held < size) return false;
  return !value.some(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      !Array.isArray(item) &&
      ARTICLE_KEYS.some((key) => item[key] !== undefined),
  );
}

function isTitled(place: Place, wanted: string): boolean {
  let up = place.parent;
  for (let reach = 0; up !== null && reach < TITLE_REACH; up = up.parent, reach++)
    if (bearsTitle(up.value, wanted)) return true;
  return false;
}

/** Keys of a block that hold its text. */
const TEXT_KEYS = [
  'text',
  'content',
  'html',
  'value',
  'body',
  'paragraph',
  'data',
  'children',
  'items',
  'nodes',
  'attributes',
];

/** The text of a body: a list block by block, each block's runs joined. */
function textOf(value: Json): string {
  if (!Array.isArray(value)) return String(value);
  return value
    .map((block) => runsOf(block))
    .filter((text) => text.trim() !== '')
    .map((text) =>
      /^\s{0,20}<(?:p|h[1-6]|ul|ol|blockquote|div|table|figure|pre)\b/i.test(text) ? text : `<p>${text}</p>`,
    )
    .join('\n');
}

function runsOf(block: Json): string {
  const runs: string[] = [];
  const stack: Json[] = [block];
  for (let left = 2000, value = stack.pop(); value !== undefined && left > 0; value = stack.pop(), left--) {
    if (typeof value === 'string') runs.push(value);
    else if (Array.isArray(value)) for (let i = value.length - 1; i >= 0; i--) stack.push(value[i] as Json);
    else if (typeof value === 'object' && value !== null)
      for (let i = TEXT_KEYS.length - 1; i >= 0; i--) {
        const child = value[TEXT_KEYS[i] as string];
        if (child !== undefined) stack.push(child);
      }
  }
  return runs.join('');
}
