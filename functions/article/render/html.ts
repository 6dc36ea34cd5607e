/**
 * A record as HTML: made from the text and the kinds of its blocks, never from the markup of the page, so that
 * nothing a page holds can be more than text, a picture or a web address.
 */
import type { ArticleRecord, Embed, Image } from '../record.ts';
import { type Block, type BodySource, type Form, renderParts, webAddress } from './blocks.ts';

const SPECIAL: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or a quoted attribute; control characters, which HTML forbids, are left out. */
export function escapeHtml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in HTML, which is what this holds
      .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, '')
      .replace(/[&<>"']/g, (character) => SPECIAL[character] ?? character)
  );
}

/**
 * The body as a fragment: paragraphs, headings, lists, quotations, tables, code, pictures, and links to what was
 * embedded. Without scripts, styles, frames and forms.
 */
export function renderHtmlBody(article: BodySource): string {
  return renderParts(article, HTML).join('\n');
}

/** The article as a page of its own, in its language and direction, which asks no server for anything but pictures. */
export function renderHtml(record: ArticleRecord): string {
  const { title, subtitle, authors, publishedAt, datePrecision, canonicalUrl, siteName, site } = record;
  const language = record.language ? ` lang="${escapeHtml(record.language)}"` : '';
  const direction = record.direction ? ` dir="${record.direction}"` : '';
  const address = webAddress(canonicalUrl);
  const source = escapeHtml(siteName ?? site ?? '');
  const day = publishedAt === null ? '' : datePrecision === 'day' ? publishedAt.slice(0, 10) : publishedAt;
  const about = [
    authors.map(({ name }) => escapeHtml(name)).join(', '),
    day && `<time datetime="${escapeHtml(day)}">${escapeHtml(day.slice(0, 10))}</time>`,
    address ? `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${source || 'source'}</a>` : source,
  ].filter((part) => part !== '');
  return [
    '<!doctype html>',
    `<html${language}${direction}>`,
    '<head>',
    '<meta charset="utf-8">',
    `<title>${escapeHtml(title ?? 'Untitled')}</title>`,
    address && `<link rel="canonical" href="${escapeHtml(address)}">`,
    '</head>',
    '<body>',
    '<article>',
    title && `<h1>${escapeHtml(title)}</h1>`,
    subtitle && `<p><strong>${escapeHtml(subtitle)}</strong></p>`,
    about.length > 0 && `<p>${about.join(' · ')}</p>`,
    renderHtmlBody(record),
    '</article>',
    '</body>',
    '</html>',
    '',
  ]
    .filter((line) => line !== null && line !== false)
    .join('\n');
}

/** Lines of a paragraph stood on lines of their own in the copy. */
const lines = (text: string) => escapeHtml(text).split('\n').join('<br>\n');
const paragraph = (text: string) => `<p>${lines(text)}</p>`;

/** A level that no item opened (`ul3` right after `ul1`) is opened by an item of its own, as HTML wants it. */
function renderList(items: readonly Block[]): string {
  const open: ('ul' | 'ol')[] = [];
  let html = '';
  const close = (depth: number) => {
    while (open.length > depth) html += `</li>\n</${open.pop()}>`;
  };
  for (const { kind, text } of items) {
    const tag = kind.startsWith('ol') ? 'ol' : 'ul';
    const depth = Number(kind.slice(2));
    close(depth);
    if (open.length === depth && open[depth - 1] !== tag) close(depth - 1);
    if (open.length === depth) html += '</li>\n<li>';
    while (open.length < depth) {
      open.push(tag);
      html += `${html === '' ? '' : '\n'}<${tag}>\n<li>`;
    }
    html += lines(text);
  }
  close(0);
  return html;
}

function renderTable(text: string): string {
  const rows = text.split('\n').map((row) => row.split('\t').map(escapeHtml));
  const row = (cells: string[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const [head = [], ...body] = rows;
  return `<table>\n${[row(head, 'th'), ...body.map((cells) => row(cells, 'td'))].join('\n')}\n</table>`;
}

function renderImage(image: Image): string[] {
  const url = webAddress(image.url);
  const caption = lines(image.caption ?? '');
  if (!url) return caption ? [`<p><em>${caption}</em></p>`] : [];
  const size = image.width && image.height ? ` width="${image.width}" height="${image.height}"` : '';
  const picture = `<img src="${escapeHtml(url)}" alt="${escapeHtml(image.alt ?? '')}"${size}>`;
  return [`<figure>${picture}${caption && `<figcaption>${caption}</figcaption>`}</figure>`];
}

/** A link, no frame: what a page of another site does inside ours is its own. */
function renderEmbed(embed: Embed): string[] {
  const url = webAddress(embed.url);
  if (!url) return [];
  const label = escapeHtml(embed.title ?? url);
  return [`<p><a href="${escapeHtml(url)}" rel="noopener noreferrer">${label}</a></p>`];
}

const HTML: Form = {
  list: renderList,
  quotation: (texts) => `<blockquote>\n${texts.map(paragraph).join('\n')}\n</blockquote>`,
  // A line feed right after the tag would be dropped by readers.
  code: (text) => `<pre>\n${escapeHtml(text)}</pre>`,
  table: renderTable,
  caption: (text) => `<p><em>${lines(text)}</em></p>`,
  heading: (level, text) => `<h${level}>${lines(text)}</h${level}>`,
  paragraph,
  image: renderImage,
  embed: renderEmbed,
};
