/**
 * Random histories on the deployed tables against the model that the rules are held to in memory. The bucket, the clock
 * and the engine are those of the memory; every row is DynamoDB's.
 */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sketchKeys, sketchOf } from '../../functions/article/sketch.ts';
import { articleStore } from '../../functions/aws/article-store.ts';
import { documentClient, s3Client } from '../../functions/aws/clients.ts';
import { connectionTo } from '../../functions/aws/target.ts';
import { uploadLedger } from '../../functions/aws/upload-ledger.ts';
import { withdrawalPorts } from '../../functions/aws/withdrawals.ts';
import type { Ports } from '../../functions/ingest/ports.ts';
import { restore, withdraw } from '../../functions/withdraw/withdraw.ts';
import { type Document, World } from '../ingest/memory.ts';
import { type Action, ALIKE, deliverAction, Model, putAction, takeAction, type Upload } from '../ingest/model.ts';
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
  it('leaves records, tombstones, revisions and facets as the model has them', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (actions) => {
        // What other runs stored is told apart by words that nobody else has, in addresses, texts and tags.
        const run = freshRun();
        const world = new World();
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
        await agree(model);
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

function ownText(text: string, run: string): string {
  return text.replace(/\p{L}+/gu, (word) => `${word}${run}`);
}

function ownWords({ url, text, tags, ...rest }: Document, run: string): Document {
  return {
    ...rest,
    ...(url === undefined ? {} : { url: url.replace('.example', `-${run}.example`) }),
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

async function agree(model: Model): Promise<void> {
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
  const expected = model.facets();
  const everListed = new Set([...expected.keys(), ...model.ids.map((id) => `cluster:${id}`)]);
  for (const facet of everListed) {
    const ids = (await articles.listByFacet(facet)).items.map((card) => card.id).sort();
    expect(ids, facet).toEqual(expected.get(facet) ?? []);
  }
}
