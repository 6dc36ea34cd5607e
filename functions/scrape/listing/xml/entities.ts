/**
 * Character references in XML, HTML's names included, and what a document type declares itself.
 *
 * Of declared entities only those count that stand for plain text: no markup, none from outside, none of the declared inside.
 * So nothing is expanded within anything (billion laughs), nothing is fetched (XXE), and what all of them together may
 * add is capped, for one long entity named a million times is as large.
 */
import { decodeHTMLStrict } from 'entities';

/** May not be declared to mean anything else (XML 1.0, 4.6). */
const PREDEFINED = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
const REFERENCE = /&([\w.:-]{1,60});/g;
/** A number without its semicolon, which HTML reads all the same. */
const UNENDED_NUMBER = /&#(?:\d{2,7}(?![\d;])|x[\da-f]{2,6}(?![\da-f;]))/gi;
/** The halves of a character beyond U+FFFF, which programs that count in UTF-16 write one by one. */
const HALVES = /&#(5[5-7]\d{3}|xd[\da-f]{3});&#(5[5-7]\d{3}|xd[\da-f]{3});/gi;
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
    const expanded = this.#declared.size === 0 ? text : this.#expand(text);
    return decodeHTMLStrict(expanded.replace(UNENDED_NUMBER, '$&;').replace(HALVES, joined));
  }

  #expand(text: string): string {
    return text.replace(REFERENCE, (reference, name: string) => {
      const value = this.#declared.get(name);
      if (value === undefined || this.#added + value.length > MAX_ADDED) return reference;
      this.#added += value.length;
      return value;
    });
  }
}

function joined(written: string, high: string, low: string): string {
  const [first, second] = [high, low].map((digits) => Number(digits.replace(/^x/i, '0x'))) as [number, number];
  const isPair = first >> 10 === 0xd800 >> 10 && second >> 10 === 0xdc00 >> 10;
  return isPair ? String.fromCharCode(first, second) : written;
}

function declaredIn(prolog: string): Map<string, string> {
  const declared = new Map<string, string>();
  if (!prolog.includes('<!ENTITY')) return declared;
  for (const [, name = '', double, single] of prolog.matchAll(
    /<!ENTITY\s{1,20}([\w.:-]{1,60})\s{1,20}(?:"([^"]{0,1000})"|'([^']{0,1000})')\s{0,20}>/g,
  )) {
    const value = double ?? single ?? '';
    const plain = value.length <= MAX_VALUE && !/[<%]/.test(value);
    // Numbers mean their characters already where they are declared (XML 1.0, 4.5): `&#38;lt;` is `&lt;`.
    const replacement = value.replace(/&#x?[\da-f]{1,8};/gi, decodeHTMLStrict);
    if (plain && !PREDEFINED.has(name) && declared.size < MAX_DECLARED) declared.set(name, replacement);
  }
  const nested = [...declared].filter(([, value]) => refersTo(declared, value));
  for (const [name] of nested) declared.delete(name);
  return declared;
}

function refersTo(declared: ReadonlyMap<string, string>, value: string): boolean {
  return [...value.matchAll(REFERENCE)].some(([, name = '']) => declared.has(name));
}
