/**
 * Character references in XML, HTML's names included, and what a document type declares itself.
 *
 * Of declared entities only those count that stand for plain text: no reference inside, no markup, none from outside.
 * So nothing is expanded within anything (billion laughs), nothing is fetched (XXE), and what all of them together may
 * add is capped, for one long entity named a million times is as large.
 */
import { decodeHTMLStrict } from 'entities';

/** May not be declared to mean anything else (XML 1.0, 4.6). */
const PREDEFINED = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
const MAX_DECLARED = 200;
const MAX_VALUE = 1_000;
/** Characters that declared entities may add to one document. */
const MAX_ADDED = 1_000_000;

export class Entities {
  readonly #declared: ReadonlyMap<string, string>;
  #added = 0;

  /** @param prolog what stands before the outermost element */
  constructor(prolog: string) {
    this.#declared = declaredIn(prolog);
  }

  decode(text: string): string {
    if (!text.includes('&')) return text;
    return decodeHTMLStrict(this.#declared.size === 0 ? text : this.#expand(text));
  }

  #expand(text: string): string {
    return text.replace(/&([\w.:-]{1,60});/g, (reference, name: string) => {
      const value = this.#declared.get(name);
      if (value === undefined || this.#added + value.length > MAX_ADDED) return reference;
      this.#added += value.length;
      return value;
    });
  }
}

function declaredIn(prolog: string): Map<string, string> {
  const declared = new Map<string, string>();
  if (!prolog.includes('<!ENTITY')) return declared;
  for (const [, name = '', double, single] of prolog.matchAll(
    /<!ENTITY\s{1,20}([\w.:-]{1,60})\s{1,20}(?:"([^"]{0,1000})"|'([^']{0,1000})')\s{0,20}>/g,
  )) {
    const value = double ?? single ?? '';
    const plain = value.length <= MAX_VALUE && !/[<%]|&(?!#)/.test(value);
    if (plain && !PREDEFINED.has(name) && declared.size < MAX_DECLARED) declared.set(name, value);
  }
  return declared;
}
