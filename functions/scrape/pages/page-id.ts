import { canonicalizeUrl } from '../../article/canonical-url.ts';
import { articleId } from '../../article/identity.ts';

/** The page that an address is; null where it is too long for an article's. */
export function idOf(url: string): string | null {
  const canonical = canonicalizeUrl(url);
  return canonical === null ? null : articleId(canonical, '');
}
