import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Author } from '../../article/record.ts';
import { looksLikePerson, personsFirst, splitByline } from './author-names.ts';
import type { Choice } from './choose-title.ts';
import type { Mark } from './collect.ts';
import type { Evidence } from './evidence.ts';
import { type JsonObject, ldText } from './json-ld.ts';
import type { Json } from './lenient-json.ts';
import { namesSite } from './title.ts';
import { foreign, ZONE } from './zones.ts';

/** Authors by JSON-LD, metas, microdata and bylines near the headline, in this order of trust. */
export function chooseAuthors(evidence: Evidence, headline: Mark | null): Choice<Author[]> | null {
  const candidates = authorCandidates(evidence, headline);
  const persons = candidates.find(({ value }) => value.some(({ name }) => isPerson(name, evidence)));
  const chosen = persons ?? candidates[0];
  if (!chosen) return null;
  const names = personsFirst(
    chosen.value.map(({ name }) => name),
    evidence.names,
  );
  return { rule: chosen.rule, value: chosen.value.filter(({ name }) => names.includes(name)) };
}

function isPerson(name: string, evidence: Evidence): boolean {
  return looksLikePerson(name) && !namesSite(name, evidence.site);
}

/** Every source that names authors, each with all it names, most trusted first. */
export function authorCandidates(evidence: Evidence, headline: Mark | null): Choice<Author[]>[] {
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
    const names = splitByline(text);
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
  add(
    'meta citation_author',
    evidence.metas('citation_author').flatMap((value) => named(reordered(value))),
  );
  add('meta author', metaAuthors('author'));
  add('meta article:author', metaAuthors('article:author', 'og:article:author', 'og:author'));
  add(
    'meta parsely-author',
    metaAuthors(
      'parsely-author',
      'sailthru.author',
      'dc.creator',
      'dcterms.creator',
      'dc.contributor',
      'byl',
      'authors',
      'article:author_name',
      'cxenseparse:author',
    ),
  );
  const properties = evidence.page.properties.filter(
    ({ name, zone, scope }) =>
      (name === 'author' || name === 'creator') &&
      !(zone & (ZONE.comments | ZONE.related)) &&
      !/comment|review/u.test(scope),
  );
  add(
    'itemprop author',
    properties.flatMap(({ text, value, links }) =>
      named(text || (/^https?:/iu.test(value) ? '' : value), links[0]?.href ?? null),
    ),
  );
  const bylines = evidence.page.bylines.filter(
    ({ zone, text }) => !foreign(zone, headline?.zone ?? 0) && !(zone & ZONE.caption) && text.length > 2,
  );
  const near = (at: number) => headline === null || (at >= headline.at - 600 && at <= headline.at + 2500);
  const rel = bylines.filter(({ source, at }) => source === 'rel' && near(at));
  add(
    'rel author',
    rel.flatMap(({ text, links }) => named(text, links[0]?.href ?? null)),
  );
  const opened = bylines.find(
    ({ source, at, text }) => source === 'opener' && near(at) && splitByline(text).some(looksLikePerson),
  );
  if (opened)
    add(
      'byline',
      named(opened.text, opened.links[0]?.href ?? null).filter(({ name }) => looksLikePerson(name)),
    );
  const classed = bylines.find(
    ({ source, at, text, links }) =>
      source === 'class' &&
      near(at) &&
      (text.length < 160 || links.length > 0) &&
      splitByline(text).some(looksLikePerson),
  );
  if (classed) {
    const linked = classed.links
      .flatMap(({ text, href }) => named(text, href))
      .filter(({ name }) => looksLikePerson(name));
    add('class byline', linked.length > 0 ? linked : named(classed.text).filter(({ name }) => looksLikePerson(name)));
  }
  const twitter = evidence.meta('twitter:data1');
  if (twitter && /written|author|by|von|autor|écrit/iu.test(evidence.meta('twitter:label1') ?? ''))
    add('twitter:data1', named(twitter));
  return out;
}

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
      return text ? splitByline(text).map((name) => ({ name, url: null })) : [];
    }
    const node: JsonObject | null = evidence.ld.resolve(item ?? null);
    if (!node) return [];
    const names = Array.isArray(node.name) ? node.name : [node.name];
    const url = typeof node.url === 'string' ? node.url : typeof node.sameAs === 'string' ? node.sameAs : null;
    return names.flatMap((name) => {
      const text = typeof name === 'object' ? null : ldText(name);
      const split = text ? splitByline(text) : [];
      return split.map((single) => ({ name: single, url: split.length === 1 ? url : null }));
    });
  });
}
