import { expect, it } from 'vitest';
import { listLatest } from '../../cli/api/list.ts';
import type { Stack } from '../../cli/api/stack.ts';
import type { Upload } from '../../functions/article/upload.ts';
import { memoryPorts, NOW, story } from '../query/memory.ts';

function ingested(object: string, articleId: string, updatedAt: string): Upload {
  const unknown = { reason: null, detail: null, sequencer: null, leaseUntil: null, durationMs: null };
  const form = { bytes: 1, mediaType: 'text/html', charset: 'utf-8', attempts: 1 };
  const ended = { articleIds: [articleId], receivedAt: updatedAt, updatedAt };
  return { object, version: 'v', status: 'ingested', ...ended, ...form, ...unknown };
}

it('the articles that came in last are as many as were asked for, however many were revised or withdrawn', async () => {
  const [live, ...others] = Array.from({ length: 12 }, (_, n) => story(n, { text: `Words of ${n}.` }));
  const stored = [live, ...others].filter((record) => record !== undefined);
  const minute = (n: number) => new Date(NOW.getTime() - n * 60_000).toISOString();
  const uploads: Upload[] = [
    ...Array.from({ length: 150 }, (_, n) => ingested(`b/live${n}`, live?.id ?? '', minute(n))),
    ...others.map(({ id }, n) => ingested(`b/${n}`, id, minute(200 + n))),
  ];
  const { uploads: ledger, articles } = memoryPorts({ stored, revisions: [], uploads });
  const withdrawn = stored[1]?.id;
  const get = async (id: string) => (id === withdrawn ? null : articles.read(id));
  const stack = { uploads: ledger, articles: { get } } as unknown as Stack;
  const cards = await listLatest(stack, { limit: 10, now: NOW });
  expect(cards.map(({ id }) => id)).toEqual([stored[0], ...stored.slice(2, 11)].map((record) => record?.id));
});
