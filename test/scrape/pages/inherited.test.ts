/** Articles whose source has them fetched no more, and that another one names. */
import { describe, expect, it } from 'vitest';
import { declareSources } from '../../../functions/scrape/sources/declare-sources.ts';
import { sourceDesk } from '../../../functions/scrape/sources/source-desk.ts';
import { article, DAY, HOUR, MINUTE, World } from '../world.ts';

const MAP = 'https://a.example/map.xml';
const OTHER = 'https://a.example/other.xml';
const PAGE = 'https://a.example/2026/03/a-story';
const RECHECKED = { recheckDays: 3, everySeconds: 1800 };

/** One article, fetched by `a`, and named by `b` as well. */
async function named(other: Partial<typeof RECHECKED> | null = {}) {
  const world = new World();
  const state = { text: 'Version 1', modifiedAt: world.clock - HOUR };
  const map = () => ({
    headers: { 'content-type': 'application/xml' },
    body: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${PAGE}</loc><lastmod>${new Date(state.modifiedAt).toISOString()}</lastmod></url></urlset>`,
  });
  world.answer(MAP, map);
  world.answer(OTHER, map);
  world.answer(PAGE, () => article(state.text));
  await world.add('a', MAP, RECHECKED);
  await world.run(MINUTE);
  if (other) await world.add('b', OTHER, { ...RECHECKED, ...other });
  await world.run(9 * MINUTE);
  const desk = sourceDesk(world.sources, () => new Date(world.clock));
  const changes = () => Object.assign(state, { text: `${state.text}, again`, modifiedAt: world.clock });
  return { world, desk, changes };
}

describe('an article', () => {
  it('whose source is removed is fetched again by the next that names it, as the first one’s', async () => {
    const { world, desk, changes } = await named();
    await desk.remove('a');
    await world.run(HOUR);
    changes();
    await world.run(20 * HOUR);
    expect(world.copies.map(({ sourceId }) => sourceId)).toEqual(['a', 'a']);
    expect(world.page(PAGE)).toMatchObject({ sourceId: 'a', recheckedBy: 'b' });
  });

  it('whose source is paused likewise, and is not taken back', async () => {
    const { world, desk, changes } = await named();
    await desk.pause('a', 'For now.');
    changes();
    await world.run(DAY);
    expect(world.copies).toHaveLength(2);
    await desk.resume('a');
    changes();
    await world.run(DAY);
    expect(world.copies).toHaveLength(3);
    expect(world.page(PAGE).recheckedBy).toBe('b');
  });

  it('whose source is watched under another name is fetched as often as if it had kept its own', async () => {
    const kept = await named(null);
    await kept.world.run(4 * DAY);
    const { world, desk } = await named(null);
    await desk.remove('a');
    await world.add('renamed', MAP, RECHECKED);
    await world.run(4 * DAY);
    expect(world.asked(PAGE)).toBe(kept.world.asked(PAGE));
    expect(world.asked(PAGE)).toBeGreaterThan(3);
  });

  it('whose source is declared under another name is fetched again', async () => {
    const { world, changes } = await named(null);
    const declare = (id: string) =>
      declareSources([{ id, url: MAP, recheckDays: 3 }], world.sources, new Date(world.clock));
    await sourceDesk(world.sources, () => new Date(world.clock)).remove('a');
    await declare('first');
    await world.run(HOUR);
    await declare('second');
    await world.run(10 * MINUTE);
    changes();
    await world.run(DAY);
    expect(world.source('first').state).toBe('paused');
    expect(world.copies).toHaveLength(2);
    expect(world.page(PAGE)).toMatchObject({ sourceId: 'a', recheckedBy: 'second' });
  });

  it('whose source was away for a while is fetched again once that is back', async () => {
    const { world, desk } = await named(null);
    await desk.remove('a');
    await world.run(5 * HOUR);
    expect(world.page(PAGE).dueAt).toBeNull();
    await world.add('a', MAP, RECHECKED);
    await world.run(2 * HOUR);
    expect(world.asked(PAGE)).toBe(2);
    expect(world.page(PAGE)).toMatchObject({ sourceId: 'a', recheckedBy: null });
  });

  it('of a source that has nothing fetched again is, where another that names it does', async () => {
    const { world, desk, changes } = await named();
    await desk.change('a', { recheckDays: 0 });
    await world.run(2 * HOUR);
    changes();
    await world.run(12 * HOUR);
    expect(world.copies).toHaveLength(2);
  });

  it('whose days are over stays at rest, whoever names it', async () => {
    const { world, desk } = await named(null);
    await world.run(4 * DAY);
    const asked = world.asked(PAGE);
    await desk.remove('a');
    await world.add('renamed', MAP, RECHECKED);
    await world.run(2 * DAY);
    expect(world.asked(PAGE)).toBe(asked);
    expect(world.page(PAGE).recheckedBy).toBeNull();
  });

  it('stays that of its source while that is active', async () => {
    const { world, changes } = await named();
    changes();
    await world.run(3 * DAY);
    expect(world.page(PAGE)).toMatchObject({ sourceId: 'a', recheckedBy: null });
  });
});
