/**
 * Which addresses a site map may speak for.
 *
 * sitemaps.org allows those of its own host, and of hosts whose robots.txt names it. Its own host is read here as its own
 * site, the registrable domain: newspapers list `www.`, `sport.` and the bare domain in one site map, and all of them are
 * the same owner's. Another site's addresses are left out, so that no site map can make us fetch somebody else's pages.
 */
import { siteOf } from '../../../article/canonical-url.ts';

export class SpokenFor {
  readonly #sites: ReadonlySet<string | null>;
  #foreign = 0;

  /** @param url of the site map @param namedBy robots.txt files that name it, addresses that lead to it */
  constructor(url: string, namedBy: readonly string[]) {
    this.#sites = new Set([url, ...namedBy].map(siteOf));
  }

  /** Counts what it refuses. */
  has(url: string): boolean {
    const own = this.#sites.has(siteOf(url));
    if (!own) this.#foreign++;
    return own;
  }

  warnings(): string[] {
    if (this.#foreign === 0) return [];
    const addresses = this.#foreign === 1 ? 'address' : 'addresses';
    return [`${this.#foreign} ${addresses} of other sites passed over: a site map speaks for its own site only.`];
  }
}
