/** Addresses that are refused whoever wants them watched: they would be stored, shown in lists, and never be asked. */
import { checkLiteralHost, systemResolver } from '../http/checked-lookup.ts';
import { HttpError } from '../http/failure.ts';

/** Whether an address carries a user name or a password. */
export function hasCredentials(url: string): boolean {
  const { username = '', password = '' } = URL.parse(url) ?? {};
  return username !== '' || password !== '';
}

export const CREDENTIALS_REFUSED = 'It must carry no user name or password: it is shown to all who see the sources.';

/**
 * Whether its host, as written, can only be one that is not asked: an address that is not public, or this machine by name.
 * What other names lead to is known when they are asked.
 *
 * @param allowLoopback whether this machine may be asked
 */
export function isNeverAsked(url: string, allowLoopback: boolean): boolean {
  const { hostname } = new URL(url);
  const isLocal = /^(?:.{1,250}\.)?localhost\.?$/i.test(hostname);
  try {
    checkLiteralHost(isLocal ? '127.0.0.1' : hostname, { allowLoopback, resolver: systemResolver });
    return false;
  } catch (error) {
    if (error instanceof HttpError) return true;
    throw error;
  }
}
