import { describe, expect, it } from 'vitest';
import { withdraw } from '../../functions/withdraw/withdraw.ts';
import { type Document, World } from './memory.ts';

const REPORT =
  'The harbour board has signed a contract for a new night boat to Norrvik, which will sail on Mondays, Wednesdays and ' +
  'Fridays from May, and take bicycles for free after a survey of two thousand travellers last autumn.';
const CORRECTED = REPORT.replace('Mondays, Wednesdays and Fridays', 'Tuesdays and Saturdays');
const OTHER =
  'A bakery in the old town has been fined because its apprentices began work at three in the morning, two hours before ' +
  'the law allows it, on at least forty days of the past year.';

async function put(world: World, key: string, document: Document) {
  world.clock += 1_000;
  return world.deliver(world.put({ key, document }));
}

describe('a text without an address', () => {
  it('that is put again under its key with some words changed is a revision of the same record', async () => {
    const world = new World();
    const first = await put(world, 'a.txt', { text: REPORT });
    const second = await put(world, 'a.txt', { text: CORRECTED });
    expect(second).toMatchObject({ status: 'ingested', articleIds: first.articleIds });
    expect(world.article()).toMatchObject({ id: first.articleIds[0], text: CORRECTED, revision: 2 });
    expect([...world.revisions.values()]).toMatchObject([{ revision: 2, changed: ['text'], before: { text: REPORT } }]);
    const third = await put(world, 'a.txt', { text: REPORT });
    expect(third).toMatchObject({ status: 'ingested', articleIds: first.articleIds });
    expect(world.article()).toMatchObject({ text: REPORT, revision: 3 });
  });

  it('that has nothing in common with what its key held before is another record', async () => {
    const world = new World();
    const [one] = (await put(world, 'latest.txt', { text: REPORT })).articleIds;
    const [other] = (await put(world, 'latest.txt', { text: OTHER })).articleIds;
    expect([...world.articles.keys()]).toEqual([one, other]);
    const [again] = (await put(world, 'latest.txt', { text: OTHER.replace('forty', 'fifty') })).articleIds;
    expect(again).toBe(other);
  });

  it('under another key never takes a correction back', async () => {
    const world = new World();
    const { articleIds } = await put(world, 'a.txt', { text: REPORT });
    await put(world, 'a.txt', { text: CORRECTED });
    expect(await put(world, 'b.txt', { text: REPORT })).toMatchObject({ status: 'superseded', articleIds });
    expect(world.article().text).toBe(CORRECTED);
    expect(await put(world, 'c.txt', { text: CORRECTED })).toMatchObject({ status: 'duplicate' });
  });

  it('does not correct a record that another key has written since, or one that has an address', async () => {
    const world = new World();
    await put(world, 'a.txt', { url: 'https://a.example/1', text: REPORT });
    await put(world, 'a.txt', { text: CORRECTED });
    expect(world.articles.size).toBe(2);
  });

  it('stays withdrawn however it is corrected under its key', async () => {
    const world = new World();
    const [id = ''] = (await put(world, 'a.txt', { text: REPORT })).articleIds;
    await withdraw({ id, reason: null, purge: false }, world.withdrawalPorts());
    expect(await put(world, 'a.txt', { text: CORRECTED })).toMatchObject({ status: 'rejected', reason: 'WITHDRAWN' });
    expect(world.articles.size).toBe(0);
  });
});

describe('texts that are nearly the same', () => {
  const url = (n: number) => `https://${n}.example/story`;

  it('share the cluster of the one that came first, and a list of its own holds the others', async () => {
    const world = new World();
    const [first = ''] = (await put(world, '1', { url: url(1), text: REPORT })).articleIds;
    const [second = ''] = (await put(world, '2', { url: url(2), text: CORRECTED })).articleIds;
    const [third = ''] = (await put(world, '3', { url: url(3), text: `${CORRECTED} More soon.` })).articleIds;
    const [other = ''] = (await put(world, '4', { url: url(4), text: OTHER })).articleIds;
    const clusters = [first, second, third, other].map((id) => world.articles.get(id)?.clusterId);
    expect(clusters).toEqual([first, first, first, other]);
    expect(world.facets.get(`cluster:${first}`)?.map(({ id }) => id)).toEqual([second, third]);
  });

  it('leave the cluster with their words, and keep it as long as these stay', async () => {
    const world = new World();
    const [first = ''] = (await put(world, '1', { url: url(1), text: REPORT })).articleIds;
    const [second = ''] = (await put(world, '2', { url: url(2), text: CORRECTED })).articleIds;
    await put(world, '2', { url: url(2), text: CORRECTED, description: 'Now with a summary.' });
    expect(world.articles.get(second)?.clusterId).toBe(first);
    await put(world, '2', { url: url(2), text: OTHER });
    expect(world.articles.get(second)?.clusterId).not.toBe(first);
    await put(world, '1', { url: url(1), text: CORRECTED });
    expect(world.articles.get(first)?.clusterId).toBe(first);
  });

  it('are never in one cluster with what its first record says later, before or after it is withdrawn', async () => {
    const world = new World();
    const [first = ''] = (await put(world, '1', { url: url(1), text: REPORT })).articleIds;
    const [second = ''] = (await put(world, '2', { url: url(2), text: CORRECTED })).articleIds;
    const [third = ''] = (await put(world, '3', { url: url(3), text: REPORT })).articleIds;
    for (const text of [OTHER, 'A short one.', OTHER.replace('forty', 'fifty')]) {
      await put(world, '1', { url: url(1), text });
      const clusters = [first, second, third].map((id) => world.articles.get(id)?.clusterId);
      expect(clusters.slice(1)).toEqual([first, first]);
      expect(clusters[0]).not.toBe(first);
    }
    const left = world.articles.get(first)?.clusterId;
    const [fourth = ''] = (await put(world, '4', { url: url(4), text: OTHER })).articleIds;
    expect(world.articles.get(fourth)?.clusterId).toBe(left);
    await put(world, '1', { url: url(1), text: REPORT });
    expect(world.articles.get(first)?.clusterId).toBe(first);
  });

  it('give a duplicate the cluster of the record whose text it has', async () => {
    const world = new World();
    const [first = ''] = (await put(world, '1', { url: url(1), text: REPORT })).articleIds;
    const [second = ''] = (await put(world, '2', { url: url(2), text: CORRECTED })).articleIds;
    const [third = ''] = (await put(world, '3', { url: url(3), text: CORRECTED })).articleIds;
    expect(world.articles.get(third)).toMatchObject({ duplicateOf: second, clusterId: first });
  });
});
