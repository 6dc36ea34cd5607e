import type { Survey } from './features.ts';
import type { Rows } from './rows.ts';
import { between, running } from './running.ts';
import type { Shape } from './shape.ts';
import type { Segment } from './stretch-features.ts';
import { bitOf } from './vocabulary.ts';
import { WORD_KIND } from './words.ts';

/** Words up to which a line is furniture by its length, and on how many such lines a word is one of the site's own. */
const SHORT_WORDS = 6;
const FURNITURE_LINES = 3;
/** Lines around the headline in which a byline is looked for, and words up to which a line may be one. */
const BYLINE_REACH = 12;
const BYLINE_WORDS = 14;
const MOST_NAMED = 4;

/** Writes whose words a line speaks: those of the story, of its headline, of its author, of the site. */
export function writeSharedFeatures(
  survey: Survey,
  segment: Segment,
  landmark: number,
  rows: Rows,
  column: number,
): void {
  const { shapes, words, starts, grammar, prose } = survey;
  const { ids, kinds, distinct } = words;
  const n = shapes.length;
  const story = new Int32Array(distinct);
  const furniture = new Int32Array(distinct);
  const headline = new Uint8Array(distinct);
  const author = authorWords(survey, landmark);
  for (let i = 0; i < n; i++) {
    const inStory = prose[i] === 1 && i >= segment.first && i <= segment.last;
    const short = (shapes[i] as Shape).words <= SHORT_WORDS;
    if (!inStory && !short && i !== landmark) continue;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      if (kinds[k] === WORD_KIND.number) continue;
      const id = ids[k] as number;
      if (inStory) story[id] = (story[id] as number) + 1;
      if (short) furniture[id] = (furniture[id] as number) + 1;
      if (i === landmark) headline[id] = 1;
    }
  }
  const shared = new Float32Array(n);
  const named = new Uint8Array(n);
  const ownName = new Uint8Array(n);
  const siteOwn = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const own = prose[i] === 1 && i >= segment.first && i <= segment.last ? 1 : 0;
    let subject = 0;
    let inStory = 0;
    let inHeadline = 0;
    let inByline = 0;
    let capitals = 0;
    let sites = 0;
    for (let k = starts[i] as number; k < (starts[i + 1] as number); k++) {
      const id = ids[k] as number;
      if (kinds[k] === WORD_KIND.number || grammar[id] === 1) continue;
      subject++;
      if ((story[id] as number) > own) inStory++;
      if (headline[id] === 1) inHeadline++;
      if (kinds[k] !== WORD_KIND.capital) continue;
      capitals++;
      if (author[id] === 1) inByline++;
      if ((furniture[id] as number) >= FURNITURE_LINES) sites++;
    }
    shared[i] = subject === 0 ? 0 : inStory / subject;
    named[i] = Math.min(inHeadline, MOST_NAMED);
    ownName[i] = Math.min(inByline, MOST_NAMED);
    siteOwn[i] = capitals === 0 ? 0 : sites / capitals;
  }
  const sum = running(shared);
  const names = running(named);
  const authors = running(ownName);
  for (let i = 0; i < n; i++) {
    rows.seek(i, column);
    rows.put('story words', shared[i] as number);
    rows.put('story words before', between(sum, i - 4, i) / 4);
    rows.put('story words after', between(sum, i + 1, i + 5) / 4);
    rows.put('headline words', named[i] as number);
    rows.put('headline words around', between(names, i - 4, i + 5));
    rows.put('author words', ownName[i] as number);
    rows.put('author words around', between(authors, i - 3, i + 4));
    rows.put('site words', siteOwn[i] as number);
  }
}

/** The capitalized words of the lines that open like a byline near the headline. */
function authorWords({ shapes, wordings, words, starts }: Survey, landmark: number): Uint8Array {
  const names = new Uint8Array(words.distinct);
  if (landmark < 0) return names;
  const end = Math.min(shapes.length, landmark + BYLINE_REACH);
  for (let i = Math.max(0, landmark - 3); i < end; i++) {
    if (i === landmark || (shapes[i] as Shape).words > BYLINE_WORDS) continue;
    if (((wordings[i]?.begins ?? 0) & bitOf('byline')) === 0) continue;
    // The opener itself is no name.
    for (let k = (starts[i] as number) + 1; k < (starts[i + 1] as number); k++)
      if (words.kinds[k] === WORD_KIND.capital) names[words.ids[k] as number] = 1;
  }
  return names;
}
