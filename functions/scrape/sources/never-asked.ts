import { checkLiteralHost, systemResolver } from '../http/checked-lookup.ts';
import { HttpError } from '../http/failure.ts';

/** What is said of such an address, which stands before it. */
export const NEVER_ASKED = 'is not a public address: it is never asked, so it cannot be watched.';

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
