/**
 * npm run near-duplicates: precision and recall of near-duplicate detection, on copies made by editing the pages of the
 * corpora, against all other pages of them, and against the one that is about the most similar thing.
 */
import { parseArgs } from 'node:util';
import { siteOf } from '../../functions/article/canonical-url.ts';
import { contentHash } from '../../functions/article/fingerprints.ts';
import {
  isNearDuplicate,
  KEY_CANDIDATES,
  resemblance,
  type Sketch,
  sketchKeys,
  sketchOf,
} from '../../functions/article/sketch.ts';
import { corporaBeside, corpusFolder, readGold, readPage } from '../quality/corpus.ts';
import { predict } from '../quality/predict.ts';
import { chance, EDITS } from './edits.ts';
import { mostSimilar } from './same-topic.ts';

const HELP = `usage: npm run near-duplicates -- [CORPUS…] [options]

  CORPUS        a folder or the name of a corpus beside the project (default all)
  --list        list the pairs that were taken for near duplicates and are none
  --json        print the figures as JSON
`;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

interface Text {
  name: string;
  site: string | null;
  text: string;
  sketch: Sketch | null;
}

const texts = readTexts(positionals.length > 0 ? positionals : corporaBeside());
const judged = texts.filter((text): text is Judged => text.sketch !== null);
type Judged = Text & { sketch: Sketch };

/** As the fingerprints table: each key with those that have it, in the order in which they came. */
const index = new Map<string, Judged[]>();
for (const text of judged) {
  for (const key of sketchKeys(text.sketch)) index.set(key, [...(index.get(key) ?? []), text]);
}

/** What ingest would make the copy's near duplicate: the one most alike of those its keys name. */
function lookUp(sketch: Sketch): { found: Judged; jaccard: number } | null {
  let best: { found: Judged; jaccard: number } | null = null;
  for (const key of sketchKeys(sketch)) {
    for (const found of (index.get(key) ?? []).slice(-KEY_CANDIDATES)) {
      const alike = resemblance(sketch, found.sketch);
      if (isNearDuplicate(alike) && alike.jaccard > (best?.jaccard ?? -1)) best = { found, jaccard: alike.jaccard };
    }
  }
  return best;
}

const wrong: string[] = [];
const neighbours = mostSimilar(judged.map(({ text }) => text));
const wrongTopics: string[] = [];
/** Copies of a text, against that text and against the one about the most similar thing. */
const topic = { texts: neighbours.filter((neighbour) => neighbour !== null).length, pairs: 0, right: 0, wrong: 0 };
const byEdit: Record<string, { copies: number; found: number; tooShort: number }> = {};
for (const [edit, apply] of Object.entries(EDITS)) {
  const count = { copies: 0, found: 0, tooShort: 0 };
  for (const [i, original] of judged.entries()) {
    const copy = apply(original.text, chance(i));
    if (copy === original.text) continue;
    const sketch = sketchOf(copy);
    if (sketch === null) {
      count.tooShort += 1;
      continue;
    }
    count.copies += 1;
    const neighbour = judged[neighbours[i]?.index ?? -1];
    if (neighbour) {
      topic.pairs += 1;
      if (isNearDuplicate(resemblance(sketch, original.sketch))) topic.right += 1;
      const alike = resemblance(sketch, neighbour.sketch);
      if (isNearDuplicate(alike)) {
        topic.wrong += 1;
        wrongTopics.push(`same topic, ${edit}: ${original.name} and ${neighbour.name} (${alike.jaccard.toFixed(2)})`);
      }
    }
    const match = lookUp(sketch);
    if (match?.found === original) count.found += 1;
    else if (match) wrong.push(`${edit}: ${original.name} taken for ${match.found.name} (${match.jaccard.toFixed(2)})`);
  }
  byEdit[edit] = count;
}

/** Every page against every other, whether their keys would bring them together or not. */
const pairs = { all: 0, sameSite: 0 };
for (const [i, text] of judged.entries()) {
  for (const other of judged.slice(i + 1)) {
    pairs.all += 1;
    if (text.site !== null && text.site === other.site) pairs.sameSite += 1;
    const alike = resemblance(text.sketch, other.sketch);
    if (isNearDuplicate(alike)) {
      wrong.push(
        `apart: ${text.name} and ${other.name} (${alike.jaccard.toFixed(2)}, ${alike.containment.toFixed(2)})`,
      );
    }
  }
}

const cosines = neighbours.flatMap((neighbour) => neighbour?.cosine ?? []).sort((a, b) => a - b);
const copies = Object.values(byEdit).reduce((sum, { copies: n }) => sum + n, 0);
const found = Object.values(byEdit).reduce((sum, { found: n }) => sum + n, 0);
const figures = {
  texts: texts.length,
  tooShort: texts.length - judged.length,
  recall: round(found / copies),
  precision: round(found / (found + wrong.length)),
  copies,
  found,
  wrong: wrong.length,
  sameTopic: {
    ...topic,
    medianCosine: round(cosines[Math.floor(cosines.length / 2)] ?? 0),
    precision: round(topic.right / (topic.right + topic.wrong)),
  },
  pairs,
  byEdit: Object.fromEntries(
    Object.entries(byEdit).map(([edit, count]) => [edit, { ...count, recall: round(count.found / count.copies) }]),
  ),
};
if (values.json) console.log(JSON.stringify(figures, null, 2));
else {
  console.log(`${texts.length} texts, ${figures.tooShort} of them too short to be judged`);
  console.log(`precision ${figures.precision}: ${found} right, ${wrong.length} wrong`);
  console.log(`  among ${pairs.all} pairs of different pages, ${pairs.sameSite} of them of one site`);
  const { sameTopic } = figures;
  console.log(`precision ${sameTopic.precision} where each copy is held against the text most like it in its words:`);
  console.log(
    `  ${sameTopic.wrong} of ${sameTopic.pairs} such pairs of ${sameTopic.texts} texts taken for near duplicates (median cosine ${sameTopic.medianCosine})`,
  );
  console.log(`recall ${figures.recall}: ${found} of ${copies} edited copies`);
  for (const [edit, { recall, copies: n, tooShort }] of Object.entries(figures.byEdit)) {
    console.log(`  ${recall.toFixed(3)}  ${edit} (${n} copies, ${tooShort} left too short)`);
  }
}
if (values.list) for (const line of [...wrong, ...wrongTopics]) console.log(line);

function readTexts(corpora: readonly string[]): Text[] {
  const seen = new Set<string>();
  const all: Text[] = [];
  for (const corpus of corpora) {
    const folder = corpusFolder(corpus);
    for (const page of readGold(folder)) {
      // As the pipeline stores them, with what the engine leaves of menus and notices: the harder case.
      const { kind, text } = predict(page, readPage(folder, 'html', page.id), 'html');
      if (kind !== 'article' || !text) continue;
      // The same text twice is a duplicate and no near one.
      const hash = contentHash(text);
      if (seen.has(hash)) continue;
      seen.add(hash);
      all.push({ name: `${corpus}/${page.id}`, site: siteOf(page.url), text, sketch: sketchOf(text) });
    }
  }
  return all;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
