/**
 * A record as Markdown: CommonMark with GitHub's tables, from the text and the kinds of its blocks.
 */
import type { ArticleRecord, Embed, Image } from '../record.ts';
import { type Block, type BodySource, type Form, renderParts, webAddress } from './blocks.ts';
import { escapeAlt, escapeCell, escapeHeading, escapeLine } from './escape-markdown.ts';
import { renderJson } from './json.ts';

/**
 * The article under its title, images and embeds where the page had them.
 *
 * @returns Markdown with a line feed at its end; control characters are left out
 */
export function renderMarkdown(article: BodySource): string {
  const parts = renderParts(article, MARKDOWN);
  if (article.title) parts.unshift(`# ${escapeHeading(article.title)}`);
  const document = parts.filter((part) => part !== '').join('\n\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in Markdown, which is what this holds
  return `${document.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '')}\n`;
}

/** YAML front matter with what a reader sorts, cites and finds the article by; fields of which nothing is known are left out. */
export function renderFrontMatter(record: ArticleRecord): string {
  const fields = {
    id: record.id,
    title: record.title,
    subtitle: record.subtitle,
    authors: record.authors.map(({ name }) => name),
    url: record.canonicalUrl,
    site: record.site,
    section: record.section?.label ?? null,
    tags: record.tags.map(({ label }) => label),
    publishedAt: record.publishedAt,
    modifiedAt: record.modifiedAt,
    language: record.language,
    wordCount: record.wordCount,
  };
  // JSON strings and lists are YAML; plain scalars are not safe for what a page may hold.
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `${name}: ${renderJson(value)}`);
  return `---\n${lines.join('\n')}\n---\n`;
}

/** Lines of a paragraph are parted by hard breaks: they stood on lines of their own in the copy. */
function paragraph(text: string, toLine = escapeLine): string {
  return text
    .split('\n')
    .map(toLine)
    .filter((line) => line !== '')
    .join('\\\n');
}

function emphasized(text: string): string {
  // Inside emphasis an asterisk between spaces would close it or open more.
  const content = paragraph(text, (line) => escapeLine(line).replace(/(?<!\S)\*(?!\S)/g, '\\*'));
  return content && `*${content}*`;
}

function prefixed(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first : rest) + line)
    .join('\n');
}

/**
 * Items stand at the column where the text of the item above begins. A level that no item opened
 * (`ul3` right after `ul1`) is opened on the same line, so that depths survive.
 */
function renderList(items: readonly Block[]): string {
  const open: { ordered: boolean; number: number; column: number }[] = [];
  const lines = items.map(({ kind, text }) => {
    const ordered = kind.startsWith('ol');
    const depth = Number(kind.slice(2));
    const sibling = open[depth - 1];
    open.length = Math.min(open.length, depth - 1);
    const indent = open.at(-1)?.column ?? 0;
    let marker = '';
    while (open.length < depth) {
      const number = open.length === depth - 1 && sibling?.ordered === ordered ? sibling.number + 1 : 1;
      marker += ordered ? `${number}. ` : '- ';
      open.push({ ordered, number, column: indent + marker.length });
    }
    return prefixed(paragraph(text), ' '.repeat(indent) + marker, ' '.repeat(indent + marker.length));
  });
  return lines.join('\n');
}

function renderCode(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  // A blank line is stored as a line of one space, so that blank lines part blocks only.
  return `${fence}\n${text.replaceAll(/^ $/gm, '')}\n${fence}`;
}

function renderTable(text: string): string {
  const rows = text.split('\n').map((row) => row.split('\t').map(escapeCell));
  const columns = Math.max(...rows.map((row) => row.length));
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const padded = rows.map((row) => line([...row, ...Array<string>(columns - row.length).fill('')]));
  const [head = '', ...body] = padded;
  return [head, line(Array<string>(columns).fill('---')), ...body].join('\n');
}

function renderImage(image: Image): string[] {
  const caption = emphasized(image.caption ?? '');
  const url = markdownUrl(image.url);
  if (!url) return caption ? [caption] : [];
  return [`![${escapeAlt(image.alt ?? '')}](${url})`, ...(caption ? [caption] : [])];
}

const EMBED_NAMES: Record<Embed['kind'], string> = { video: 'Video', audio: 'Audio', post: 'Post', other: 'Embed' };

function renderEmbed({ kind, url, title }: Embed): string[] {
  const target = markdownUrl(url);
  if (!target) return [];
  return [`[${escapeAlt(title === null ? EMBED_NAMES[kind] : `${EMBED_NAMES[kind]}: ${title}`)}](${target})`];
}

/** A web address in which nothing ends the link or takes its end away. */
function markdownUrl(url: string | null): string | null {
  return webAddress(url)?.replace(/[()<>\\]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`) ?? null;
}

const MARKDOWN: Form = {
  list: renderList,
  quotation: (texts) => texts.map((text) => prefixed(paragraph(text), '> ', '> ')).join('\n>\n'),
  code: renderCode,
  table: renderTable,
  caption: emphasized,
  heading: (level, text) => `${'#'.repeat(level)} ${escapeHeading(text)}`,
  paragraph: (text) => paragraph(text),
  image: renderImage,
  embed: renderEmbed,
};
