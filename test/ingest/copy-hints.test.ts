import { describe, expect, it } from 'vitest';
import { type CopyHints, NO_FEED_HINTS } from '../../functions/article/feed-hints.ts';
import { hintsKey } from '../../functions/article/fetched-keys.ts';
import type { Hints } from '../../functions/extract/outcome.ts';
import { settings, World } from './memory.ts';

const KEY = hintsKey('ab'.repeat(16), '{}');
const HINTS: CopyHints = {
  feed: { ...NO_FEED_HINTS, title: 'As the feed has it', publishedAt: '2026-02-28T10:00:00Z' },
  feedUrl: 'https://a.example/feed',
  section: 'Harbour',
  answer: { robots: ['noai'], tdmReserved: null, tdmPolicy: null },
};

/** Ingests a copy that names hints, with these bytes lying where it says. @returns what the engine was given of them */
async function ingestWith(hints: Uint8Array | null): Promise<{ world: World; given: Hints['copy'] }> {
  const world = new World();
  if (hints) {
    const object = { bytes: hints, etag: null, contentType: null, metadata: {}, uploadedAt: new Date(0) };
    world.objects.set(`${settings.bodiesBucket}/${KEY}`, [{ versionId: 'null', object }]);
  }
  const ports = world.ports();
  let given: Hints['copy'];
  const extract: typeof ports.extract = (bytes, engineHints) => {
    given = engineHints.copy;
    return ports.extract(bytes, engineHints);
  };
  const upload = world.put({ document: { url: 'https://a.example/1', text: 'Words.' }, metadata: { hints: KEY } });
  expect(await world.deliver(upload, { ports: { ...ports, extract } })).toMatchObject({ status: 'ingested' });
  return { world, given };
}

describe('the hints that an upload names', () => {
  it('are given to the engine', async () => {
    const { world, given } = await ingestWith(Buffer.from(JSON.stringify(HINTS)));
    expect(given).toEqual(HINTS);
    expect(world.article().quality.warnings).toEqual([]);
  });

  it.each([
    ['gone', null, 'is not there'],
    ['no JSON', Buffer.from('{'), 'cannot be read'],
    ['of another shape', Buffer.from(JSON.stringify({ ...HINTS, feed: { title: 7 } })), 'cannot be read'],
    [
      'dated by no instant',
      Buffer.from(JSON.stringify({ feed: { ...HINTS.feed, publishedAt: 'soon' } })),
      'cannot be read',
    ],
    ['too large', Buffer.alloc(4 * 1024 * 1024 + 1), 'more than are read'],
  ])('are left out with a warning where they are %s', async (_, bytes, why) => {
    const { world, given } = await ingestWith(bytes);
    expect(given).toBeNull();
    expect(world.article().quality.warnings).toMatchObject([{ code: 'HINTS_IGNORED' }]);
    expect(world.article().quality.warnings[0]?.message).toContain(why);
  });
});
