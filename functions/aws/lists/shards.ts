/**
 * Busy keys are spread over a few partitions, `key#0`, `key#1`, …, because one takes a thousand write units a second
 * at most.
 */

/** Which of that many partitions an article is in: by its id, which never changes. */
export function shardOf(id: string, shards: number): number {
  return Number.parseInt(id.slice(-4), 16) % shards;
}

/** Every partition of a key. */
export function shardsOf(key: string, shards: number): string[] {
  return Array.from({ length: shards }, (_, shard) => `${key}#${shard}`);
}
