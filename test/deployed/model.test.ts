/**
 * Random histories on the deployed tables against the model that the rules are held to in memory. The bucket, the clock
 * and the engine are those of the memory; every row is DynamoDB's.
 */
import { randomUUID } from 'node:crypto';
import type { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';
import { paginateScan } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteOf } from '../../functions/article/canonical-url.ts';
import { type ArticleCard, cardOf } from '../../functions/article/card.ts';
import { contentHash } from '../../functions/article/fingerprints.ts';
import { articleId } from '../../functions/article/identity.ts';
import type { ArticleRecord } from '../../functions/article/record.ts';
import { sketchKeys, sketchOf } from '../../functions/article/sketch.ts';
import { articleStore } from '../../functions/aws/articles/article-store.ts';
import { withdrawalPorts } from '../../functions/aws/articles/withdrawals.ts';
import type { Page, PageOptions } from '../../functions/aws/lists/page.ts';
import { documentClient, s3Client } from '../../functions/aws/stack/clients.ts';
import { connectionTo } from '../../functions/aws/stack/target.ts';
import { rawCopies } from '../../functions/aws/uploads/raw-copies.ts';
import { uploadLedger } from '../../functions/aws/uploads/upload-ledger.ts';
import type { IngestResult } from '../../functions/ingest/ingest.ts';
import type { Ports } from '../../functions/ingest/ports.ts';
import { FACETS, FINGERPRINTS, REVISIONS } from '../../functions/names.ts';
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
        const withdrawing = {
          articles: withdrawalPorts(documents, s3, outputs).articles,
          raw: rawCopies(documents, bucketOf(world), outputs.uploadsTable, uploads, { deleteAll: async () => 0 }),
          now: () => new Date(world.clock),
        };
        const known: Upload[] = [];
        const ended = new Map<Upload, IngestResult>();
        const purged = new Set<Upload>();

        const deliver = async (upload: Upload) => {
          const before = ended.get(upload);
          if (before) {
            const again = await world.deliver(upload.notification, { ports });
            expect(again).toEqual({ ...before, settledBefore: true });
            return;
          }
          const ofKey = known.filter(({ notification }) => notification.key === upload.notification.key);
          const newest = Math.max(...ofKey.filter((each) => ended.has(each)).map(({ order }) => order));
          const result = await world.deliver(upload.notification, { ports });
          ended.set(upload, result);
          expect(result.status).toBe(model.end(upload, newest > upload.order));
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
            if (action.do !== 'restore') {
              const purge = action.do === 'purge';
              await withdraw({ id, reason: null, purge }, withdrawing);
              model.withdraw(id);
              if (purge) for (const [upload, { articleIds }] of ended) if (articleIds.includes(id)) purged.add(upload);
            } else if (model.gone.has(id)) {
              await restore(id, withdrawing);
              model.restore(id);
            }
          }
        }
        // What is left, and then everything again.
        for (let round = 0; round < 2; round++) for (const upload of known) await deliver(upload);
        await agree(model, run);
        const left = [...world.objects.values()].flatMap((versions) => versions.map(({ versionId }) => versionId));
        const kept = known.filter((upload) => !purged.has(upload)).map(({ notification }) => notification.versionId);
        expect(left.sort()).toEqual(kept.sort());
      }),
      // Enough of them where the machine is slow.
      { numRuns: 8, endOnFailure: true, interruptAfterTimeLimit: 180_000 },
    );
  });
});

/** Deletes from the bucket of the memory what is deleted from S3; {@link namespaced} objects begin with their run. */
function bucketOf(world: World): S3Client {
  const send = async ({ input: { Delete } }: DeleteObjectsCommand) => {
    for (const { Key = '', VersionId } of Delete?.Objects ?? []) {
      const rest = (world.objects.get(Key) ?? []).filter(({ versionId }) => versionId !== VersionId);
      world.objects.set(Key, rest);
    }
    return {};
  };
  return { send } as unknown as S3Client;
}

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
  await agreeInRows(model);
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
  expect(await pageByPage((page) => articles.listByDays(days, { ...page, today: days.to })), days.from).toEqual(
    await cardsOf(originals),
  );

  const listed = model.facets();
  // Lists that should be empty again, too.
  const everListed = new Set([...listed.keys(), ...model.ids.map((id) => `cluster:${id}`)]);
  for (const facet of everListed) {
    const ids = new Set(listed.get(facet));
    const expected = await cardsOf(model.newestFirst((id) => ids.has(id)));
    expect(await pageByPage((page) => articles.listByFacet(facet, page)), facet).toEqual(expected);
  }
}

/** The tables hold the rows that the model says, and no others that name its articles. */
async function agreeInRows(model: Model): Promise<void> {
  const ids = new Set(model.ids);
  const facets = (await rowsOf(outputs.facetsTable)).map((row) => ({
    facet: (row[FACETS.key] as string).replace(/#[0-9]+$/, ''),
    id: (row[FACETS.sort] as string).slice(-32),
  }));
  const listed = [...model.facets()].flatMap(([facet, of]) => of.map((id) => `${facet} ${id}`));
  expect(
    facets
      .filter(({ id }) => ids.has(id))
      .map(({ facet, id }) => `${facet} ${id}`)
      .sort(),
  ).toEqual(listed.sort());

  const revisions = (await rowsOf(outputs.revisionsTable)).filter((row) => ids.has(row[REVISIONS.key] as string));
  expect(revisions.map((row) => `${row[REVISIONS.key]}#${row[REVISIONS.sort]}`).sort()).toEqual(
    [...model.revisions.keys()].sort(),
  );

  const fingerprints = (await rowsOf(outputs.fingerprintsTable)).filter(({ id }) => ids.has(id as string));
  const expected = [...model.firsts].map(([text, id]) => `text:${contentHash(text)} first ${id}`);
  for (const [id, { text, duplicateOf }] of model.articles) {
    const keys = duplicateOf === null ? keysOf(text).map((key) => `near:${key}`) : [`text:${contentHash(text)}`];
    expected.push(...keys.map((key) => `${key} member ${id}`));
  }
  expect(
    fingerprints
      .map((row) => {
        const kind = row[FINGERPRINTS.sort] === '@first' ? 'first' : 'member';
        return `${row[FINGERPRINTS.key]} ${kind} ${row.id}`;
      })
      .sort(),
  ).toEqual(expected.sort());
}

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client: documents }, { TableName: table, ConsistentRead: true })) {
    rows.push(...Items);
  }
  return rows;
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
