import type { Line } from '../lines.ts';

/** Where a database of newspapers ends a document. */
const END = /^(?:Load-Date: .{4,60}|End of Document|Document [A-Z]{2,12}\d{6,20}[a-z0-9]{2,20})$/u;
/** What it states of a document above the text, and says nothing to its reader. */
const STATED =
  /^(?:Page \d{1,4} of \d{1,4}|Length: ?\d{1,6} words|\d{1,6} words|LENGTH: ?\d{1,6} words|Body|BODY:?|Highlight|HIGHLIGHT:?|Section: ?.{1,80}|SECTION: ?.{1,80}|Graphic|GRAPHIC:?)$/u;
const BYLINE = /^(?:Byline|BYLINE): ?(?=\S)/u;
const MAY_END = /^(?:Load|End|Document)/;
const LONGEST = 120;

/** Takes off what databases of newspapers (LexisNexis, Factiva) put around each document, told by how they end one. */
export function trimArchiveCopy(lines: Line[]): Line[] {
  const end = lines.findIndex(({ text }) => text.length <= LONGEST && MAY_END.test(text) && END.test(text));
  if (end < 0) return lines;
  return lines
    .slice(0, end)
    .filter(({ text }) => text.length > LONGEST || !STATED.test(text))
    .map((line) => (BYLINE.test(line.text) ? { ...line, text: line.text.replace(BYLINE, 'By ') } : line));
}
