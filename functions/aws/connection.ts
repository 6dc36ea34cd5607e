/** Which cloud to talk to, when it is not simply the one of the environment, as inside a function. */
export interface Connection {
  /** Base URL of a cloud that is not AWS; one on loopback is taken to be the local cloud. */
  endpoint?: string | undefined;
  /** AWS region; else the profile's or the environment's. */
  region?: string | undefined;
  /** Named profile of the AWS configuration files; else the default credential chain. */
  profile?: string | undefined;
}

/** Settings every SDK client accepts. */
export interface ClientSettings {
  endpoint?: string;
  region?: string;
  profile?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** The region the local cloud is set to; see local/cloud.ts. */
const LOCAL_REGION = 'us-east-1';

/** Settings for `new XClient(...)`. The local cloud gets fixed credentials: the user's own must not be sent to it. */
export function clientSettings(connection: Connection = {}): ClientSettings {
  const { endpoint, region, profile } = connection;
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

function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
