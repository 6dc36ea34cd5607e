/**
 * Every number the engine decides by that is not learned, in one place, each with its evidence.
 */

/** Bytes. The longest real article page seen in four corpora is under 10 MB; beyond 32 MB a page is an archive. */
export const MAX_DOCUMENT_BYTES = 32 * 1024 * 1024;

/**
 * Well-formed multi-byte sequences per stray byte from which a document counts as damaged UTF-8. Four pages of the
 * multilingual corpus are UTF-8 with a few bytes cut or pasted in; legacy text gives under 0.3.
 */
export const UTF8_SEQUENCES_PER_STRAY = 4;

/** The same where the document is declared to be UTF-8 and nothing else; by header and document, or by a mark. */
export const UTF8_SEQUENCES_PER_STRAY_DECLARED = 1;
export const UTF8_SEQUENCES_PER_STRAY_AGREED = 0.5;

/** Points of {@link rankEncodings}: bytes no encoding explains better than this are not text. Noise gives −0.2, the right encoding 0.6 and more. */
export const MIN_PLAUSIBILITY = 0.2;

/** Points by which a detected encoding must beat a declared one to overrule it. Right against wrong is 0.4 and more. */
export const OVERRULING_PLAUSIBILITY = 0.2;

/** Points more for a document with one character beyond ASCII, half of them for two, and so on: they prove little. */
export const ONE_CHARACTER = 1;

/** Control bytes per byte of a file that is not text. Text has none but for a stray NUL; compressed data has 9 %. */
export const CONTROL_SHARE_OF_BINARY = 0.02;

/** Tags a text must hold to be taken for HTML where it does not open with one; prose about HTML names one or two. */
export const MIN_MARKUP_TAGS = 3;

/**
 * Hard-wrapped text: widths in characters from a newspaper's column, as scanned, to a terminal's, and what shares of its
 * long lines must show the trait of a break. Pages of four corpora wrapped at 60–80 columns give over 0.85, pages as they
 * are under 0.3. Of the lines after a break two thirds go on in small letters, of those after another line under a tenth.
 */
export const HARD_WRAP = {
  narrowest: 24,
  widest: 100,
  longShare: 0.6,
  fewestBreaks: 3,
  brokenShare: 0.6,
  smallShare: 0.4,
  oftenBroken: 0.5,
  oftenSmall: 0.25,
  leastSmallShare: 0.1,
  fewestHyphens: 3,
  typesetShare: 0.7,
  mostWide: 2,
  wideShare: 0.1,
} as const;

/**
 * Chance of {@link articleChance} under which copy is refused as a listing, and under which it is kept with a warning.
 * Out of fold on 793 articles and 216 listings: .50 keeps 98.5 % of the articles and refuses 63 % of the listings; 76 % of
 * the listings are refused or carry the warning, and of the articles another 1.4 % do.
 */
export const LISTING_REFUSED = 0.5;
export const LISTING_DOUBTED = 0.7;

/** Lines of copy that are read: 10 MB of prose by the sentence has 75,000. What has more is a list, a table or a log. */
export const MAX_TEXT_LINES = 80_000;

/** Lines up to which Markdown, e-mail and WET are looked for; beyond, copy is read as it stands. */
export const MAX_FORM_LINES = 50_000;
