/** What happens to one message of the fetch queue. */

import { readRobotsElsewhere } from './hosts/robots-elsewhere.ts';
import type { FetchOutcome } from './outcome.ts';
import { fetchPage, type PageSettings } from './pages/fetch-page.ts';
import type { FetchMessage, Ports } from './ports.ts';
import { readChild } from './readings/read-child.ts';
import { readSource } from './readings/read-source.ts';

/** @throws what the stores throw: the message is to be delivered again, and finds its row as it was */
export function fetchMessage(message: FetchMessage, settings: PageSettings, ports: Ports): Promise<FetchOutcome> {
  switch (message.kind) {
    case 'listing':
      return readSource(message, settings, ports);
    case 'child':
      return readChild(message, settings, ports);
    case 'robots':
      return readRobotsElsewhere(message, settings, ports);
    case 'page':
      return fetchPage(message, settings, ports);
  }
}
