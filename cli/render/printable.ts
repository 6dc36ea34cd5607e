/**
 * Makes text from outside harmless on a terminal: a title may hold escape sequences that rewrite the screen or
 * the clipboard, or bidi controls that make it read as something else.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/g;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;

/** Control characters become visible; they mean nothing in an article, wherever it is read. Line feeds and tabs stay. */
export function withoutControls(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(CONTROLS, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** For a terminal: without bidi embeddings and overrides too, which reach beyond the text they stand in. */
export function printable(text: string): string {
  return withoutControls(text)
    .replace(BIDI, '')
    .replaceAll(/[\u2028\u2029]/g, '\n');
}

/** One line: every run of white space is one space. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, ' ').trim();
}
