import { CodeUnits } from './code-units.ts';

/** What becomes of a code unit; 0 stays as it is. */
const WHITE = 1;
const DROPPED = 2;
const SINGLE = 3;
const DOUBLE = 4;
const DASH = 5;

const CLASSES: Uint8Array = (() => {
  const classes = new Uint8Array(0x10000);
  const put = (value: number, ...ranges: (readonly [from: number, to: number])[]) => {
    for (const [from, to] of ranges) classes.fill(value, from, to + 1);
  };
  const each = (value: number, signs: string) => {
    for (const sign of signs) classes[sign.charCodeAt(0)] = value;
  };
  put(WHITE, [0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a], [0x2028, 0x2029]);
  put(WHITE, [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000]);
  put(DROPPED, [0xad, 0xad], [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x2064], [0xfeff, 0xfeff]);
  each(SINGLE, '‘’‚‛′`´');
  each(DOUBLE, '“”„‟″«»');
  put(DASH, [0x2010, 0x2015], [0x2212, 0x2212]);
  return classes;
})();

/** What a quotation mark or a dash becomes, by its class. */
const PLAIN = Uint16Array.from(["'", '"', '-'], (sign) => sign.charCodeAt(0));

/** Most texts are shorter. */
const UNITS = new CodeUnits(1 << 16);

/**
 * What of a text makes it the same text: letters in NFKC and lower case, plain quotes and dashes, single
 * spaces, nothing invisible. Copies differ in these by the editor or the encoding they passed through.
 */
export function normalizeText(text: string): string {
  const lower = text.normalize('NFKC').toLowerCase();
  const units = UNITS.of(lower);
  return Buffer.from(units.buffer, 0, 2 * plainUnits(units, lower.length)).toString('utf16le');
}

/**
 * Puts what is left of the first units in front, and gives how many that are. A function of its own: code that V8 makes for a
 * loop under way knows nothing of what comes behind it, and would be thrown away there text after text.
 */
function plainUnits(units: Uint16Array, length: number): number {
  let count = 0;
  let afterSpace = true;
  for (let i = 0; i < length; i++) {
    const unit = units[i] as number;
    const found = CLASSES[unit] as number;
    if (found === DROPPED || (found === WHITE && afterSpace)) continue;
    afterSpace = found === WHITE;
    units[count++] = afterSpace ? 0x20 : found === 0 ? unit : (PLAIN[found - SINGLE] as number);
  }
  return afterSpace && count > 0 ? count - 1 : count;
}
