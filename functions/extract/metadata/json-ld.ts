/** Schema.org statements in JSON-LD, made flat and typed; the roots of trust for authors and dates. */
import { decodeHTML } from 'entities';
import { type Json, parseLenient } from './lenient-json.ts';

/** Nodes read on one page; a page with more describes a shop, not an article. */
const MAX_NODES = 5000;

export type JsonObject = { [key: string]: Json };

export interface LdNode {
  object: JsonObject;
  /** Types in lower case without their prefix: `newsarticle`. */
  types: readonly string[];
  /** Property that holds this node, '' at the root and in `@graph`. */
  under: string;
  /** Number of properties between the root and this node. */
  depth: number;
}

const ARTICLE_TYPES = new Set([
  'article',
  'newsarticle',
  'blogposting',
  'reportagenewsarticle',
  'analysisnewsarticle',
  'opinionnewsarticle',
  'backgroundnewsarticle',
  'asknewsarticle',
  'askpublicnewsarticle',
  'reviewnewsarticle',
  'advertisercontentarticle',
  'techarticle',
  'scholarlyarticle',
  'medicalscholarlyarticle',
  'satiricalarticle',
  'report',
  'liveblogposting',
  'socialmediaposting',
  'discussionforumposting',
  'blog_posting',
  'newsarticles',
  'pressrelease',
  'apireference',
]);

/** Types that describe the page's one subject where no article does. */
const WORK_TYPES = new Set([
  'recipe',
  'howto',
  'review',
  'criticreview',
  'claimreview',
  'creativework',
  'videoobject',
  'podcastepisode',
  'podcast',
  'medicalwebpage',
  'qapage',
  'guide',
  'course',
  'event',
  'imagegallery',
  'mediagallery',
  'interview',
  'webcontent',
  'chapter',
  'book',
]);

const PAGE_TYPES = new Set(['webpage', 'itempage', 'aboutpage', 'faqpage']);

/** Properties that lead to other works than the page's own. */
const FOREIGN = new Set([
  'haspart',
  'itemlistelement',
  'citation',
  'ispartof',
  'comment',
  'review',
  'reviews',
  'relatedlink',
  'mentions',
  'subjectof',
  'about',
  'ispartof',
  'isbasedon',
  'significantlink',
  'blogpost',
  'blogposts',
  'recommendations',
  'suggestedanswer',
  'acceptedanswer',
  'video',
  'associatedmedia',
  'image',
  'liveblogupdate',
  'hasofferCatalog',
  'workexample',
  'exampleofwork',
  'interactionstatistic',
  'potentialaction',
]);

export interface JsonLd {
  /** Scripts that are no valid JSON. */
  broken: number;
  nodes: readonly LdNode[];
  /** Follows `{"@id": …}` to the node it names. */
  resolve(value: Json | undefined): JsonObject | null;
}

/** Reads every script; broken ones are repaired or left out, and no input makes it throw. */
export function readJsonLd(scripts: readonly string[]): JsonLd {
  const nodes: LdNode[] = [];
  const byId = new Map<string, JsonObject>();
  const stack: { value: Json; under: string; depth: number }[] = [];
  let broken = 0;
  for (const script of scripts) {
    const { values, valid } = parseLenient(script);
    if (!valid) broken++;
    for (const value of values) stack.push({ value, under: '', depth: 0 });
  }
  stack.reverse();
  for (let next = stack.pop(); next && nodes.length < MAX_NODES; next = stack.pop()) {
    const { value, under, depth } = next;
    if (Array.isArray(value)) {
      for (let i = Math.min(value.length, MAX_NODES) - 1; i >= 0; i--)
        stack.push({ value: value[i] ?? null, under, depth });
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    const types = typesOf(value);
    const keys = Object.keys(value);
    const id = value['@id'];
    if (typeof id === 'string' && keys.length > (Object.keys(byId.get(id) ?? {}).length || 1)) byId.set(id, value);
    if (types.length > 0 || depth === 0) nodes.push({ object: value, types, under, depth });
    for (const key of keys.slice(0, 200).reverse()) {
      const child = value[key];
      if (typeof child !== 'object' || child === null) continue;
      const graph = key === '@graph';
      stack.push({ value: child, under: graph ? under : key.toLowerCase(), depth: graph ? depth : depth + 1 });
    }
  }
  const resolve = (value: Json | undefined): JsonObject | null => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const id = value['@id'];
    return typeof id === 'string' && Object.keys(value).length <= 2 ? (byId.get(id) ?? value) : value;
  };
  return { nodes, broken, resolve };
}

function typesOf(object: JsonObject): string[] {
  const type = object['@type'] ?? object.type;
  const list = Array.isArray(type) ? type.slice(0, 10) : [type];
  return list.flatMap((name) =>
    typeof name === 'string' ? [name.slice(name.search(/[^/#:]{1,80}$/u)).toLowerCase()] : [],
  );
}

export function isArticleType(type: string): boolean {
  return ARTICLE_TYPES.has(type);
}

/** Nodes that describe the page's own article, the most trusted first. */
export function articleNodes(ld: JsonLd, pageUrl: string | null): LdNode[] {
  const ranked: { node: LdNode; score: number; index: number }[] = [];
  for (const [index, node] of ld.nodes.entries()) {
    if (FOREIGN.has(node.under)) continue;
    let score = 0;
    if (node.types.some((type) => ARTICLE_TYPES.has(type))) score = 100;
    else if (node.types.some((type) => WORK_TYPES.has(type))) score = 50;
    else if (node.types.some((type) => PAGE_TYPES.has(type))) score = 20;
    else if (node.types.length === 0 && node.object.headline !== undefined) score = 40;
    else continue;
    if (node.object.headline !== undefined) score += 10;
    if (node.object.datePublished !== undefined) score += 8;
    if (node.object.author !== undefined) score += 8;
    if (node.under === 'mainentity' || node.under === 'mainentityofpage') score += 2;
    score -= 10 * Math.min(node.depth, 3);
    if (pageUrl && statesUrl(node.object, pageUrl)) score += 6;
    ranked.push({ node, score, index });
  }
  return ranked.sort((a, b) => b.score - a.score || a.index - b.index).map(({ node }) => node);
}

function statesUrl(object: JsonObject, pageUrl: string): boolean {
  const wanted = bareUrl(pageUrl);
  const main = object.mainEntityOfPage;
  const stated = [
    object.url,
    object['@id'],
    typeof main === 'object' && main !== null && !Array.isArray(main) ? main['@id'] : main,
  ];
  return stated.some((value) => typeof value === 'string' && bareUrl(value) === wanted);
}

function bareUrl(url: string): string {
  return url
    .slice(0, 2000)
    .replace(/^https?:\/\/(?:www\.)?/iu, '')
    .replace(/[?#].{0,2000}$/u, '')
    .replace(/\/$/u, '');
}

/** Text of a value: itself, the first of a list, or its `@value`, `name` or `headline`; entities decoded, tags dropped. */
export function ldText(value: Json | undefined, cap = 2000): string | null {
  let current = value;
  for (let depth = 0; depth < 4; depth++) {
    if (typeof current === 'string') return cleanText(current, cap);
    if (typeof current === 'number') return String(current);
    if (Array.isArray(current)) current = current.find((item) => item !== null && item !== '');
    else if (typeof current === 'object' && current !== null)
      current = current['@value'] ?? current.name ?? current.headline;
    else return null;
  }
  return null;
}

/** Every text of a value that may be a list or one. */
export function ldTexts(value: Json | undefined, cap = 500): string[] {
  const list = Array.isArray(value) ? value.slice(0, 200) : [value];
  return list.flatMap((item) => {
    const text = ldText(item, cap);
    return text ? [text] : [];
  });
}

function cleanText(text: string, cap: string['length']): string | null {
  let clean = text.slice(0, 2 * cap);
  if (clean.includes('&')) clean = decodeHTML(decodeHTML(clean));
  if (clean.includes('<')) clean = clean.replace(/<\/?[a-zA-Z][^<>]{0,300}>/gu, '');
  clean = clean
    .replace(/[\s\u00a0]+/gu, ' ')
    .trim()
    .slice(0, cap);
  return clean === '' ? null : clean;
}
