import type { EventPattern, IEventBus } from 'aws-cdk-lib/aws-events';

/** Which articles a consumer hears of: all of them unless something is given, and those that fit both where both are. */
export interface Wanted {
  /** Registrable domain, such as `example.org`. */
  site?: string;
  /** A tag by its slug, such as `night-ferry`. */
  tag?: string;
}

export interface ConsumerProps extends Wanted {
  bus: IEventBus;
}

/** A facet is matched as a whole. Values of one list are alternatives: two tags would ask for either. */
export function articleEvents({ site, tag }: Wanted): EventPattern {
  const detail = {
    ...(site !== undefined && { sites: [site] }),
    ...(tag !== undefined && { facets: [`tag:${tag}`] }),
  };
  return {
    source: ['copydesk'],
    detailType: ['article.created', 'article.revised', 'article.withdrawn'],
    // A pattern that names no field of the detail must not name the detail.
    ...(Object.keys(detail).length > 0 && { detail }),
  };
}
