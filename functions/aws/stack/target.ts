import type { Connection } from './clients.ts';

/** Which cloud a command works on, as its user names it. */
export interface Target {
  /** Base URL of a cloud that is not AWS; one on loopback is taken to be the local cloud. */
  endpoint?: string | undefined;
  /** AWS region; else the profile's or the environment's. */
  region?: string | undefined;
  /** Named profile of the AWS configuration files; else the default credential chain. */
  profile?: string | undefined;
}

/** The region the local cloud is set to. */
export const LOCAL_REGION = 'us-east-1';

/** @returns what the clients of clients.ts take. The user's own credentials are never sent to the local cloud. */
export function connectionTo({ endpoint, region, profile }: Target): Connection {
  if (endpoint !== undefined && isLoopback(endpoint)) {
    return {
      endpoint,
      region: region ?? LOCAL_REGION,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
  }
  return {
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
    ...(profile !== undefined && { profile }),
  };
}

/** Whether an endpoint is on this machine; what is no URL is not. */
export function isLoopback(endpoint: string): boolean {
  const hostname = URL.parse(endpoint)?.hostname ?? '';
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
