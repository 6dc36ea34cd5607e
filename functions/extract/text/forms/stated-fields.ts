import { type Copy, plainCopy } from './copy.ts';
import { labelsOf } from './front-matter.ts';
import { openMarkdown } from './markdown.ts';

/** What tools that save pages as text state above them, by their names for it. */
const KEYS: Readonly<Record<string, 'title' | 'byline' | 'date' | 'url' | 'tags' | 'siteName' | 'other'>> = {
  title: 'title',
  headline: 'title',
  author: 'byline',
  authors: 'byline',
  byline: 'byline',
  date: 'date',
  published: 'date',
  'published time': 'date',
  'publication date': 'date',
  'date published': 'date',
  url: 'url',
  'url source': 'url',
  link: 'url',
  tags: 'tags',
  keywords: 'tags',
  site: 'siteName',
  'site name': 'siteName',
  publisher: 'siteName',
  publication: 'siteName',
  source: 'other',
  section: 'other',
  category: 'other',
  description: 'other',
  language: 'other',
  warning: 'other',
  'word count': 'other',
};
const FIELD = /^([A-Z][A-Za-z]{2,12}(?: [A-Z]?[A-Za-z]{3,10})?):(?:\s{1,4}(\S.{0,1000}))?$/u;
/** The last line of the head, behind which the page stands. */
const CONTENT = /^(?:Markdown Content|Content|Text|Body):\s{0,4}$/;
const MOST_LINES = 30;
const FEWEST_FIELDS = 2;

/** Reads copy that states its fields line by line above the text: `Title: …`, `URL Source: …`, `Published Time: …`. */
export function openStatedFields(source: string): Copy | null {
  if (!/^\s{0,20}(?:Title|Headline|URL|Author|Date): \S/.test(source)) return null;
  const opening = source.split(/\r?\n/, MOST_LINES);
  const fields = new Map<string, string>();
  let end = 0;
  for (const [i, line] of opening.entries()) {
    if (line.trim() === '') continue;
    if (CONTENT.test(line)) {
      end = i + 1;
      break;
    }
    const [, key = '', value = ''] = FIELD.exec(line) ?? [];
    const name = KEYS[key.toLowerCase()];
    if (name === undefined) break;
    if (!fields.has(name)) fields.set(name, value.trim());
    end = i + 1;
  }
  if (!fields.get('title') || fields.size < FEWEST_FIELDS) return null;
  const rest = source.split(/\r?\n/).slice(end).join('\n');
  const copy = openMarkdown(rest) ?? plainCopy(rest);
  const kinds = new Map([...copy.kinds].map(([number, kind]) => [number + end, kind]));
  return {
    ...copy,
    form: copy.form === 'plain' ? 'stated-fields' : copy.form,
    skipped: copy.skipped + end,
    kinds,
    title: fields.get('title') ?? null,
    byline: fields.get('byline') || copy.byline,
    date: fields.get('date') || copy.date,
    url: fields.get('url') || copy.url,
    tags: labelsOf(fields.get('tags')) ?? copy.tags,
    siteName: fields.get('siteName') || null,
  };
}
