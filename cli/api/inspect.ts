import { setTimeout as delay } from 'node:timers/promises';
import { USUAL_DELAY_SECONDS } from '../../functions/names.ts';
import { httpClient } from '../../functions/scrape/http/http-client.ts';
import { type Inspection, inspect } from '../../functions/scrape/sources/inspect.ts';

export interface InspectOptions {
  /** How the requests name themselves. */
  userAgent: string;
  /** Whether addresses of this machine may be asked. */
  allowLoopback: boolean;
  now: () => Date;
  signal: AbortSignal;
}

/** Looks at an address from this machine, by the same rules by which it would be watched. */
export function inspectAddress(url: string, options: InspectOptions): Promise<Inspection> {
  const { userAgent, allowLoopback, now, signal } = options;
  return inspect(
    url,
    { userAgent, delaySeconds: USUAL_DELAY_SECONDS },
    {
      http: httpClient({ allowLoopback }),
      now,
      sleep: async (ms) => {
        await delay(ms, undefined, { signal });
      },
      random: Math.random,
    },
  );
}
