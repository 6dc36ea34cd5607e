/**
 * What a reader sees of a page, as a hash: pages carry tokens, times of their making and counters that differ at every
 * request, and none of that makes another page. Pure and linear.
 */
import { hash } from 'node:crypto';
import { Source } from '../../extract/markup/source.ts';
import { tokenize } from '../../extract/markup/tokenize.ts';

/** Characters seen below which a page shows too little to be known by it. */
const LEAST = 200;
/** Metas that records are made from; others hold tokens and times of making. */
const TELLING_META =
  /^(?:(?:og|article|twitter|dc|dcterms|citation|parsely)[:.].{1,60}|author|description|keywords|date)$/i;
/** Words of three letters and more that make a text of a piece of script. */
const PROSE_WORDS = 8;
/** Elements with nothing to be seen; of scripts, what is prose. */
const UNSEEN = new Set(['style', 'textarea']);

/** Attributes that show, by element. Addresses without what behind them tells readers and versions apart. */
const SEEN: Record<string, (name: string, value: string) => string | null> = {
  a: (name, value) => (name === 'href' ? bareAddress(value) : null),
  img: (name, value) => (name === 'alt' ? value : name === 'src' ? bareAddress(value) : null),
  time: (name, value) => (name === 'datetime' ? value : null),
};

const bareAddress = (value: string) => /^[^?#;]{0,500}/.exec(value)?.[0] ?? '';

/**
 * The text of a page, with its addresses of links and pictures and the metas that count, white space folded. Figures stay:
 * a corrected one is another page. Of scripts that carry the article the sentences count, as they are seen in the end.
 *
 * @param page HTML, or plain text
 */
export function seenOf(page: string): string {
  const source = Source.of(page);
  const seen: string[] = [];
  let element = '';
  let meta: { name: string; content: string } | null = null;
  let isDated = false;
  const end = () => {
    if (meta && TELLING_META.test(meta.name.trim())) seen.push(meta.content);
    meta = null;
  };
  tokenize(source.bytes, {
    goesOn: true,
    ontext(start, stop) {
      if (UNSEEN.has(element) || isDated) return;
      const text = source.slice(start, stop);
      seen.push(...(element === 'script' ? proseIn(text) : [text]));
    },
    onopentagname(start, stop) {
      element = source.slice(start, Math.min(stop, start + 20)).toLowerCase();
      meta = element === 'meta' ? { name: '', content: '' } : null;
      // Its text may be "five minutes ago".
      isDated = false;
    },
    onattribute(nameStart, nameEnd, valueStart, valueEnd) {
      const name = source.slice(nameStart, Math.min(nameEnd, nameStart + 20)).toLowerCase();
      if (meta && (name === 'name' || name === 'property')) meta.name ||= source.slice(valueStart, valueEnd);
      if (meta && name === 'content') meta.content ||= source.slice(valueStart, valueEnd);
      const shown = SEEN[element]?.(name, source.slice(valueStart, valueEnd)) ?? null;
      if (shown === null) return;
      seen.push(shown);
      isDated = element === 'time';
    },
    onopentagend: end,
    onselfclosingtag: end,
    onclosetag() {
      element = '';
      isDated = false;
    },
    onother() {},
  });
  return seen
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .join('\n');
}

/** Strings of a script that are sentences, not code. */
function proseIn(script: string): string[] {
  return script.split('"').filter((piece) => {
    if (piece.includes('{') || piece.includes('}')) return false;
    let words = 0;
    for (const _ of piece.matchAll(/[a-z\u0080-\u{10ffff}]{3,40}/giu)) if (++words === PROSE_WORDS) return true;
    return false;
  });
}

/** @returns 32 hexadecimal digits; null where the page shows too little, and is known by its bytes alone */
export function fingerprintOf(page: Uint8Array): string | null {
  // Every encoding of pages but UTF-16, which no site sends, has ASCII in its place.
  const seen = seenOf(Buffer.from(page).toString('latin1'));
  return seen.length < LEAST ? null : shortHash(seen);
}

/** 32 hexadecimal digits of SHA-256. */
export function shortHash(text: string): string {
  return hash('sha256', text).slice(0, 32);
}
