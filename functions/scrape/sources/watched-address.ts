/** Whether an address carries a user name or a password: it would be stored, shown in lists, and never be asked. */
export function hasCredentials(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {};
  return username !== '' || password !== '';
}

export const CREDENTIALS_REFUSED = 'It must carry no user name or password: it is shown to all who see the sources.';

/** Whether a source has an address, or had it before its site led it elsewhere. */
export function watches({ url, movedFrom }: { url: string; movedFrom: string | null }, address: string): boolean {
  return isSameAddress(url, address) || (movedFrom !== null && isSameAddress(movedFrom, address));
}

/**
 * Whether two addresses are forms of one. Fewer forms than of articles: `?rss` says of an article how its reader came, and
 * of a feed what it is.
 */
export function isSameAddress(a: string, b: string): boolean {
  return formless(a) === formless(b);
}

/** What the forms of an address have in common. */
export function formless(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}
