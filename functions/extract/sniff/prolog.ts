/**
 * Where the root of markup begins: past white space, comments, processing instructions and document types that are
 * not HTML's. A loop, because a regular expression that repeats a lazy comment tries every way to pair them.
 */
export function prologEnd(text: string): number {
  let at = 0;
  while (at < text.length) {
    while (/\s/.test(text.charAt(at))) at++;
    const close = text.startsWith('<!--', at)
      ? '-->'
      : text.startsWith('<?xml', at) || /^<!doctype\s+(?!html\b)/i.test(text.slice(at, at + 40))
        ? '>'
        : null;
    const end = close === null ? -1 : text.indexOf(close, at);
    if (close === null || end < 0) return at;
    at = end + close.length;
  }
  return at;
}
