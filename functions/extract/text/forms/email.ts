import { type Copy, plainCopy } from './copy.ts';
import { plainLines, readHeaders } from './mail-part.ts';

/** How copy with headers opens; other copy is not split into lines to be told. */
const OPENING = /^\s{0,1000}[A-Z][A-Za-z-]{1,40}:/;
const TELLING = new Set(['from', 'to', 'subject', 'date', 'sent', 'cc', 'message-id', 'reply-to', 'sender']);
/** What mailers put above a message that is passed on. */
const FORWARDED =
  /^(?:>\s?)?(?:-{2,20}\s?(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado|messaggio inoltrato)\s?-{2,20}|begin forwarded message:)\s{0,5}$/i;
/** The line with which mailers head what they quote: `On Tue, 3 Mar 2026 at 18:20, Ann Lee wrote:`. */
const ATTRIBUTION =
  /^(?:on|am|le|el|il|em|op|den|dne|w dniu) .{8,200}(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napsal|pisze)\b.{0,80}:\s{0,3}$/iu;
/** Words above a message that is passed on, up to which they are a note to it. */
const NOTE_WORDS = 80;

/**
 * Reads an e-mail: its headers give title, author and date; quote marks go, and so does the signature. Of a message passed
 * on with a note, what is passed on is read.
 */
export function openEmail(source: string): Copy | null {
  if (!OPENING.test(source)) return null;
  const lines = source.split(/\r?\n/);
  let at = 0;
  while (lines[at]?.trim() === '' && at < 5) at++;
  const head = readHeaders(lines, at);
  if (head === null || !isMail(head.headers)) return null;
  const { headers, end } = head;
  const body: string[] = [];
  const written = plainLines(headers, lines.slice(end));
  for (const [i, line] of written.entries()) {
    if (/^-- ?$/.test(line)) break;
    // Who wrote what is quoted below is no part of it.
    body.push(
      ATTRIBUTION.test(line) && /^\s{0,3}>/.test(written[i + 1] || (written[i + 2] ?? ''))
        ? ''
        : line.replace(/^(?:> ?){1,8}/, ''),
    );
  }
  const passed = passedOn(body);
  const told = (name: string) => passed?.headers.get(name) ?? headers.get(name);
  return {
    ...plainCopy(body.slice(passed?.end ?? 0).join('\n')),
    form: 'e-mail',
    skipped: end + (passed?.end ?? 0),
    title: (told('subject') ?? '').replace(/^(?:(?:re|fwd?|aw|wg|tr|sv)\s?:\s?){1,5}/i, '').trim() || null,
    ...senderOf(told('from') ?? ''),
    date: passed?.headers.get('date') ?? passed?.headers.get('sent') ?? headers.get('date') ?? null,
  };
}

function isMail(headers: ReadonlyMap<string, string>): boolean {
  const telling = [...headers.keys()].filter((key) => TELLING.has(key));
  return telling.length >= 2 && (headers.has('subject') || headers.has('from'));
}

/** The headers of the message that is passed on, and where it begins; null where none is, or much stands above it. */
function passedOn(body: readonly string[]): { headers: Map<string, string>; end: number } | null {
  let words = 0;
  for (const [i, line] of body.entries()) {
    if (FORWARDED.test(line.slice(0, 100))) {
      let at = i + 1;
      while (body[at]?.trim() === '' && at < i + 4) at++;
      const head = readHeaders(body, at);
      return head !== null && isMail(head.headers) ? head : null;
    }
    words += line.split(' ', NOTE_WORDS).length;
    if (words > NOTE_WORDS) return null;
  }
  return null;
}

/**
 * The sender's name in reading order, as headers give it: `"Lee, Ann" <ann@example.org>`. A sender that is named like the
 * domain of its address, `The Saltmere Post <news@saltmerepost.example>`, is the site and no person.
 */
function senderOf(from: string): Pick<Copy, 'byline' | 'siteName'> {
  const name = from
    .slice(0, 300)
    .replace(/<[^>]{0,200}>|\([^)]{0,100}\)|"/g, '')
    .trim();
  const turned = /^([^,]{1,60}), ([^,]{1,60})$/.exec(name);
  const read = turned ? `${turned[2]} ${turned[1]}` : name;
  if (read === '' || read.includes('@')) return { byline: null, siteName: null };
  const domain = /@([^@>\s]{1,200})/.exec(from.slice(0, 500))?.[1]?.toLowerCase() ?? '';
  const letters = read.toLowerCase().replace(/^the |[^\p{L}\p{N}]/gu, '');
  const isSite = domain.split('.').some((label) => label.replaceAll('-', '').replace(/^the/, '') === letters);
  if (isSite) return { byline: null, siteName: read };
  return { byline: read.includes(' ') ? read : null, siteName: null };
}
