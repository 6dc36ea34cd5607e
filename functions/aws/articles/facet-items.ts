/**
 * Rows of the facets table: one per facet an article is listed under, with its card.
 */
import { cardOf } from '../../article/card.ts';
import { listedUnder } from '../../article/facets.ts';
import { isWithdrawn, type Stored } from '../../article/tombstone.ts';
import { CARD, FACETS } from '../../names.ts';
import { shardOf } from '../lists/shards.ts';
import type { Item } from './article-items.ts';

export function facetItems(stored: Stored | null): Item[] {
  if (stored === null || isWithdrawn(stored)) return [];
  const card = cardOf(stored);
  const shard = shardOf(stored.id, FACETS.shards);
  return listedUnder(stored).map((facet) => ({
    [FACETS.key]: `${facet}#${shard}`,
    [FACETS.sort]: `${stored.sortAt}#${stored.id}`,
    [CARD]: card,
  }));
}
