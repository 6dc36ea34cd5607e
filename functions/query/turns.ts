/** How many requests one process works on at a time; the others wait their turn, and too many are told to come back. */
import type { MiddlewareHandler } from 'hono';
import { problemResponse } from './problem.ts';

/**
 * Each request opens several connections to the tables, of which a client has fifty: with more requests than that
 * under way, connections would run out of time while they wait for each other. Behind Lambda there is one at a time.
 */
const AT_ONCE = 16;
const WAITING = 2_000;

export function turns(): MiddlewareHandler {
  let working = 0;
  const waiting: (() => void)[] = [];
  return async (c, next) => {
    if (working >= AT_ONCE) {
      if (waiting.length >= WAITING) {
        const headers = { 'Retry-After': '5' };
        return problemResponse(c, 'BUSY', 'Too many requests wait for an answer; ask again later.', { headers });
      }
      // Whoever ends hands its turn over.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else working += 1;
    try {
      await next();
    } finally {
      const first = waiting.shift();
      if (first) first();
      else working -= 1;
    }
  };
}
