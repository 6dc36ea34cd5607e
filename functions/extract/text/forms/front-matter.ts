import { slug } from '../../../article/slug.ts';

const MOST_LINES = 200;
const MOST_LABELS = 30;

/** What front matter states by key in lower case, lists joined by commas, and the index of the line after it. */
export interface FrontMatter {
  fields: Map<string, string>;
  end: number;
}

/**
 * Front matter above Markdown: YAML between lines of three hyphens, or TOML between lines of three plus signs. Of either
 * the plain pairs of key and value are read, and lists of plain items.
 */
export function frontMatter(lines: readonly string[]): FrontMatter | null {
  const fence = /^(---|\+\+\+)\s{0,10}$/.exec(lines[0] ?? '')?.[1];
  if (fence === undefined) return null;
  const pairOf =
    fence === '---' ? /^([A-Za-z_-]{1,40}):\s?(.{0,1000})$/ : /^\s{0,8}([A-Za-z_-]{1,40})\s{0,8}=\s{0,8}(.{0,1000})$/;
  const fields = new Map<string, string>();
  let last = '';
  for (let i = 1; i < Math.min(lines.length, MOST_LINES); i++) {
    const line = lines[i] ?? '';
    if (
      (line.startsWith(fence) || (fence === '---' && line.startsWith('...'))) &&
      /^(?:---|\.\.\.|\+\+\+)\s{0,10}$/.test(line)
    )
      return fields.size > 0 ? { fields, end: i + 1 } : null;
    const pair = pairOf.exec(line);
    // An author may be a record of several keys, of which the name is the one that signs.
    const item = /^ {0,8}- (?:name:\s?)?(.{1,200})$/.exec(line)?.[1];
    if (pair) {
      last = (pair[1] ?? '').toLowerCase();
      if (fence === '---' || !fields.has(last)) fields.set(last, listed(pair[2] ?? ''));
    } else if (item !== undefined && last !== '') {
      const before = fields.get(last);
      fields.set(last, before ? `${before}, ${plainScalar(item)}` : plainScalar(item));
    }
  }
  return null;
}

/** "ferries, night travel", each label once and without quotes; null where there is none. */
export function labelsOf(value: string | undefined): string[] | null {
  const bySlug = new Map<string, string>();
  for (const part of (value ?? '').split(',')) {
    const label = plainScalar(part);
    if (slug(label) !== '' && !bySlug.has(slug(label))) bySlug.set(slug(label), label);
  }
  return bySlug.size > 0 ? [...bySlug.values()].slice(0, MOST_LABELS) : null;
}

/** A value, or the items of a list on one line without their quotes. */
function listed(value: string): string {
  const plain = plainScalar(value);
  if (!plain.startsWith('[')) return plain;
  return plain
    .replace(/^\[|\],?$/g, '')
    .split(',')
    .map(plainScalar)
    .join(', ');
}

function plainScalar(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/, '$2');
}
