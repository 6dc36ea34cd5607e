/**
 * What a UTF-16 code unit is to the measuring of a text, so that one look-up a character replaces regular expressions.
 */

/** Punctuation, symbols: ends a word. */
export const OTHER = 0;
/** U+0020; a run of nothing else between words needs no folding. */
export const BLANK = 1;
export const SPACE = 2;
/** Letters of scripts written without spaces: a word each, as word counts of such texts are usually given. */
export const UNSPACED = 3;
export const LETTER = 4;
export const CAPITAL = 5;
export const DIGIT = 6;
/** Private use: stand-ins of text-run.ts. */
export const RESERVED = 7;
/** Ends a sentence; from {@link WIDE_STOP} those that touch words in scripts beyond Latin. */
export const STOP = 8;
export const WIDE_STOP = 9;
export const COMMA = 10;
export const WIDE_COMMA = 11;
/** Apostrophe and hyphen: they neither make nor part words. */
export const JOINER = 12;
/** In a source it may open a character reference. */
export const AMPERSAND = 13;

/** White space that is measured as a letter, and folded as white space. */
export const NARROW = 14;

/** The class of each code unit. */
export const CLASSES: Uint8Array = (() => {
  const classes = new Uint8Array(0x10000);
  // Letters and digits of all scripts lie above U+00BF, save ASCII.
  classes.fill(LETTER, 0xc0);
  const put = (value: number, ...ranges: (readonly [from: number, to: number])[]) => {
    for (const [from, to] of ranges) classes.fill(value, from, to + 1);
  };
  const each = (value: number, characters: string) => {
    for (const character of characters) classes[character.charCodeAt(0)] = value;
  };
  put(LETTER, [0x61, 0x7a]);
  put(CAPITAL, [0x41, 0x5a], [0xc0, 0xd6], [0xd8, 0xde], [0x391, 0x3a9], [0x410, 0x42f]);
  put(DIGIT, [0x30, 0x39]);
  put(RESERVED, [0xe000, 0xe002]);
  each(STOP, '.!?');
  each(WIDE_STOP, '…。！？।؟۔');
  each(COMMA, ',;');
  each(WIDE_COMMA, '、，،');
  each(JOINER, "'-");
  each(AMPERSAND, '&');
  put(UNSPACED, [0xe00, 0xeff], [0x1000, 0x109f], [0x1780, 0x17ff], [0x3040, 0x30ff], [0x3400, 0x9fff]);
  put(SPACE, [0, 31], [0xa0, 0xa0], [0x2000, 0x200b], [0x2028, 0x2029], [0x3000, 0x3000], [0xfeff, 0xfeff]);
  put(BLANK, [32, 32]);
  put(NARROW, [0x1680, 0x1680], [0x202f, 0x202f], [0x205f, 0x205f]);
  return classes;
})();
