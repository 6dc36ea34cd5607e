import { setTimeout as delay } from 'node:timers/promises';
import { USUAL_DELAY_SECONDS } from '../../functions/names.ts';
import { httpClient } from '../../functions/scrape/http/http-client.ts';
import type { Hosts } from '../../functions/scrape/ports.ts';
import { type Inspection, inspect } from '../../functions/scrape/sources/inspect.ts';

export interface InspectOptions {
  /** How the requests name themselves. */
  userAgent: string;
  /** Whether addresses of this machine may be asked. */
  allowLoopback: boolean;
  /** Those of a stack, whose turns are kept to. */
  hosts?: Hosts;
  now: () => Date;
  signal: AbortSignal;
}

/** Looks at an address from this machine, by the same rules by which it would be watched. */
export function inspectAddress(url: string, options: InspectOptions): Promise<Inspection> {
  const { userAgent, allowLoopback, hosts, now, signal } = options;
  return inspect(
    url,
    { userAgent, delaySeconds: USUAL_DELAY_SECONDS },
    {
      http: httpClient({ allowLoopback }),
      ...(hosts && { hosts }),
      now,
      sleep: async (ms) => {
        await delay(ms, undefined, { signal });
      },
      random: Math.random,
    },
  );
}
