/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->` of a page.
 *
 * @throws Error when the page has no such section
 */
export function replaceSection(page: string, name: string, content: string): string {
  const begin = `<!-- ${name} -->\n`;
  const end = `<!-- /${name} -->`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`The page has no section between ${begin.trim()} and ${end}; add it.`);
  return `${page.slice(0, from + begin.length)}${content}\n${page.slice(to)}`;
}
