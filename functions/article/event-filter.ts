/**
 * Which events a subscriber wants: as the pattern of an EventBridge rule, and as a test of one event.
 */
import { EVENT_SOURCE, type Event, type EventType } from './events.ts';

export interface EventFilter {
  /** None means all. */
  types: readonly EventType[];
  /** Registrable domain; null means all. */
  site: string | null;
  /** Facets that an event must have all of, such as `tag:night-ferry`. */
  facets: readonly string[];
}

/**
 * The pattern of a rule. It lets through more than the filter where that names several facets: a pattern asks for any of
 * several values, never for all.
 */
export function eventPattern({ types, site, facets }: EventFilter) {
  const [facet] = facets;
  const detail = { ...(site !== null && { sites: [site] }), ...(facet !== undefined && { facets: [facet] }) };
  return {
    source: [EVENT_SOURCE],
    ...(types.length > 0 && { 'detail-type': [...types] }),
    ...(Object.keys(detail).length > 0 && { detail }),
  };
}

/** Whether the filter lets the event through. An upload has neither site nor facets. */
export function isWanted(event: Event, { types, site, facets }: EventFilter): boolean {
  if (types.length > 0 && !types.includes(event.type)) return false;
  if (event.type === 'upload.rejected') return site === null && facets.length === 0;
  return (site === null || event.sites.includes(site)) && facets.every((facet) => event.facets.includes(facet));
}
