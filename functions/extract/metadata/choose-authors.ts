import { parseHttpUrl } from '../../article/canonical-url.ts';
import type { Author } from '../../article/record.ts';
import { authorsPart, looksLikePerson, namesRole, personsFirst, splitByline, stripOpener } from './author-names.ts';
import type { Choice } from './choose-title.ts';
import type { Byline, Mark } from './collect.ts';
import type { Evidence } from './evidence.ts';
import { type JsonObject, ldText } from './json-ld.ts';
import type { Json } from './lenient-json.ts';
import { namesSite, titleKey } from './title.ts';
import { foreign, ZONE } from './zones.ts';

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
  const names = personsFirst(
    chosen.value.map(({ name }) => name),
    evidence.names,
  );
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

/** Words of bodies, which are authors only where no person is named. */
const BODY =
  /(?:^|\s)(?:team|staff|editors?|editorial|redaktion|redakcja|redakce|redacción|redação|redazione|rédaction|redactie|редакция|newsroom|newsdesk|desk|association|institute|institut|university|universität|college|school|media|news|group|inc|llc|ltd|gmbh|foundation|stiftung|magazine|magazin|network|agency|agentur|agencies|department|ministry|center|centre|society|council|committee|company|corporation|blog|times|post|tribune|press|zeitung|online|digital|tv|radio|admin|e\.v\.)(?:$|[\s,.])/iu;

function isPersonName(name: string): boolean {
  return looksLikePerson(name) && !BODY.test(name);
}

function isPerson(name: string, evidence: Evidence): boolean {
  return isPersonName(name) && !namesSite(name, evidence.site);
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
      !/comment|review/u.test(scope),
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
  if (out.length === 0) seen('name at headline');
  if (out.length === 0) add('site owner', siteOwner(evidence));
  return out;
}

/** Characters of visible text around the headline in which its byline stands. */
const BEFORE_HEADLINE = 700;
const AFTER_HEADLINE = 2500;
/** Longest byline far below the headline that is believed: a sentence is part of the story. */
const FAR_BYLINE = 90;

type Named = { name: string; url: string | null };

function readNames({ text, links, parts }: Byline): Named[] {
  const line = authorsPart(text);
  const linked = links.filter(
    (link) => looksLikePerson(link.text) && !namesRole(link.text) && line.includes(link.text),
  );
  // Names in links of their own may stand side by side with nothing between.
  if (linked.length >= 2)
    return linked.flatMap((link) => splitByline(link.text).map((name) => ({ name, url: link.href })));
  const single = parts.filter(
    (part) => looksLikePerson(part) && line.includes(part) && !namesRole(part) && stripOpener(part).opener === null,
  );
  if (single.length >= 2 && single.join('').length >= 0.8 * stripOpener(line).rest.length - 4) {
    return single.flatMap((part) => splitByline(part).map((name) => ({ name, url: null })));
  }
  const names = splitByline(text);
  return names.map((name) => {
    const link = links.find((candidate) => candidate.text.includes(name) || name.includes(candidate.text));
    return { name, url: link?.href || (names.length === 1 ? links[0]?.href : null) || null };
  });
}

/** Each byline is asked more than once. */
function namesOnce(): (byline: Byline) => Named[] {
  const known = new Map<Byline, Named[]>();
  return (byline) => {
    const names = known.get(byline) ?? readNames(byline);
    known.set(byline, names);
    return names;
  };
}

/** Bylines that readers see: linked as author, opened by "By", or in an element named author; nearest first. */
function visibleAuthors(evidence: Evidence, headline: Mark | null): Choice<Named[]>[] {
  const out: Choice<Named[]>[] = [];
  const namesIn = namesOnce();
  const person = (names: readonly Named[]) => {
    const persons = names.filter(({ name }) => looksLikePerson(name) && !namesRole(name));
    const own = persons.filter(({ name }) => !BODY.test(name));
    return own.length > 0 ? own : persons;
  };
  const own = evidence.page.bylines.filter(({ zone, text, at }) => {
    if (text.length <= 2 || zone & ZONE.caption) return false;
    const distance = headline ? at - headline.at : Number.NaN;
    // Right below a headline even a card or a side column belongs to it; comments and footers never do.
    const close = distance >= -100 && distance <= 400;
    return !(foreign(zone, headline?.zone ?? 0) & (close ? ZONE.comments | ZONE.footer : ~0));
  });
  const near = own.filter(
    ({ at }) => headline === null || (at >= headline.at - BEFORE_HEADLINE && at <= headline.at + AFTER_HEADLINE),
  );

  const rel = near.filter(({ source }) => source === 'rel');
  const firstRel = rel[0];
  if (firstRel)
    out.push({ rule: 'rel author', value: rel.filter(({ at }) => at - firstRel.at <= 200).flatMap(namesIn) });

  // The first "by" counts, be it a pen name's: a later one may name the author of a book the article is on.
  const opened = near.find(
    (byline) =>
      byline.source === 'opener' &&
      (person(namesIn(byline)).length > 0 || (byline.text.length <= 60 && penName(byline.text, 'opener') !== null)),
  );
  if (opened) {
    const persons = person(namesIn(opened));
    const pen = penName(opened.text, 'opener');
    if (persons.length > 0) out.push({ rule: 'byline', value: persons });
    else if (pen !== null) out.push({ rule: 'pen name', value: [{ name: pen, url: opened.links[0]?.href ?? null }] });
  }

  const classed = near.filter((byline) => byline.source === 'class' && person(namesIn(byline)).length > 0);
  const start = classed[0];
  if (start) {
    // Of the elements around one name the innermost holds it without role and date; those beside it name co-authors.
    const group = classed.filter(({ at }) => at - start.at <= 160);
    const whole = group.map(({ text }) => splitByline(text).join('\n')).join('\n');
    const narrow = group.filter(
      (outer) =>
        !group.some(
          (inner) => inner !== outer && inner.text.length < outer.text.length && outer.text.includes(inner.text),
        ),
    );
    const value = person(narrow.flatMap(namesIn)).filter(
      ({ name }) => splitByline(start.text).length === 0 || whole.includes(name),
    );
    out.push({ rule: 'class byline', value: value.length > 0 ? value : person(namesIn(start)) });
  }
  // A pen name or a desk is believed right at the headline only, the innermost element first.
  const pen = near
    .filter(({ source, text }) => source === 'class' && text.length <= 60 && penName(text, source) !== null)
    .sort((a, b) => a.at - b.at || a.text.length - b.text.length)[0];
  if (pen)
    out.push({
      rule: 'class pen name',
      value: [{ name: penName(pen.text, pen.source) ?? '', url: pen.links[0]?.href ?? null }],
    });
  const addressed = near.filter(({ source, text }) => source === 'address' && text.length <= 60);
  // Accounts and sign-up forms have such addresses too; a name there is two words.
  const linked = addressed.find((byline) => byline.text.includes(' ') && person(namesIn(byline)).length > 0);
  if (linked)
    out.push({
      rule: 'author link',
      value: addressed
        .filter(({ at }) => at >= linked.at && at - linked.at <= 100)
        .flatMap((byline) => person(namesIn(byline))),
    });

  const beside = headline ? nameAtHeadline(evidence, headline) : [];
  if (beside.length > 0) out.push({ rule: 'name at headline', value: beside.map((name) => ({ name, url: null })) });
  const below = own.filter(
    ({ at, text }) =>
      (headline === null || at > headline.at + AFTER_HEADLINE) &&
      text.length <= (/^(?:posted|written) by\b/iu.test(text) ? 2 * FAR_BYLINE : FAR_BYLINE) &&
      stripOpener(text).opener !== null,
  );
  const far = below.find((byline) => {
    const names = namesIn(byline);
    return names.length > 0 && person(names).length === names.length;
  });
  if (far) out.push({ rule: 'byline below', value: namesIn(far) });
  const boxed = own.find(
    (byline) =>
      byline.source !== 'opener' &&
      byline.source !== 'address' &&
      (headline === null || byline.at > headline.at + AFTER_HEADLINE) &&
      byline.text.length <= 60 &&
      person(namesIn(byline)).length > 0,
  );
  if (boxed) out.push({ rule: 'author box below', value: person(namesIn(boxed)) });
  const signed = below.find(
    ({ text }) =>
      /^(?:posted|written|text) by\b|^(?:text|autorin|autor|author|verfasst von|eingestellt von)\b/iu.test(text) &&
      penName(text, 'opener') !== null,
  );
  if (signed)
    out.push({
      rule: 'pen name below',
      value: [{ name: penName(signed.text, 'opener') ?? '', url: signed.links[0]?.href ?? null }],
    });
  return out;
}

/** Characters around a headline or a date in which a line of its own is a name. */
const BESIDE = { headline: 3, date: 15, both: 400 } as const;

/** A name in a line of its own, with no word that says so: right below the headline, or beside the date. */
function nameAtHeadline(evidence: Evidence, headline: Mark): string[] {
  const { nameLines, dateTexts, times } = evidence.page;
  const end = headline.at + headline.text.length;
  const title = titleKey(headline.text);
  for (const { text, zone, at } of nameLines) {
    const away = at - end;
    if (away < -5 || away > BESIDE.both || foreign(zone, headline.zone)) continue;
    const dated = () =>
      [...dateTexts, ...times].some((date) => date.at >= at - BESIDE.both && Math.abs(date.at - at) <= BESIDE.date);
    if (away > BESIDE.headline && !dated()) continue;
    const names = splitByline(text);
    if (
      names.length > 0 &&
      names.every((name) => isPerson(name, evidence) && !namesRole(name) && !title.includes(titleKey(name)))
    )
      return names;
  }
  return [];
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

/** One short name behind "by" or alone in an author's element: `by ibby`, `von Redaktion`. */
function penName(text: string, source: Byline['source']): string | null {
  const names = splitByline(text);
  const name = names[0];
  if (names.length !== 1 || name === undefined || name.length > 30 || name.split(' ').length > 3) return null;
  if (/[.!?…:]/u.test(name) || /^\p{Ll}+ /u.test(name)) return null;
  return source === 'class' || stripOpener(text).opener !== null ? name : null;
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
