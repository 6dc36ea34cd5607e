/**
 * How we name ourselves to sites: `Copydesk/0.1.0 (+https://example.org/bot)`.
 *
 * The first word is the product token that robots.txt and X-Robots-Tag address us by; behind the plus sign stands where the
 * people who run this installation can be found.
 */
import { productTokenOf } from '../robots/robots-txt.ts';

export const PRODUCT = 'Copydesk';

/** Whether that can stand in a user agent as the way to reach the people behind it. */
export function isContactUrl(text: string): boolean {
  const isAddress = /^(https?:\/\/[^\s()<>"]+|mailto:[^\s()<>"@]+@[^\s()<>"@]+)$/.test(text);
  return isAddress && text.length <= 200 && /^[\x21-\x7e]*$/.test(text);
}

/** Printable ASCII, as header fields have it. */
const SENDABLE = /^[\x20-\x7e]{1,300}$/;

/**
 * @param version of this project
 * @param contactUrl http, https or mailto URL; null names nobody, which sites do not like
 */
export function userAgentOf(version: string, contactUrl: string | null): string {
  return contactUrl === null ? `${PRODUCT}/${version}` : `${PRODUCT}/${version} (+${contactUrl})`;
}

/** What is wrong with a user agent of the operator's own; null where nothing is. */
export function userAgentProblem(userAgent: string): string | null {
  if (!SENDABLE.test(userAgent)) return 'A user agent is 1 to 300 printable ASCII characters.';
  if (productTokenOf(userAgent) === '') {
    return 'A user agent begins with the name that robots.txt knows it by: letters, hyphens and underscores, such as "Copydesk/1.0 (+https://example.org/bot)". One that begins with Mozilla has that name behind "compatible;".';
  }
  return null;
}
