import { describe, expect, it } from 'vitest';
import { type SameTextStore, settleText } from '../../functions/article/same-text.ts';
import { World } from '../ingest/memory.ts';

/** A world in which the first of some records with one text was deleted by hand. */
async function orphans(count: number) {
  const world = new World();
  const ids: string[] = [];
  for (let i = 0; i <= count; i++) {
    world.clock += 1_000;
    const document = { url: `https://${i}.example/story`, text: 'The same words.' };
    ids.push(...(await world.deliver(world.put({ key: `${i}.txt`, document }))).articleIds);
  }
  const [gone = '', ...left] = ids;
  const contentHash = world.articles.get(gone)?.contentHash ?? '';
  world.stored.delete(gone);
  return { world, contentHash, left, store: world.ports().articles, now: () => new Date(world.clock) };
}

const duplicateOf = (world: World, ids: string[]) => ids.map((id) => world.articles.get(id)?.duplicateOf);

describe('records whose first has gone', () => {
  it('have the one that was first seen next in its place, and the others point to it', async () => {
    const { world, contentHash, left, store, now } = await orphans(3);
    expect(await settleText(contentHash, { store, now })).toEqual(left);
    expect(duplicateOf(world, left)).toEqual([null, left[0], left[0]]);
    expect(world.texts.get(contentHash)).toBe(left[0]);
  });

  it('are as they were once they are in order, whoever asks again', async () => {
    const { world, contentHash, store, now } = await orphans(2);
    await settleText(contentHash, { store, now });
    const before = structuredClone(world.stored);
    await settleText(contentHash, { store, now });
    expect(world.stored).toEqual(before);
  });

  it('are looked at up to the number asked for, those first seen first', async () => {
    const { world, contentHash, left, store, now } = await orphans(4);
    expect(await settleText(contentHash, { store, now, atMost: 2 })).toHaveLength(3);
    const [first, ...others] = duplicateOf(world, left);
    expect(first).toBeNull();
    expect(others.filter((id) => id === left[0])).toHaveLength(2);
  });

  it('are given up for now where others keep writing to them', async () => {
    const { contentHash, store, now } = await orphans(1);
    const busy: SameTextStore = { ...store, succeed: async () => false };
    await expect(settleText(contentHash, { store: busy, now })).rejects.toMatchObject({ code: 'CONTENDED' });
  });
});

describe('a text that nobody has', () => {
  it('has no first record', async () => {
    const { store, now } = await orphans(1);
    expect(await settleText('0'.repeat(64), { store, now })).toEqual([]);
  });
});
