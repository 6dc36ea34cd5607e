/**
 * Writes what the trainer reads: for every block of every corpus page its features, names, wording and label.
 *
 * usage: node bench/train/export.ts CORPORA OUT [--weights FOLDS.json [--variant nameless|old]]
 *   CORPORA  a folder with one folder a corpus (gold.ndjson, html/ID.html.gz)
 *   OUT      receives pages.ndjson, labels.i8, names.json and, with weights, features.f32
 *   FOLDS    learned weights of names and wording per fold, each learned without the fold's own hosts
 *   --variant  the pages rebuilt as variants.ts tells
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { siteOf } from '../../functions/article/canonical-url.ts';
import { decode } from '../../functions/extract/decode.ts';
import { type Box, PAGE } from '../../functions/extract/html/boxes.ts';
import { FEATURES } from '../../functions/extract/html/feature-names.ts';
import { FEATURE_COUNT, measureBlocks } from '../../functions/extract/html/features.ts';
import { namesOf } from '../../functions/extract/html/hints.ts';
import {
  hasWording,
  isLabel,
  PhraseWeights,
  phrasesOf,
  type WordingFile,
} from '../../functions/extract/html/phrases.ts';
import { segmentPage } from '../../functions/extract/html/segment.ts';
import { wordsOf } from '../../functions/extract/html/words.ts';
import { parseMarkup } from '../../functions/extract/markup/parse.ts';
import type { Node } from '../../functions/extract/markup/tree.ts';
import { type Gold, labelByBody, labelBySnippets } from './label.ts';
import { VARIANTS, type Variant } from './variants.ts';

export const FOLDS = 5;
/** Hosts a name or wording must stand on to be learned from. */
const MIN_HOSTS = 5;

interface FoldWeights extends WordingFile {
  names: Record<string, number>;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { weights: { type: 'string' }, variant: { type: 'string' } },
});
const [corpora, out] = positionals;
const rebuild = values.variant === undefined ? (html: string) => html : VARIANTS[values.variant as Variant];
if (!corpora || !out || rebuild === undefined) {
  console.error('usage: node bench/train/export.ts CORPORA OUT [--weights FOLDS.json [--variant nameless|old]]');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const folds = values.weights ? (JSON.parse(readFileSync(values.weights, 'utf8')) as FoldWeights[]) : null;
const nothing: ReadonlyMap<string, number> = new Map();
const noPhrases = new PhraseWeights({ phrases: {}, prosePhrases: {}, pagePhrases: {} });
const nameWeights = folds?.map((fold) => new Map(Object.entries(fold.names)));
const wording = folds?.map((fold) => new PhraseWeights(fold));

/** All pages of a site fall into one fold, whichever corpus they come from. */
export function foldOf(site: string): number {
  return createHash('sha256').update(`copydesk:${site}`).digest().readUInt32BE(0) % FOLDS;
}

const pages: string[] = [];
const labels: Int8Array[] = [];
const words: Float32Array[] = [];
const features: Float32Array[] = [];
const hostsOf = new Map<string, Set<string>>();
const KINDS = ['names', 'phrases', 'prosePhrases'] as const;
const tokens: Record<(typeof KINDS)[number], string[][]>[] = [];
const hash = createHash('sha256');
let blocks = 0;

for (const corpus of readdirSync(corpora).sort()) {
  const text = readFileSync(join(corpora, corpus, 'gold.ndjson'), 'utf8');
  hash.update(text);
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const gold = JSON.parse(line) as Gold;
    const bytes = gunzipSync(readFileSync(join(corpora, corpus, 'html', `${gold.id}.html.gz`)));
    const decoded = decode(bytes, null);
    if (!decoded) continue;
    const tree = parseMarkup(rebuild(decoded.text));
    if (tree === null) continue;
    const site = siteOf(gold.url) ?? gold.id;
    const fold = foldOf(site);
    const page = segmentPage(tree, nameWeights?.[fold] ?? nothing);
    const { segments, boxes } = page;
    const body = gold.body ?? gold.paragraphs?.join('\n\n');
    const isArticle = gold.kind === 'article' || gold.kind === 'page';
    const labelled = !isArticle
      ? { values: new Int8Array(segments.length).fill(-1), oracle: 0 }
      : body
        ? labelByBody(segments, body)
        : labelBySnippets(segments, gold.with ?? [], gold.without ?? []);
    labels.push(labelled.values);
    words.push(Float32Array.from(segments, (segment) => segment.words));
    pages.push(
      JSON.stringify({
        id: gold.id,
        corpus,
        site,
        fold,
        kind: gold.kind,
        snippets: !body,
        oracle: labelled.oracle,
        start: blocks,
        blocks: segments.length,
      }),
    );
    blocks += segments.length;
    if (folds) {
      features.push(measureBlocks(page, wording?.[fold] ?? noPhrases).rows());
    } else {
      const ofBox = Array.from({ length: boxes.count }, (_, box) =>
        box === PAGE ? [] : namesOf(tree, boxes.node[box] as Node),
      );
      const names = segments.map((segment) => {
        const path: string[] = [];
        for (let up = segment.box; up !== -1; up = boxes.parent[up] as Box) path.push(...(ofBox[up] ?? []));
        return path;
      });
      const wordingOf = (labels: boolean): string[][] =>
        segments.map((segment) =>
          hasWording(segment) && isLabel(segment) === labels ? phrasesOf(wordsOf(segment.text)) : [],
        );
      const phrases = wordingOf(true);
      const prosePhrases = wordingOf(false);
      for (const list of [...ofBox, ...phrases, ...prosePhrases]) {
        for (const token of list) {
          const hosts = hostsOf.get(token);
          if (hosts === undefined) hostsOf.set(token, new Set([site]));
          else if (hosts.size < MIN_HOSTS) hosts.add(site);
        }
      }
      tokens.push({ names, phrases, prosePhrases });
    }
  }
}

const concat = <T extends Int8Array | Float32Array>(parts: T[], whole: T): T => {
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
writeFileSync(join(out, 'pages.ndjson'), `${pages.join('\n')}\n`);
writeFileSync(join(out, 'labels.i8'), concat(labels, new Int8Array(blocks)));
writeFileSync(join(out, 'words.f32'), concat(words, new Float32Array(blocks)));
writeFileSync(
  join(out, 'corpus.json'),
  JSON.stringify({ sha256: hash.digest('hex'), pages: pages.length, blocks, features: FEATURES }),
);
if (folds) {
  writeFileSync(join(out, 'features.f32'), concat(features, new Float32Array(blocks * FEATURE_COUNT)));
} else {
  for (const kind of KINDS) {
    const ids = new Map<string, number>();
    const rows = new Int32Array(blocks + 1);
    const columns: number[] = [];
    let row = 0;
    for (const page of tokens) {
      for (const list of page[kind]) {
        for (const token of list) {
          if ((hostsOf.get(token)?.size ?? 0) < MIN_HOSTS) continue;
          let id = ids.get(token);
          if (id === undefined) {
            id = ids.size;
            ids.set(token, id);
          }
          columns.push(id);
        }
        rows[++row] = columns.length;
      }
    }
    writeFileSync(join(out, `${kind}.json`), JSON.stringify([...ids.keys()]));
    writeFileSync(join(out, `${kind}.rows.i32`), rows);
    writeFileSync(join(out, `${kind}.columns.i32`), Int32Array.from(columns));
  }
}
console.log(`${pages.length} pages, ${blocks} blocks${folds ? `, ${FEATURE_COUNT} features` : ''}`);
