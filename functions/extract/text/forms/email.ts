import { isUnspaced } from '../characters.ts';
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
  const passed = lastPassedOn(body, headers.get('subject') ?? '');
  const told = (name: string) => passed?.headers.get(name) ?? headers.get(name);
  return {
    ...plainCopy(withoutListFooter(body.slice(passed?.end ?? 0)).join('\n')),
    form: 'e-mail',
    skipped: end + (passed?.end ?? 0),
    title: subjectOf(told('subject') ?? '', headers) || null,
    ...senderOf(told('from') ?? ''),
    date: passed?.headers.get('date') ?? passed?.headers.get('sent') ?? headers.get('date') ?? null,
  };
}

function isMail(headers: ReadonlyMap<string, string>): boolean {
  const telling = [...headers.keys()].filter((key) => TELLING.has(key));
  return telling.length >= 2 && (headers.has('subject') || headers.has('from'));
}

/** A subject without what replies and lists put before it: `Fwd: [harbour-news] Dock workers accept pay offer`. */
function subjectOf(subject: string, headers: ReadonlyMap<string, string>): string {
  const bare = subject.replace(PREFIXES, '').trim();
  const label = /^\[([^\]]{2,40})\] ?/u.exec(bare);
  if (label === null) return bare;
  const addresses =
    `${headers.get('list-id') ?? ''} ${headers.get('to') ?? ''} ${headers.get('cc') ?? ''}`.toLowerCase();
  if (!addresses.includes((label[1] ?? '').toLowerCase())) return bare;
  return bare.slice(label[0].length).replace(PREFIXES, '').trim();
}

const PREFIXES = /^(?:(?:re|fwd?|fw|aw|wg|tr|sv|rv|i|r|enc|odp|doorst)\s?:\s?){1,5}/i;
const PASSED_ON = /^(?:fwd?|fw|wg|tr|rv|i|enc|doorst)\s?:/i;
/** Messages passed on with another in them that are opened. */
const MOST_PASSED = 5;

interface Passed {
  headers: Map<string, string>;
  end: number;
}

/** What was passed on first, where it was passed on again and again. */
function lastPassedOn(body: readonly string[], subject: string): Passed | null {
  let last: Passed | null = null;
  for (let times = 0; times < MOST_PASSED; times++) {
    const passed = passedOn(body, last?.end ?? 0, PASSED_ON.test(last?.headers.get('subject') ?? subject));
    if (passed === null) break;
    last = passed;
  }
  return last;
}

/**
 * The headers of the message that is passed on, and where it begins; null where none is, or much stands above it.
 *
 * @param forwarded the subject says so: then its headers alone tell, as Outlook puts no line above them
 */
function passedOn(body: readonly string[], start: number, forwarded: boolean): Passed | null {
  let words = 0;
  for (let i = start; i < body.length; i++) {
    const line = body[i] ?? '';
    const marked = FORWARDED.test(line.slice(0, 100));
    if (marked || (forwarded && /^\*?From:\*? \S/.test(line))) {
      let at = marked ? i + 1 : i;
      while (body[at]?.trim() === '' && at < i + 4) at++;
      const head = readHeaders(body, at);
      return head !== null && isMail(head.headers) ? head : null;
    }
    words += line.split(' ', NOTE_WORDS).length;
    if (words > NOTE_WORDS) return null;
  }
  return null;
}

/** Lines from the end in which a mailing list tells what it is. */
const FOOTER_LINES = 12;
const LIST_FOOTER = /\bmailing list\b|\blistinfo\b|\bunsubscribe\b|\bto post to this group\b|google groups/i;

/** A body without what a mailing list puts under a rule at its end. */
function withoutListFooter(body: readonly string[]): readonly string[] {
  for (let i = Math.max(1, body.length - FOOTER_LINES); i < body.length; i++)
    if (/^[_-]{8,120}\s{0,5}$/.test(body[i] ?? '') && body.slice(i).some((line) => LIST_FOOTER.test(line)))
      return body.slice(0, i);
  return body;
}

/** Addresses of houses and not of persons. */
const ROLE_ADDRESS =
  /[<\s]?\b(?:news|newsletters?|info|noreply|no-reply|donotreply|hello|mail|mailing|press|presse|prensa|stampa|redaktion|redaction|redaccion|redacao|redazione|redactie|redakcja|redakce|editor|editorial|updates?|digest|alerts?|contact|kontakt|support|team|office|briefing|daily|weekly)@/iu;
/** Characters of a name in a script without spaces. */
const LONGEST_UNSPACED = 5;

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
  if (isSite || ROLE_ADDRESS.test(from.slice(0, 500))) return { byline: null, siteName: read };
  const named = read.includes(' ') || (isUnspaced(read.charCodeAt(0)) && read.length <= LONGEST_UNSPACED);
  return { byline: named ? read : null, siteName: null };
}
