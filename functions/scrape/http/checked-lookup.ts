import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { HttpError } from './failure.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** All addresses of a host name, in the order in which they are tried; rejects, or gives none, where there are none. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

/** What the operating system says. */
export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

export interface AddressRules {
  resolver: Resolver;
  /** Whether 127.0.0.0/8 and ::1 are open too, for local sites and tests. Nothing else ever is. */
  allowLoopback: boolean;
}

function mayConnect(address: string, { allowLoopback }: AddressRules): boolean {
  return isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
}

/**
 * Refuses a host written as an address that may not be connected to: sockets ask no resolver for these.
 *
 * @param hostname as a URL gives it, so that 2130706433 and 0x7f.1 are 127.0.0.1 by now
 */
export function checkLiteralHost(hostname: string, rules: AddressRules): void {
  const address = hostname.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0 && !mayConnect(address, rules)) throw new HttpError('FORBIDDEN_ADDRESS', address);
}

/**
 * What a socket resolves its host with: once, and it connects to what this gives and to nothing else, so that a name which
 * answers differently the next time (DNS rebinding) gains nothing. Of several addresses only those allowed are passed on.
 */
export function checkedLookup(rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    allowedAddresses(hostname, rules).then(
      (addresses) => {
        if (options.all) return callback(null, addresses);
        const [{ address, family }] = addresses as [ResolvedAddress];
        callback(null, address, family);
      },
      (error) => callback(error, []),
    );
  };
}

interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** As many as are tried. */
const MAX_ADDRESSES = 16;

async function allowedAddresses(hostname: string, rules: AddressRules): Promise<ResolvedAddress[]> {
  const resolved = await rules.resolver(hostname).catch((error) => {
    throw new HttpError('DNS', `${hostname}: ${error?.code ?? error}`);
  });
  if (resolved.length === 0) throw new HttpError('DNS', `${hostname} has no address`);
  const allowed = resolved.filter((address) => mayConnect(address, rules)).slice(0, MAX_ADDRESSES);
  if (allowed.length === 0)
    throw new HttpError('FORBIDDEN_ADDRESS', `${hostname} is ${resolved.slice(0, 4).join(', ')}`);
  return allowed.map((address) => ({ address, family: isIP(address) as 4 | 6 }));
}
