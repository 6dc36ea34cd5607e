import { healthOf } from '../../functions/scrape/sources/health.ts';
import type { Source } from '../../functions/scrape/sources/source.ts';
import { type SourceDesk, SourceError, sourceDesk } from '../../functions/scrape/sources/source-desk.ts';
import { WorkError } from '../errors.ts';
import type { Stack } from './stack.ts';

export { reported } from '../../functions/scrape/sources/health.ts';

export function deskOf({ sources, target }: Stack, { now }: { now: () => Date }): SourceDesk {
  return sourceDesk(sources, now, { allowLoopback: target.allowLoopback ?? false });
}

/** Worth a look: read without success or without anything new, paused by itself, or its new pages all fail. */
export function hasProblem(source: Source, now: Date): boolean {
  const { failingSince, pageFailures } = source;
  return (
    ['failing', 'refused', 'silent', 'retired'].includes(healthOf(source, now)) ||
    failingSince !== null ||
    (pageFailures !== null && pageFailures.reachedAt !== null)
  );
}

/** Names that are told one by one. */
const MOST_NAMED = 10;

/**
 * Sources for a list that cannot say that one of them is paused or retired: read elsewhere, it would be watched again.
 *
 * @returns those that are watched, and a line that names the others; empty where there are none
 */
export function watchedAlone(sources: readonly Source[]): { exported: Source[]; leftOut: string } {
  const exported = sources.filter(({ state }) => state === 'active');
  const others = sources.filter(({ state }) => state !== 'active').map(({ id, state }) => `${id} (${state})`);
  if (others.length === 0) return { exported, leftOut: '' };
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  const names = others.slice(0, MOST_NAMED).join(', ');
  return { exported, leftOut: `Left out, for they are not watched: ${names}${more}. --all prints them too.\n` };
}

/** What to do about what people most often meet. */
export const ADVICE = {
  NO_SOURCE: '`copydesk sources list` shows those there are.',
  NAME_TAKEN: 'Name this one otherwise with --name, or see the other one with `copydesk sources show`.',
  WATCHED_ALREADY:
    'To change its settings, give its name: --name. To have another in its place, remove or pause it first.',
  NOT_PUBLIC: 'Sites on this machine can be watched by a local stack: npm start -- --allow-loopback.',
  NOT_ACTIVE: '`copydesk sources resume` does that, and reads it at once.',
} as const;

/** @throws WorkError in place of an error that a person can do something about; others as they are */
export async function advised<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SourceError) throw new WorkError(error.code, `${error.message} ${ADVICE[error.code]}`, error);
    throw error;
  }
}
