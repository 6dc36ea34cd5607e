/** What Windows-1252 shows of the bytes 0x80 to 0x9f; those it leaves open stand for themselves. https://encoding.spec.whatwg.org/windows-1252.html */
const SHOWN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const GOES_ON = `[\u0080-\u00bf${SHOWN}]`;
const SEQUENCE = new RegExp(`[\u00c2-\u00df]${GOES_ON}|[\u00e0-\u00ef]${GOES_ON}{2}|[\u00f0-\u00f4]${GOES_ON}{3}`, 'g');
/** Quotation marks, dashes and the like: nobody writes these three characters one after the other. */
const PUNCTUATION = new RegExp(`\u00e2[\u0080€]${GOES_ON}`, 'g');
/** Sequences of Latin letters and of punctuation: "Ü…" and "é…»" may be written, "Ã©" and "â€™" are not. */
const SURE = /^(?:[\u00c2\u00c3]|\u00e2[\u0080€])/;
const HIGH = /[\u0080-\uffff]/g;

/** Sequences from which they are no accident, and characters of the text beyond ASCII, for each of theirs, that may stand outside. */
const FEWEST = 3;
const FEWEST_OF_OTHERS = 20;
const OUTSIDE = 0.25;

/**
 * Mends text whose UTF-8 was once read as Windows-1252 and stored so: "donâ€™t", "cafÃ©". Where nearly all that is not
 * ASCII is of that kind all of it is mended; else only what can be nothing else. Linear.
 *
 * @returns the text as it was written; the same string where nothing is to be mended
 */
export function mendMojibake(text: string): string {
  let sequences = 0;
  let sure = 0;
  let within = 0;
  for (const [found] of text.matchAll(SEQUENCE)) {
    if (decoded(found) === found) continue;
    sequences++;
    if (SURE.test(found)) sure++;
    within += found.length;
  }
  if (sure < FEWEST && sequences < FEWEST_OF_OTHERS) return text;
  let high = 0;
  for (const _ of text.matchAll(HIGH)) high++;
  return text.replace(high - within <= within * OUTSIDE ? SEQUENCE : PUNCTUATION, decoded);
}

/** The character that a sequence was; the sequence itself where it is no UTF-8. */
function decoded(sequence: string): string {
  let point = byteOf(sequence.charCodeAt(0)) & (sequence.length === 2 ? 0x1f : sequence.length === 3 ? 0x0f : 0x07);
  for (let i = 1; i < sequence.length; i++) point = (point << 6) | (byteOf(sequence.charCodeAt(i)) & 0x3f);
  const least = sequence.length === 2 ? 0xa0 : sequence.length === 3 ? 0x800 : 0x10000;
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  return point < least || point > 0x10ffff || surrogate ? sequence : String.fromCodePoint(point);
}

function byteOf(unit: number): number {
  if (unit <= 0xff) return unit;
  return 0x80 + SHOWN.indexOf(String.fromCharCode(unit));
}
