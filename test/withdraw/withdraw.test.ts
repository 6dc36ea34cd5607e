import { describe, expect, it } from 'vitest';
import { isWithdrawn } from '../../functions/article/tombstone.ts';
import { restore, withdraw } from '../../functions/withdraw/withdraw.ts';
import { type Document, World } from '../ingest/memory.ts';

const URL_A = 'https://a.example/story';
const TAGS = [{ label: 'Floods', slug: 'floods' }];

/** Puts and ingests one document. @returns the id of its record */
async function ingested(world: World, key: string, document: Document): Promise<string> {
  world.clock += 1_000;
  const { articleIds } = await world.deliver(world.put({ key, document }));
  return articleIds[0] as string;
}

function take(world: World, id: string, wish: { reason?: string; purge?: boolean } = {}) {
  world.clock += 1_000;
  return withdraw({ id, reason: null, purge: false, ...wish }, world.withdrawalPorts());
}

describe('a withdrawn article', () => {
  it('leaves nothing of what it said, in no list, and a tombstone that says that it was', async () => {
    const world = new World();
    const id = await ingested(world, 'a.txt', { url: URL_A, title: 'Old', text: 'Old words.', tags: TAGS });
    await ingested(world, 'a.txt', { url: URL_A, title: 'New', text: 'New words.', tags: TAGS });
    expect(world.revisions.size).toBe(1);

    const { tombstone, before, erased, purged } = await take(world, id, { reason: 'Court order 12/26' });
    expect(before).toBe(false);
    expect(erased).toEqual({ revisions: 1, bodies: 0 });
    expect(purged).toBeNull();
    expect(world.stored.get(id)).toEqual(tombstone);
    expect(tombstone).toMatchObject({ id, canonicalUrl: URL_A, reason: 'Court order 12/26', revision: 2 });
    expect(JSON.stringify(tombstone)).not.toMatch(/words|Old|New/);
    expect(world.facets).toEqual(new Map());
    expect(world.revisions.size).toBe(0);
    expect(world.texts.size).toBe(0);
  });

  it('does not come back by an upload, which is rejected with the reason and what to do', async () => {
    const world = new World();
    const id = await ingested(world, 'a.txt', { url: URL_A, text: 'Words.' });
    const { tombstone } = await take(world, id, { reason: 'Libel' });
    for (const [key, text] of [
      ['a.txt', 'Words.'],
      ['b.txt', 'Other words.'],
    ] as const) {
      const result = await world.deliver(world.put({ key, document: { url: URL_A, text } }));
      expect(result).toMatchObject({ status: 'rejected', reason: 'WITHDRAWN', articleIds: [id] });
      expect(result.detail).toContain('Libel');
      expect(result.detail).toContain(`copydesk withdraw ${id} --restore`);
    }
    expect(world.stored.get(id)).toEqual(tombstone);
  });

  it('comes back by an upload once that is allowed, with its history', async () => {
    const world = new World();
    const id = await ingested(world, 'a.txt', { url: URL_A, text: 'Words.' });
    const firstSeenAt = world.article().firstSeenAt;
    await take(world, id);
    const lifted = await restore(id, world.withdrawalPorts());
    expect(isWithdrawn(lifted)).toBe(true);
    expect(world.articles.size).toBe(0);
    await ingested(world, 'b.txt', { url: URL_A, text: 'Words again.' });
    expect(world.article()).toMatchObject({ id, text: 'Words again.', revision: 2, firstSeenAt });
    expect(world.revisions.size).toBe(0);
    await take(world, id);
    expect(world.articles.size).toBe(0);
  });

  it('stays withdrawn since the first time when it is withdrawn again', async () => {
    const world = new World();
    const id = await ingested(world, 'a.txt', { url: URL_A, text: 'Words.' });
    const { tombstone } = await take(world, id, { reason: 'Libel' });
    expect(await take(world, id)).toMatchObject({ tombstone, before: true });
    const again = await take(world, id, { purge: true });
    expect(again).toMatchObject({ before: true, purged: 1 });
    expect(again.tombstone).toMatchObject({ withdrawnAt: tombstone.withdrawnAt, reason: 'Libel', purged: true });
  });

  it('takes all its raw copies with it where that is asked for, and no others', async () => {
    const world = new World();
    const id = await ingested(world, 'a.txt', { url: URL_A, text: 'Words.' });
    await ingested(world, 'b.txt', { url: URL_A, text: 'Words.' });
    await ingested(world, 'a.txt', { url: URL_A, text: 'Corrected.' });
    await ingested(world, 'a.txt', { url: 'https://a.example/other', text: 'Under the same key.' });
    expect((await take(world, id, { purge: true })).purged).toBe(3);
    expect(world.objects.get('uploads/a.txt')).toHaveLength(1);
    expect(world.objects.get('uploads/b.txt')).toEqual([]);
  });

  it('leaves the copies under its keys that were never read, which may be of other articles, and names them', async () => {
    const world = new World();
    const old = world.put({ key: 'latest.txt', document: { url: 'https://a.example/other', text: 'Not this one.' } });
    const id = await ingested(world, 'latest.txt', { url: URL_A, text: 'Words.' });
    expect(await world.deliver(old)).toMatchObject({ status: 'superseded', articleIds: [] });
    const unread = [{ object: 'uploads/latest.txt', version: old.versionId }];
    expect(await take(world, id, { purge: true })).toMatchObject({ purged: 1, unread });
    expect(world.objects.get('uploads/latest.txt')).toMatchObject([{ versionId: old.versionId }]);
  });

  it('must exist, and be withdrawn to be restored', async () => {
    const world = new World();
    await expect(take(world, 'f'.repeat(32))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(restore('f'.repeat(32), world.withdrawalPorts())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const id = await ingested(world, 'a.txt', { url: URL_A, text: 'Words.' });
    await expect(restore(id, world.withdrawalPorts())).rejects.toMatchObject({ code: 'NOT_WITHDRAWN' });
  });
});

describe('the duplicates of a withdrawn article', () => {
  const same = { text: 'The same words.', tags: TAGS };

  async function three(world: World): Promise<[string, string, string]> {
    const first = await ingested(world, 'a.txt', { url: URL_A, ...same });
    const second = await ingested(world, 'b.txt', { url: 'https://b.example/1', ...same });
    const third = await ingested(world, 'c.txt', { url: 'https://c.example/1', ...same });
    return [first, second, third];
  }

  it('have the first of them in its place, which is listed from then on, and are named', async () => {
    const world = new World();
    const [first, second, third] = await three(world);
    expect(world.facets.get('tag:floods')?.map(({ id }) => id)).toEqual([first]);
    expect(await take(world, first)).toMatchObject({ sameText: [second, third], tombstone: { heir: second } });
    expect(world.articles.get(second)).toMatchObject({ duplicateOf: null, revision: 1 });
    expect(world.articles.get(third)).toMatchObject({ duplicateOf: second });
    expect([...world.texts.values()]).toEqual([second]);
    expect(world.facets.get('tag:floods')?.map(({ id }) => id)).toEqual([second]);
    await ingested(world, 'd.txt', { url: 'https://d.example/1', ...same });
    expect([...world.articles.values()].filter(({ duplicateOf }) => duplicateOf === second)).toHaveLength(2);
  });

  it('of a text that it had before are brought in order too, where nobody had done so', async () => {
    const world = new World();
    const [first, second, third] = await three(world);
    await ingested(world, 'a.txt', { url: URL_A, text: 'Other words.' });
    // As tables are that were written before corrections handed texts on.
    for (const id of [second, third]) {
      const record = world.articles.get(id);
      if (record) world.stored.set(id, { ...record, duplicateOf: first });
    }
    const [hash = ''] = [...world.texts].find(([, id]) => id === second) ?? [];
    world.texts.set(hash, first);
    expect((await take(world, first, { purge: true })).sameText).toEqual([]);
    expect(world.articles.get(second)).toMatchObject({ duplicateOf: null });
    expect(world.articles.get(third)).toMatchObject({ duplicateOf: second });
    expect(world.facets.get('tag:floods')?.map(({ id }) => id)).toEqual([second]);
  });

  it('are in order after it was corrected and withdrawn, and for whoever comes later', async () => {
    const world = new World();
    const [first, second, third] = await three(world);
    await ingested(world, 'a.txt', { url: URL_A, text: 'Other words.' });
    expect(world.articles.get(second)).toMatchObject({ duplicateOf: null, revision: 1 });
    expect(world.facets.get('tag:floods')?.map(({ id }) => id)).toEqual([second]);
    await take(world, first, { purge: true });
    const fourth = await ingested(world, 'd.txt', { url: 'https://d.example/1', ...same });
    for (const id of [third, fourth]) expect(world.articles.get(id)).toMatchObject({ duplicateOf: second });
  });

  it('are left alone when another duplicate is withdrawn', async () => {
    const world = new World();
    const [first, second, third] = await three(world);
    expect((await take(world, second)).sameText).toEqual([]);
    expect(world.articles.get(first)?.duplicateOf).toBeNull();
    expect(world.articles.get(third)?.duplicateOf).toBe(first);
  });

  it('all point to the heir in the end, wherever a withdrawal is cut short and done again', async () => {
    for (let fault = 0; fault < 12; fault++) {
      const world = new World();
      const [first, second, third] = await three(world);
      const ports = world.withdrawalPorts();
      let calls = 0;
      const cut = <Arguments extends unknown[], Result>(call: (...args: Arguments) => Promise<Result>) => {
        return async (...args: Arguments): Promise<Result> => {
          if (calls++ === fault) throw new Error('the network is down');
          return call(...args);
        };
      };
      const { articles } = ports;
      const faulty = {
        ...ports,
        articles: {
          read: cut(articles.read),
          firstWithText: cut(articles.firstWithText),
          duplicatesWithText: cut(articles.duplicatesWithText),
          formerTexts: cut(articles.formerTexts),
          succeed: cut(articles.succeed),
          bury: cut(articles.bury),
          replace: cut(articles.replace),
          erase: cut(articles.erase),
        },
      };
      await withdraw({ id: first, reason: null, purge: false }, faulty).catch(() => {});
      await take(world, first);
      expect(world.articles.get(second)?.duplicateOf).toBeNull();
      expect(world.articles.get(third)?.duplicateOf).toBe(second);
    }
  });
});
