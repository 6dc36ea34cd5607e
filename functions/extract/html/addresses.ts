/** The addresses of links, images and embeds of a page, made absolute. */
import { parseHttpUrl, unwrapArchive } from '../../article/canonical-url.ts';

/** Reads an address as the page gives it; null for what is no http or https URL. */
export type ReadAddress = (address: string | null | undefined) => URL | null;

/** The host whose copies have every address on the page written anew. */
const ARCHIVE = 'web.archive.org';

/**
 * @param base what relative addresses stand below; null where the page's own address is unknown
 * @param isArchived whether the page is an archive's copy: then its addresses lead where the page's own led. Elsewhere a
 *   link to an archive means the archive.
 */
export function addressesOf(base: string | null, isArchived: boolean): ReadAddress {
  return (address) => {
    const url = parseHttpUrl(address, base);
    if (url === null || (url.hostname === ARCHIVE && !isArchived)) return url;
    // Below any other host paths of an archive stand only in copies that were moved from there.
    return url.hostname === ARCHIVE || !/^https?:/i.test(address ?? '') ? unwrapArchive(url) : url;
  };
}
