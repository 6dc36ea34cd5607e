/**
 * Escapes for CommonMark and GitHub's extensions, only where a character would mean something: text with a
 * snake_case word or a lone asterisk between spaces stays as it was written. Rules refer to CommonMark 0.31.
 */

const WORD = /[\p{L}\p{N}]/u;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const ENTITY = /^&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});/;

const isSpace = (character: string) => character === '' || /\s/.test(character);

/** Escapes one line where it stands inside other text: emphasis, code, links, HTML, entities, strikethrough. */
function escapeInline(line: string): string {
  const escaped = line.replace(/[\\`*_\]<&~]/g, (character, at: number) => {
    const before = line.charAt(at - 1);
    const after = line.charAt(at + 1);
    return meansSomething(character, before, after, line.slice(at, at + 40)) ? `\\${character}` : character;
  });
  // GitHub makes links of bare addresses and shows the backslashes inside them: such an address stays text.
  return escaped.replace(/\S+/g, (token) =>
    token.includes('\\') ? token.replace(/(www)(\.)|(https?)(:\/\/)/gi, '$1$3\\$2$4') : token,
  );
}

function meansSomething(character: string, before: string, after: string, ahead: string): boolean {
  const alone = isSpace(before) && isSpace(after);
  switch (character) {
    case '\\':
      return after === '' || PUNCTUATION.test(after);
    case '_':
      return !alone && !(WORD.test(before) && WORD.test(after));
    // Opening brackets may stay: without "](" or "]:" they make no link, footnote or definition.
    case ']':
      return after === '(' || after === ':';
    case '<':
      return /[A-Za-z/!?]/.test(after);
    case '&':
      return ENTITY.test(ahead);
    case '`':
      return true;
    default:
      return !alone;
  }
}

/** What starts a block of another kind when it stands first on a line. */
const STARTS_BLOCK = [
  /^#{1,6}(?:\s|$)/,
  /^>/,
  /^[-+*](?:\s|$)/,
  /^=+\s*$/,
  /^~{3}/,
  /^_/,
  // A task or an alert.
  /^\[(?:[ xX]|![A-Za-z]+)\]/,
];
/** A thematic break, a setext underline, or the second row of a table. */
const isRule = (line: string) => line.includes('-') && /^[|:\-\s]+$/.test(line);
const NUMBERED = /^(\d{1,9})([.)])(?=\s|$)/;

/** Escapes one line that begins a line of the document. White space at its ends means something there and goes. */
export function escapeLine(raw: string): string {
  const line = raw.trim();
  const escaped = escapeInline(line);
  if (NUMBERED.test(line)) return escaped.replace(NUMBERED, '$1\\$2');
  if (!escaped.startsWith('\\') && (isRule(line) || STARTS_BLOCK.some((start) => start.test(line))))
    return `\\${escaped}`;
  return escaped;
}

/** Escapes text for a heading, which is one line; a closing run of # would be dropped. */
export function escapeHeading(text: string): string {
  return escapeInline(text.replaceAll(/\s/g, ' ').trim()).replace(/(^|[ ])(#+)$/, '$1\\$2');
}

/** Escapes the cell of a table. */
export function escapeCell(text: string): string {
  return escapeInline(text.trim()).replaceAll('|', '\\|');
}

/** Escapes the description of an image, where every bracket counts: punctuation may always carry a backslash. */
export function escapeAlt(text: string): string {
  return text
    .replaceAll(/\s/g, ' ')
    .trim()
    .replaceAll(/[\\`*_[\]<&~]/g, '\\$&');
}
