/**
 * What no string of a record may hold, whatever page it came from.
 *
 * - Halves of surrogate pairs: escapes in JSON can carry them, UTF-8 cannot, so that a store would refuse the record.
 * - Control characters but tab and line feed: a terminal or a log obeys them.
 * - Bidirectional embeddings, overrides and isolates: they make a line read as another than it is (Unicode TR 36,
 *   section 3.2). The marks U+200E and U+200F stay, which right-to-left writing needs.
 */

import { closeBlankLines } from './blank-lines.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const REPLACEMENT = '\ufffd';

/** The same value with every string in it cleaned, names of fields included. */
export function cleanStrings<T>(value: T): T {
  return HARMFUL_IN_JSON.test(JSON.stringify(value)) ? cleaned(value) : value;
}

/** A copy with every string cleaned and none a part of another, as own-strings.ts makes it; written out once for both. */
export function cleanOwnStrings<T>(value: T): T {
  const json = JSON.stringify(value);
  const own = JSON.parse(json) as T;
  return HARMFUL_IN_JSON.test(json) ? cleaned(own) : own;
}

/**
 * What JSON writes as an escape, or leaves as it is, of all that is cleaned; a backslash of the text itself may be taken
 * for one. One look at all strings together tells whether any may need cleaning: those of nearly every page need none.
 */
const HARMFUL_IN_JSON = /\\[ubfr]|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function cleaned<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [cleanText(name), cleaned(entry)])) as T;
}

/** The text cleaned; itself where nothing in it is harmful. */
export function cleanText(text: string): string {
  const whole = text.toWellFormed();
  if (whole.search(HARMFUL) === -1) return whole;
  // A block of text must stay one: what held nothing else is marked and not emptied.
  const blocks = whole
    .split('\n\n')
    .map((block) => closeBlankLines(block.replace(HARMFUL, '')) || (block && REPLACEMENT));
  return blocks.join('\n\n');
}
