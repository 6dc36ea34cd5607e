/** Figures that may only rise: measured ones less the noise of a page or two, raised whenever the engine gets better. */
import { basename } from 'node:path';
import type { Score } from './score.ts';

/** corpus → input → `field.figure` → the lowest value allowed (`date.spurious` is the highest). */
export type Floors = Record<string, Record<string, Record<string, number>>>;

/** Figures of which less is better. */
const CEILINGS = new Set(['date.spurious']);

/**
 * One sentence per figure below its floor.
 *
 * @param name the corpus, or its folder
 */
export function brokenFloors(floors: Floors, name: string, input: string, figures: Score): string[] {
  const corpus = basename(name);
  const limits = floors[corpus]?.[input];
  // Nothing would be held, and a misspelt name would pass for a good engine.
  if (!limits) return [`${corpus} ${input} has no floors yet`];
  const broken: string[] = [];
  for (const [path, limit] of Object.entries(limits)) {
    const [field, figure] = path.split('.') as [keyof Score, string];
    const group = figures[field];
    const value = typeof group === 'object' ? group[figure] : undefined;
    const holds = value !== undefined && (CEILINGS.has(path) ? value <= limit : value >= limit);
    if (!holds) broken.push(`${corpus} ${input} ${path} is ${value?.toFixed(4) ?? 'not measured'}, asked ${limit}`);
  }
  return broken;
}
