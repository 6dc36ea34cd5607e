import { Parser } from 'htmlparser2';
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
  const metas = new Map<string, string[]>();
  const parser = new Parser({
    onopentag(name, { name: meta, content }) {
      if (name !== 'meta' || meta === undefined || content === undefined) return;
      const key = meta.trim().toLowerCase();
      const contents = metas.get(key) ?? [];
      if (contents.length < MAX_CONTENTS) metas.set(key, [...contents, content]);
    },
  });
  // Every encoding of pages but UTF-16, which no site sends, has ASCII in its place.
  parser.write(Buffer.from(page.subarray(0, HEAD_BYTES)).toString('latin1'));
  parser.end();

  const robots = ['robots', productToken.toLowerCase()].flatMap((name) => metas.get(name) ?? []);
  return {
    robots: [...new Set(robots.flatMap((content) => robotsDirectives(content, productToken, now)))],
    tdm: reservation(metas.get('tdm-reservation')?.[0], metas.get('tdm-policy')?.[0], url),
  };
}
