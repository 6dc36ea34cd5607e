/**
 * Where what was fetched lies: an article's page as `fetched/SITE/PAGE` in the uploads bucket, each new copy a new version, and
 * what was said of it elsewhere as `hints/PAGE/SHA-256.json` in the bodies bucket. PAGE is the id that the page's address gives
 * a record, so that all of it can be found and deleted together.
 */
import { createHash } from 'node:crypto';

const FETCHED = /^fetched\/[^/]+\/([0-9a-f]{32})$/;

/** What uploads may name as hints; nothing else of the bucket. */
export const HINTS_KEY = /^hints\/[0-9a-f]{32}\/[0-9a-f]{64}\.json$/;

/** @param site registrable domain @param page id of the page */
export function fetchedKey(site: string | null, page: string): string {
  return `fetched/${site}/${page}`;
}

/** The page whose copies have that key; null where they were not fetched. */
export function pageOfKey(key: string): string | null {
  return FETCHED.exec(key)?.[1] ?? null;
}

/** By content too: saying the same again makes no second object. @param json the object as it is stored */
export function hintsKey(page: string, json: string): string {
  return `${hintsPrefix(page)}${createHash('sha256').update(json).digest('hex')}.json`;
}

/** What the keys of all hints of a page begin with. */
export function hintsPrefix(page: string): string {
  return `hints/${page}/`;
}
