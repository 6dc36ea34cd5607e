/**
 * One page, one URL: the forms under which sites serve and share the same page are folded into one.
 *
 * Folded: tracking parameters, sessions, AMP forms, copies in web archives, http and https, host case and default port,
 * trailing slash, index files, fragments, percent-encoding of unreserved characters (RFC 3986 section 6.2.2), order of
 * parameters. Kept apart: everything else in the query, because `?id=1` and `?id=2` are two articles. Its octets stay as
 * they are, for they need not be UTF-8: `%E9` is é in Latin-1.
 */
import { getDomain } from 'tldts';

/** Longer URLs are refused: a site map may have none (sitemaps.org: less than 2,048 characters), nor do browsers and feeds. */
const MAX_URL_LENGTH = 2047;

/** Parameters that say how a reader came, not what is read. Exact names, compared in lower case. */
const TRACKING_PARAMETERS = new Set(
  `__hsfp __hssc __hstc _branch_match_id _ga _gl _hsenc _hsmi _openstat __s __twitter_impression action_object_map amp_gsa amp_js_v at_campaign at_custom1 at_custom2 at_custom3 at_custom4
   at_medium campaignid cmpid cmp cn-reloaded dclid ecid elqtrackid emc epik fb_action_ids fb_action_types fb_ref fb_source fbclid
   ftag gaa_at gad_campaignid gad_source gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hsctatracking icid ico igsh igshid irclickid ito li_fat_id mbid mc_cid
   mc_eid mibextid mkt_tok msclkid ncid ns_campaign ns_mchannel ns_source nr_email_referer ocid oly_anon_id oly_enc_id partner rb_clickid rdt_cid ref_src ref_url
   rss s_cid s_kwcid sc_cid sfmc_id smid smtyp spm spref sr_share srnd srsltid sref tblci trk trkcampaign ttclid twclid usqp vero_conv vero_id wbraid wprov wt.mc_id wt_mc wt_zmc wickedid xtor yclid ysclid`.split(
    /\s+/,
  ),
);
const TRACKING_PREFIXES = ['utm_', 'mtm_', 'pk_', 'piwik_', 'matomo_', 'hsa_', 'trk_', 'itm_', 'ns_', '_x_tr_'];

/** `ref=rss` and the like name the door; `ref=main` on a code host names the content, so only known doors go. */
const REFERRER_VALUES =
  /^(?:rss|feed|atom|share|social|newsletter|email|twitter|facebook|fb|tw|home|homepage|article)$/i;

/** Names that nothing but a session has. ColdFusion's are a pair, classic ASP's end in letters of their own. */
const SESSION_PARAMETER = /^(?:phpsessid|jsessionid|aspsessionid[a-z]{0,20}|cfid|cftoken|oscsid|zenid|xtcsid)$/;
/** Names that a session may have, and an article too: a session's value is a long number in hexadecimal. */
const SESSION_NAMES = new Set(['sid', 's', 'session', 'session_id', 'sessionid']);
const SESSION_VALUE = /^(?=[0-9]{0,127}[a-f])[0-9a-f]{20,128}$/i;
/** In a path: a parameter of Java's and others' servers (`/x;jsessionid=1A`), and ASP.NET's folder (`/(S(…24…))/x`). */
const PATH_SESSION = /;(?:jsessionid|phpsessid)=[^/;]*/gi;
const FOLDER_SESSION = /\/\(S\([0-9a-z]{24}\)\)(?=\/)/gi;

const AMP_VALUES = /^(?:|1|true|amp|yes)$/i;
const AMP_FOLDER = /\/amp(?:\.html?)?\/?$/;
const INDEX_FILE = /\/(?:index|default)\.(?:html?|php[45]?|aspx?|jsp|shtml|cfm)$/i;

/**
 * Reads an absolute http or https URL.
 *
 * @returns null for anything else: other schemes, relative references, credentials, over-long input
 */
export function parseHttpUrl(value: string | null | undefined, base?: string | null): URL | null {
  if (!value || value.length > MAX_URL_LENGTH) return null;
  const address = value.trim();
  // What is absolute by itself needs no base, which would be parsed each time as well.
  const url = base && !/^https?:\/\//i.test(address) ? URL.parse(address, base) : URL.parse(address);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  return url.href.length > MAX_URL_LENGTH ? null : url;
}

/** The registrable domain by the public suffix list (`bbc.co.uk`, `someone.github.io`); the host itself for IPs and bare names. */
export function siteOf(url: string | null): string | null {
  const parsed = parseHttpUrl(url);
  if (!parsed) return null;
  return getDomain(parsed.hostname, { allowPrivateDomains: true }) ?? parsed.hostname;
}

/** The page behind an AMP cache or viewer: `https://a-b.cdn.ampproject.org/c/s/a.b/x` is `https://a.b/x`. */
function unwrapAmpCache(url: URL): URL {
  const cache = /(?:^|\.)(?:cdn\.ampproject\.org|bing-amp\.com)$/.test(url.hostname);
  const viewer = /^(?:www\.)?(?:google\.[a-z.]{2,6}|bing\.com)$/.test(url.hostname) && url.pathname.startsWith('/amp/');
  if (!cache && !viewer) return url;
  const inner = /^\/(?:amp|wp|[vcr])\/(s\/)?([^/]+\..+)$/.exec(url.pathname);
  if (!inner) return url;
  return parseHttpUrl(`${inner[1] ? 'https' : 'http'}://${inner[2]}${url.search}`) ?? url;
}

/**
 * The page that an archive keeps, as the programs of web archives write it on any host: behind a stamp of fourteen digits.
 * `https://web.archive.org/web/20121012061112im_/http://a.b/x` is `http://a.b/x`.
 */
const KEPT_COPY = /^\/(?:[\w-]{1,40}\/){1,3}\d{14}(?:[a-z]{2}_)?\/(https?:\/{1,2}[^/].*)$/i;

/** The Wayback Machine's own also go without parts of the stamp and the scheme. */
const WAYBACK_COPY = /^\/web\/\w{4,20}\/((?:https?:\/{1,2})?[^/].*)$/i;

/** What stands behind an archive's own part of an address; any other address as it is. */
export function unwrapArchive(url: URL): URL {
  const form = url.hostname === 'web.archive.org' ? WAYBACK_COPY : KEPT_COPY;
  const kept = url.pathname.length > 15 ? form.exec(url.pathname)?.[1] : undefined;
  if (kept === undefined) return url;
  const address = `http://${kept.replace(/^https?:\/{1,2}/i, '')}${url.search}${url.hash}`;
  return parseHttpUrl(/^https:/i.test(kept) ? address.replace('http:', 'https:') : address) ?? url;
}

/**
 * Web archives whose copies are pages of those they copied. No others, whatever their addresses look like: any host could
 * pass for another's page else, and have its text stand for it.
 */
const ARCHIVES = new Set(
  (
    'web.archive.org wayback.archive-it.org webarchive.nationalarchives.gov.uk www.webarchive.org.uk arquivo.pt ' +
    'webarchive.loc.gov swap.stanford.edu wayback.vefsafn.is webarchive.nla.gov.au haw.nsk.hr wayback.webarchiv.cz'
  ).split(' '),
);

const unwrap = (url: URL): URL => unwrapAmpCache(ARCHIVES.has(url.hostname) ? unwrapArchive(url) : url);

/** Where the publisher has a page, if the address given is that of an archive, an AMP cache or viewer; else what was given. */
export function publishersUrl(given: string | null): string | null {
  const parsed = parseHttpUrl(given);
  const own = parsed && unwrap(parsed);
  return own === parsed ? given : (own?.href ?? null);
}

function isTracking(name: string, value: string): boolean {
  // Copied from the source of a page, where it is written so.
  const key = name.toLowerCase().replace(/^(?:amp(?:;|%3b))+/, '');
  if (TRACKING_PARAMETERS.has(key) || TRACKING_PREFIXES.some((prefix) => key.startsWith(prefix))) return true;
  if (SESSION_PARAMETER.test(key) || (SESSION_NAMES.has(key) && SESSION_VALUE.test(value))) return true;
  if (key === 'ref' || key === 'source' || key === 'src' || key === 'from') return REFERRER_VALUES.test(value);
  return (key === 'amp' || key === 'outputtype' || key === 'output') && AMP_VALUES.test(value);
}

/** @param query without its question mark */
function withoutTracking(query: string): string {
  const kept: { name: string; written: string }[] = [];
  for (const parameter of query.split('&')) {
    // No query may hold these (RFC 3986 3.4), and forms encode them: `tx_news[id]`.
    const written = normalizeEscapes(parameter.replace(/[[\]{}|\\^`]/g, encodeURIComponent));
    const [name = '', ...value] = written.split('=');
    if (written !== '' && !isTracking(name, value.join('='))) kept.push({ name, written });
  }
  kept.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return kept.map(({ written }) => written).join('&');
}

/** RFC 3986 6.2.2: unreserved characters need no encoding; the other escapes are written in upper case. */
function normalizeEscapes(text: string): string {
  const out = text.replace(/%[0-9a-f]{2}/gi, (encoded) => {
    const char = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
    return /[A-Za-z0-9\-._~]/.test(char) ? char : encoded.toUpperCase();
  });
  // What was an escape within a broken one may complete it: `%%34%31`.
  return out.length === text.length ? out : normalizeEscapes(out);
}

function normalizePath(path: string): string {
  let out = normalizeEscapes(path).replace(/\/{2,}/g, '/');
  // What one form hides may be another: `/x/index.amp.html`. A normalized path has nothing left to fold.
  for (let folded = foldOnce(out); folded !== out; folded = foldOnce(out)) out = folded;
  return out;
}

function foldOnce(path: string): string {
  const out = path
    .replace(INDEX_FILE, '/')
    .replace(/\.amp(?=\.html?$|$)/i, '')
    // In lower case as sites write it: an encyclopedia's `/wiki/AMP` is a page of its own.
    .replace(AMP_FOLDER, '/')
    .replace(/^\/amp(?=\/)/, '');
  return out.length > 1 && out.endsWith('/') ? out.slice(0, -1) : out;
}

/** `amp.` before what is a domain of its own: not of `amp.co.uk`. */
function withoutAmp(host: string): string {
  const domain = host.startsWith('amp.') ? getDomain(host, { allowPrivateDomains: true }) : null;
  return domain === null ? host : host.slice(0, -domain.length).replace(/^(?:amp\.)+/, '') + domain;
}

/**
 * The normalized form of a page's URL, always https, fit to be shown and followed.
 *
 * @returns null where the input is no http or https URL
 */
export function canonicalizeUrl(value: string | null | undefined, base?: string | null): string | null {
  if (value && !base && value === lastAsked) return lastGiven;
  const canonical = canonicalForm(value, base);
  if (value && !base && value.length <= MAX_URL_LENGTH) [lastAsked, lastGiven] = [value, canonical];
  return canonical;
}

/** The address asked for last and its form: one page is asked about several times in a row. */
let lastAsked: string | null = null;
let lastGiven: string | null = null;

function canonicalForm(value: string | null | undefined, base?: string | null): string | null {
  const parsed = parseHttpUrl(value, base);
  if (!parsed) return null;
  const url = unwrap(parsed);

  const query = url.search === '' ? '' : withoutTracking(url.search.slice(1));

  const host = withoutAmp(url.hostname.replace(/\.$/, ''));
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  // A hash-bang names the page on sites that render in the browser; every other fragment is a place in it.
  const fragment = url.hash.startsWith('#!') ? url.hash : '';
  // Percent-encoding may hide a session, and a session a form that is folded.
  const path = normalizePath(normalizePath(url.pathname).replace(PATH_SESSION, '').replace(FOLDER_SESSION, ''));
  return `https://${host}${port}${path}${query ? `?${query}` : ''}${fragment}`;
}

/**
 * The URL a record is known by: the page's own canonical link where it can be believed, else where it was taken from.
 *
 * A canonical link counts only on the site the copy came from, so that no page can claim another site's
 * article, and never when it points a deep page at the site's root, a common template mistake.
 *
 * @param given where the copy was taken from, null where unknown
 * @param stated what the page calls its canonical URL, null where it says nothing
 */
export function chooseCanonicalUrl(given: string | null, stated: string | null): string | null {
  const own = canonicalizeUrl(given);
  const claim = canonicalizeUrl(stated, given);
  if (!own) return claim !== null && new URL(claim).pathname + new URL(claim).search === '/' ? null : claim;
  // Most pages state the address they came from.
  if (!claim || claim === own || siteOf(claim) !== siteOf(own)) return own;
  const isRoot = (url: string) => new URL(url).pathname === '/' && new URL(url).search === '';
  return isRoot(claim) && !isRoot(own) ? own : claim;
}
