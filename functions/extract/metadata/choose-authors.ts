import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Author } from '../../article/record.ts';
import { personsFirst } from './author-names.ts';
import type { Mark } from './candidates.ts';
import type { Choice } from './choose-title.ts';
import type { Evidence } from './evidence.ts';
import { type JsonObject, ldText } from './json-ld.ts';
import type { Json } from './lenient-json.ts';
import { namesSite, titleKey } from './title.ts';
import { isPerson, isPersonName, nameAtHeadline, visibleAuthors } from './visible-authors.ts';
import { ZONE } from './zones.ts';

/** Authors by JSON-LD, metas, microdata and bylines near the headline, in this order of trust. */
export function chooseAuthors(evidence: Evidence, headline: Mark | null): Choice<Author[]> | null {
  const candidates = authorCandidates(evidence, headline);
  const stated = candidates.filter(({ rule }) => !rule.endsWith('below'));
  // A site signs its own copy where it names nobody; whoever else is named has the better claim.
  let chosen =
    stated.find(({ value }) => value.some(({ name }) => isPerson(name, evidence))) ??
    stated.find(({ value }) => value.some(({ name }) => !namesSite(name, evidence.site))) ??
    (signsItself(stated)
      ? undefined
      : candidates.find(
          ({ rule, value }) => rule.endsWith('below') && value.some(({ name }) => isPerson(name, evidence)),
        )) ??
    candidates[0];
  if (!chosen) return null;
  chosen = agreedNames(chosen, candidates);
  const printed = personsFirst(
    chosen.value.map(({ name }) => name),
    evidence.names,
  );
  const persons = printed.filter((name) => !namesSite(name, evidence.site));
  const names = persons.some((name) => isPerson(name, evidence)) ? persons : printed;
  const known = candidates
    .flatMap(({ value }) => value.map(({ name }) => name))
    .filter((name) => isPerson(name, evidence));
  const value = chosen.value
    .filter(({ name }) => names.includes(name))
    // "Ann Lee Lifestyle Writer" is Ann Lee where another statement says so, "Solene" Solène.
    .map((author) => ({
      ...author,
      name:
        known.find((name) => extendsName(author.name, name)) ??
        known.find((name) => accents(name, author.name)) ??
        author.name,
    }));
  return { rule: chosen.rule, value };
}

/** Whether JSON-LD and a meta both name the site: who signs further down signs another text. */
function signsItself(stated: readonly Choice<Author[]>[]): boolean {
  return stated.some(({ rule }) => rule === 'json-ld author') && stated.some(({ rule }) => rule === 'meta author');
}

/**
 * JSON-LD may name the first of several authors only, or the contributors of a page with its author. The others count
 * where two more statements name them, one of them in an element of their own; a byline alone may hold a role or a place.
 */
function agreedNames(chosen: Choice<Author[]>, candidates: readonly Choice<Author[]>[]): Choice<Author[]> {
  if (chosen.rule !== 'json-ld author') return chosen;
  const keys = ({ value }: Choice<Author[]>) => new Set(value.map(({ name }) => titleKey(name)));
  const holds = (one: Choice<Author[]>, other: Choice<Author[]>) => [...keys(other)].every((key) => keys(one).has(key));
  const more = candidates.filter((one) => one.value.length > chosen.value.length && holds(one, chosen));
  for (const one of more) {
    const same = more.filter((other) => one.value.length === other.value.length && holds(one, other));
    if (same.length >= 2 && same.some(({ rule }) => /^(?:meta|rel|itemprop|author link)/u.test(rule))) return one;
  }
  const creator = candidates.find(({ rule }) => rule === 'json-ld creator');
  const byline = candidates.find(({ rule }) => rule === 'byline');
  const fewer = creator && byline && creator.value.length < chosen.value.length;
  return fewer && holds(creator, byline) && holds(byline, creator) ? creator : chosen;
}

function extendsName(longer: string, name: string): boolean {
  return longer.startsWith(`${name} `) && !/^(?:jr|sr|ii|iii|iv)\b/iu.test(longer.slice(name.length + 1));
}

/** Whether `name` is `plain` with accents, which systems drop and readers' bylines keep. */
function accents(name: string, plain: string): boolean {
  return name !== plain && /^[ -~]+$/u.test(plain) && titleKey(name) === titleKey(plain) && /[^ -~’]/u.test(name);
}

/** Every source that names authors, each with all it names, most trusted first. */
function authorCandidates(evidence: Evidence, headline: Mark | null): Choice<Author[]>[] {
  const out: Choice<Author[]>[] = [];
  const base = evidence.url;
  const add = (rule: string, authors: readonly { name: string; url: string | null }[]) => {
    const seen = new Set<string>();
    const value: Author[] = [];
    for (const { name, url } of authors) {
      const key = name.toLowerCase();
      if (seen.has(key)) continue;
      seen.add(key);
      value.push({ name, url: parseHttpUrl(url, base)?.href ?? null });
    }
    if (value.length > 0) out.push({ rule, value });
  };
  const named = (text: string, url: string | null = null) => {
    const names = evidence.namesIn(text);
    return names.map((name) => ({ name, url: names.length === 1 ? url : null }));
  };

  for (const [index, { object, types }] of evidence.articles.slice(0, 4).entries()) {
    for (const key of ['author', 'creator'])
      add(`json-ld ${index === 0 ? '' : `${types[0] ?? ''} `}${key}`.trim(), ldAuthors(object[key], evidence));
  }
  const metaAuthors = (...keys: string[]) =>
    evidence
      .metas(...keys)
      .filter((value) => !/^https?:/iu.test(value))
      .flatMap((value) => named(value));
  const visible = visibleAuthors(evidence, headline);
  const seen = (...rules: string[]) => {
    for (const { rule, value } of visible) if (rules.includes(rule)) add(rule, value);
  };
  add(
    'meta citation_author',
    evidence.metas('citation_author').flatMap((value) => named(reordered(value))),
  );
  seen('byline', 'rel author');
  add('meta author', metaAuthors('author'));
  add('meta article:author', metaAuthors('article:author', 'og:article:author', 'og:author'));
  seen('class byline', 'author link');
  const properties = evidence.page.properties.filter(
    ({ name, zone, scope }) =>
      (name === 'author' || name === 'creator') &&
      !(zone & (ZONE.comments | ZONE.related)) &&
      !/comment|review|imageobject/u.test(scope),
  );
  add(
    'itemprop author',
    properties.flatMap(({ text, value, links }) =>
      named(text || (/^https?:/iu.test(value) ? '' : value), links[0]?.href ?? null),
    ),
  );
  add('meta other author', metaAuthors(...OTHER_METAS));
  const twitter = evidence.meta('twitter:data1');
  if (twitter && /written|author|by|von|autor|écrit/iu.test(evidence.meta('twitter:label1') ?? ''))
    add('twitter:data1', named(twitter));
  seen('pen name', 'class pen name', 'byline below', 'pen name below');
  // What tells less counts where nobody else is named: a box at the end may be any writer's of the site.
  if (out.length === 0) seen('author box below');
  // A site that signs its own copy may print who wrote it beside the day.
  const bodies = evidence.ld.nodes
    .filter(({ types }) => types.some((type) => type.endsWith('organization')))
    .map(({ object }) => ldText(object.name));
  const isSite = ({ name }: { name: string }) =>
    namesSite(name, evidence.site) && (!isPersonName(name) || bodies.includes(name));
  if (headline && out.every(({ value }) => value.every(isSite))) {
    const beside = nameAtHeadline(evidence, headline);
    if (beside && (out.length === 0 || beside.rule === 'name beside date')) add(beside.rule, beside.value);
  }
  if (out.length === 0) add('site owner', siteOwner(evidence));
  return out;
}

/** On a site that says it is a person's and bears the name in its address, that person writes. */
function siteOwner(evidence: Evidence): { name: string; url: string | null }[] {
  const { labels } = evidence.site;
  const persons = evidence.ld.nodes
    .filter(({ types, depth }) => types.includes('person') && depth <= 1)
    .map(({ object }) => ldText(object.name));
  const possessive = /^(.{3,40})[’']s\s(?:blog|site|website|homepage|home page|notes|weblog|journal)$/iu;
  const named = [...persons, ...evidence.names.map((name) => possessive.exec(name)?.[1])];
  for (const name of named) {
    if (!name || !isPersonName(name)) continue;
    const parts = name.split(' ').map(titleKey);
    const own = [parts.join(''), parts[0], parts.at(-1)];
    if (labels.some((label) => own.includes(label))) return [{ name, url: null }];
  }
  return [];
}

const OTHER_METAS = [
  'parsely-author',
  'sailthru.author',
  'dc.creator',
  'dcterms.creator',
  'dc.contributor',
  'byl',
  'authors',
  'article:author_name',
  'cxenseparse:author',
];

/** `Doe, Jane` as citation metas write it. */
function reordered(value: string): string {
  const parts = value.split(/\s*,\s*/u);
  return parts.length === 2 && parts[0] && parts[1] ? `${parts[1]} ${parts[0]}` : value;
}

function ldAuthors(value: Json | undefined, evidence: Evidence): { name: string; url: string | null }[] {
  const list = Array.isArray(value) ? value.flat(2).slice(0, 60) : [value];
  return list.flatMap((item) => {
    if (typeof item === 'string') {
      if (/^https?:/iu.test(item)) return [];
      const text = ldText(item);
      return text ? evidence.namesIn(text).map((name) => ({ name, url: null })) : [];
    }
    const node: JsonObject | null = evidence.ld.resolve(item ?? null);
    if (!node) return [];
    const names = Array.isArray(node.name) ? node.name : [node.name];
    const url = typeof node.url === 'string' ? node.url : typeof node.sameAs === 'string' ? node.sameAs : null;
    return names.flatMap((name) => {
      const text = typeof name === 'object' ? null : ldText(name);
      const split = text ? evidence.namesIn(text) : [];
      return split.map((single) => ({ name: single, url: split.length === 1 ? url : null }));
    });
  });
}
