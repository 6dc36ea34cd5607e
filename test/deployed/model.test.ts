/**
 * Random histories on the deployed tables against the model that the rules are held to in memory. The bucket, the clock
 * and the engine are those of the memory; every row is DynamoDB's.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteOf } from '../../functions/article/canonical-url.ts';
import { type ArticleCard, cardOf } from '../../functions/article/card.ts';
import { articleId } from '../../functions/article/identity.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { sketchKeys, sketchOf } from '../../functions/article/sketch.ts';
import { articleStore } from '../../functions/aws/article-store.ts';
import { documentClient, s3Client } from '../../functions/aws/clients.ts';
import type { Page, PageOptions } from '../../functions/aws/page.ts';
import { connectionTo } from '../../functions/aws/target.ts';
import { uploadLedger } from '../../functions/aws/upload-ledger.ts';
import { withdrawalPorts } from '../../functions/aws/withdrawals.ts';
import type { Ports } from '../../functions/ingest/ports.ts';
import { restore, withdraw } from '../../functions/withdraw/withdraw.ts';
import { type Document, World } from '../ingest/memory.ts';
import { type Action, ALIKE, deliverAction, Model, putAction, takeAction, type Upload, URLS } from '../ingest/model.ts';
import { deployed } from './stack.ts';

const { outputs, target } = deployed();
const documents = documentClient(connectionTo(target));
const s3 = s3Client(connectionTo(target));
const articles = articleStore(documents, s3, outputs);
const uploads = uploadLedger(documents, outputs.uploadsTable);

const history: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: putAction },
    { weight: 8, arbitrary: deliverAction },
    { weight: 2, arbitrary: takeAction },
  ),
  { minLength: 15, maxLength: 30, size: 'max' },
);

describe('a random history on the deployed tables', () => {
  it('leaves records, tombstones, revisions and every list as the model has them', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (actions) => {
        // What other runs stored is told apart by words that nobody else has, in addresses, texts and tags.
        const run = freshRun();
        const world = new World();
        world.clock = Date.parse(`${dayOf(run)}T08:00:00Z`);
        const model = new Model((text) => text.replaceAll(run, ''));
        const ports: Ports = { ...world.ports(), ...namespaced(run) };
        const withdrawing = { ...withdrawalPorts(documents, s3, outputs), now: () => new Date(world.clock) };
        const known: Upload[] = [];
        const ended = new Set<Upload>();

        const deliver = async (upload: Upload) => {
          if (ended.has(upload)) return;
          ended.add(upload);
          const ofKey = known.filter(({ notification }) => notification.key === upload.notification.key);
          const newest = Math.max(...ofKey.filter((each) => ended.has(each)).map(({ order }) => order));
          const { status } = await world.deliver(upload.notification, { ports });
          expect(status).toBe(model.end(upload, newest > upload.order));
        };

        for (const action of actions) {
          world.clock += 1_000;
          if (action.do === 'put') {
            const document = ownWords(action.document, run);
            const notification = world.put({ key: action.key, document });
            const at = world.clock;
            known.push({ order: known.length, notification, document, fetchedAt: at, uploadedAt: at });
          } else if (action.do === 'deliver') {
            const upload = known[action.which % known.length];
            if (upload) await deliver(upload);
          } else {
            const id = model.ids[action.which % model.ids.length];
            if (id === undefined) continue;
            if (action.do === 'withdraw') {
              await withdraw({ id, reason: null, purge: false }, withdrawing);
              model.withdraw(id);
            } else if (model.gone.has(id)) {
              await restore(id, withdrawing);
              model.restore(id);
            }
          }
        }
        for (const upload of known) await deliver(upload);
        await agree(model, run);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});

/** A name whose texts, with it in every word, are still found to be alike: their smallest hashes are others in each run. */
function freshRun(): string {
  for (;;) {
    const run = randomUUID().slice(0, 8);
    const [one = [], other = []] = ALIKE.map((text) => keysOf(ownText(text, run)));
    if (one.some((key) => other.includes(key))) return run;
  }
}

function keysOf(text: string): string[] {
  const sketch = sketchOf(text);
  return sketch ? sketchKeys(sketch) : [];
}

function ownUrl(url: string, run: string): string {
  return url.replace('.example', `-${run}.example`);
}

/** A day long ago that no other run has. */
function dayOf(run: string): string {
  const day = Number.parseInt(run, 16) % 80_000;
  return new Date(Date.parse('1700-01-01T00:00:00Z') + day * 24 * 60 * 60 * 1_000).toISOString().slice(0, 10);
}

function ownText(text: string, run: string): string {
  return text.replace(/\p{L}+/gu, (word) => `${word}${run}`);
}

function ownWords({ url, text, tags, ...rest }: Document, run: string): Document {
  return {
    ...rest,
    ...(url === undefined ? {} : { url: ownUrl(url, run) }),
    ...(text === undefined ? {} : { text: ownText(text, run) }),
    ...(tags === undefined ? {} : { tags: tags.map(({ label, slug }) => ({ label, slug: `${slug}-${run}` })) }),
  };
}

/** The ledger with the objects of one run apart from those of all others. */
function namespaced(run: string): Pick<Ports, 'uploads' | 'articles'> {
  const own = (object: string) => `${run}/${object}`;
  return {
    articles: {
      ...articles,
      commit: (commit) => articles.commit({ ...commit, row: { ...commit.row, object: own(commit.row.object) } }),
    },
    uploads: {
      async read(object, version) {
        const { row, head } = await uploads.read(own(object), version);
        return { row: row && { ...row, object }, head };
      },
      claim: ({ row, wasRow, head }) => uploads.claim({ row: { ...row, object: own(row.object) }, wasRow, head }),
      lineage: (object) => uploads.lineage(own(object)),
      settle: (row, lease) => uploads.settle({ ...row, object: own(row.object) }, lease),
    },
  };
}

async function agree(model: Model, run: string): Promise<void> {
  for (const [id, { title, text, duplicateOf, clusterId, revision }] of model.articles) {
    expect(await articles.get(id)).toMatchObject({ title, text, duplicateOf, clusterId, revision });
    const { items } = await articles.listRevisions(id);
    const expected = [...model.revisions].filter(([name]) => name.startsWith(`${id}#`));
    expect(items.map((row) => [`${id}#${row.revision}`, row.changed, row.before.title, row.before.text])).toEqual(
      expected.map(([name, before]) => [name, before.changed, before.title, before.text]).reverse(),
    );
  }
  for (const [id, { restored }] of model.gone) {
    const stored = await articles.read(id);
    expect(stored).toMatchObject({ id, restoredAt: restored ? expect.any(String) : null });
    expect(await articles.get(id)).toBeNull();
    expect((await articles.listRevisions(id)).items).toEqual([]);
  }
  await agreeInLists(model, run);
}

/** Every list holds the cards of the right records in the right order, page by page. */
async function agreeInLists(model: Model, run: string): Promise<void> {
  const cardsOf = (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => cardOf((await articles.get(id)) as ArticleRecord)));

  const sites = Map.groupBy(
    URLS.map((url) => ownUrl(url, run)),
    (url) => siteOf(url) as string,
  );
  for (const [site, urls] of sites) {
    const ids = new Set(urls.map((url) => articleId(url, '')));
    const expected = await cardsOf(model.newestFirst((id) => ids.has(id)));
    expect(await pageByPage((page) => articles.listBySite(site, page)), site).toEqual(expected);
  }

  const originals = model.newestFirst((_, { duplicateOf }) => duplicateOf === null);
  const days = { from: dayOf(run), to: dayOf(run) };
  expect(await pageByPage((page) => articles.listByDays(days, page)), days.from).toEqual(await cardsOf(originals));

  const listed = model.facets();
  // Lists that should be empty again, too.
  const everListed = new Set([...listed.keys(), ...model.ids.map((id) => `cluster:${id}`)]);
  for (const facet of everListed) {
    const ids = new Set(listed.get(facet));
    const expected = await cardsOf(model.newestFirst((id) => ids.has(id)));
    expect(await pageByPage((page) => articles.listByFacet(facet, page)), facet).toEqual(expected);
  }
}

async function pageByPage(list: (page: PageOptions) => Promise<Page<ArticleCard>>): Promise<ArticleCard[]> {
  const cards: ArticleCard[] = [];
  let cursor: string | null = null;
  do {
    const page = await list({ limit: 2, cursor });
    expect(page.items.length).toBeLessThanOrEqual(2);
    cards.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null);
  return cards;
}
