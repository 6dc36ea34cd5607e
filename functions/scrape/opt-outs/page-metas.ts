import { decodeHTMLAttribute } from 'entities';
import { tokenize } from '../../extract/markup/tokenize.ts';
import { robotsDirectives } from './robots-directives.ts';
import { reservation, type TdmReservation } from './tdmrep.ts';

/** What a page asks of machines in its own metas. */
export interface PageOptOuts {
  robots: string[];
  tdm: TdmReservation;
}

/** Metas stand in the head; beyond this they are not looked for. Bytes. */
const HEAD_BYTES = 256 * 1024;
/** Of one name. */
const MAX_CONTENTS = 20;

/**
 * Reads the metas `robots`, the product token's own, `tdm-reservation` and `tdm-policy` of a page.
 *
 * The record's rights come from the engine, which reads the whole page; this decides whether the page may become one.
 */
export function readPageMetas(page: Uint8Array, url: string, productToken: string, now: Date): PageOptOuts {
  const own = productToken.toLowerCase();
  const metas = contentsOf(page, new Set(['robots', own, 'tdm-reservation', 'tdm-policy']));
  const robots = ['robots', own].flatMap((name) => metas.get(name) ?? []);
  return {
    robots: [...new Set(robots.flatMap((content) => robotsDirectives(content, productToken, now)))],
    tdm: reservation(metas.get('tdm-reservation')?.[0], metas.get('tdm-policy')?.[0], url),
  };
}

/** Contents of the metas with these names, by name in lower case. */
function contentsOf(page: Uint8Array, wanted: ReadonlySet<string>): Map<string, string[]> {
  // Every encoding of pages but UTF-16, which no site sends, has ASCII in its place.
  const head = page.subarray(0, HEAD_BYTES);
  const source = Buffer.from(head).toString('latin1');
  const metas = new Map<string, string[]>();
  let tag: { name?: string; content?: string } | null = null;
  const keep = () => {
    const name = tag?.name?.trim().toLowerCase() ?? '';
    const contents = metas.get(name) ?? [];
    if (tag?.content !== undefined && wanted.has(name) && contents.length < MAX_CONTENTS) {
      metas.set(name, [...contents, tag.content]);
    }
    tag = null;
  };
  tokenize(head, {
    goesOn: true,
    ontext() {},
    onclosetag() {},
    onother() {},
    onopentagname(start, end) {
      tag = end - start === 4 && source.slice(start, end).toLowerCase() === 'meta' ? {} : null;
    },
    onattribute(nameStart, nameEnd, valueStart, valueEnd) {
      if (!tag) return;
      const name = source.slice(nameStart, nameEnd).toLowerCase();
      if (name === 'name' || name === 'content') tag[name] ??= decodeHTMLAttribute(source.slice(valueStart, valueEnd));
    },
    onopentagend: keep,
    onselfclosingtag: keep,
  });
  return metas;
}
