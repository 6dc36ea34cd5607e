import { type Copy, plainCopy } from './copy.ts';

const HEADER = /^([A-Z][A-Za-z-]{1,40}):\s?(.*)$/;
/** How copy with headers opens; other copy is not split into lines to be told. */
const OPENING = /^\s{0,1000}[A-Z][A-Za-z-]{1,40}:/;
const TELLING = new Set(['from', 'to', 'subject', 'date', 'cc', 'message-id', 'reply-to', 'sender']);
const MOST_HEADER_LINES = 200;

/** Reads an e-mail: its headers give title, author and date; quote marks go, and so does the signature. */
export function openEmail(source: string): Copy | null {
  if (!OPENING.test(source)) return null;
  const lines = source.split(/\r?\n/);
  const headers = new Map<string, string>();
  let at = 0;
  while (lines[at]?.trim() === '' && at < 5) at++;
  let name = '';
  for (; at < Math.min(lines.length, MOST_HEADER_LINES); at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') break;
    const header = HEADER.exec(line.slice(0, 1000));
    if (header) {
      name = (header[1] ?? '').toLowerCase();
      if (!headers.has(name)) headers.set(name, header[2] ?? '');
    } else if (/^[ \t]/.test(line) && name !== '') headers.set(name, `${headers.get(name) ?? ''} ${line.trim()}`);
    else return null;
  }
  const telling = [...headers.keys()].filter((key) => TELLING.has(key));
  if (telling.length < 2 || !(headers.has('subject') || headers.has('from'))) return null;
  const body: string[] = [];
  for (const line of lines.slice(at)) {
    if (/^-- ?$/.test(line)) break;
    body.push(line.replace(/^(?:> ?){1,8}/, ''));
  }
  return {
    ...plainCopy(body.join('\n')),
    form: 'e-mail',
    skipped: at,
    title: (headers.get('subject') ?? '').replace(/^(?:(?:re|fwd?|aw|wg|tr|sv)\s?:\s?){1,5}/i, '').trim() || null,
    byline: senderOf(headers.get('from') ?? ''),
    date: headers.get('date') ?? null,
  };
}

/** The sender's name in reading order, as headers give it: `"Lee, Ann" <ann@example.org>`. Null where it is no name. */
function senderOf(from: string): string | null {
  const name = from
    .slice(0, 300)
    .replace(/<[^>]{0,200}>|\([^)]{0,100}\)|"/g, '')
    .trim();
  const turned = /^([^,]{1,60}), ([^,]{1,60})$/.exec(name);
  const read = turned ? `${turned[2]} ${turned[1]}` : name;
  return read.includes(' ') && !read.includes('@') ? read : null;
}
