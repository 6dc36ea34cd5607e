/** The authors that readers see named around the headline, told from those of comments and other stories. */
import { authorsPart, looksLikePerson, namesRole, stripOpener } from './author-names.ts';
import type { Byline, Mark } from './candidates.ts';
import type { Choice } from './choose-title.ts';
import type { Evidence } from './evidence.ts';
import { onceEach } from './once-each.ts';
import { namesSite, titleKey } from './title.ts';
import { foreign, ZONE } from './zones.ts';

/** Words of bodies, which are authors only where no person is named. */
const BODY =
  /(?:^|\s)(?:team|staff|editors?|editorial|redaktion|redakcja|redakce|redacción|redação|redazione|rédaction|redactie|редакция|newsroom|newsdesk|desk|association|institute|institut|university|universität|college|school|media|news|group|inc|llc|ltd|gmbh|foundation|stiftung|magazine|magazin|network|agency|agentur|agencies|department|ministry|center|centre|society|council|committee|company|corporation|blog|times|post|tribune|press|zeitung|online|digital|tv|radio|admin|e\.v\.|anzeiger|kurier|tagblatt|nachrichten|gazette|gazzetta|courrier|courier|diario|diari|jornal|giornale|correio|periódico|tidende|tidning|avisa|sanomat|lehti|dziennik|gazeta|deník|noviny|hírlap|ziarul|εφημερίδα|haber|gazetesi|вестник|газета|новости|новини|вести|известия|صحيفة|جريدة|روزنامه|روزنامہ|समाचार|খবর|செய்தி|berita|kabar)(?:$|[\s,.])/iu;

/** Whether it reads as the name of a person and not of a body. */
export function isPersonName(name: string): boolean {
  return looksLikePerson(name) && !BODY.test(name);
}

/** The same, and not of the site itself. */
export function isPerson(name: string, evidence: Evidence): boolean {
  return isPersonName(name) && !namesSite(name, evidence.site);
}

/** Characters of visible text around the headline in which its byline stands. */
const BEFORE_HEADLINE = 700;
const AFTER_HEADLINE = 2500;
/** Characters behind a headline in which even a footer is of the article. */
export const AT_HEADLINE = 60;
/** Longest byline far below the headline that is believed: a sentence is part of the story. */
const FAR_BYLINE = 90;

export type Named = { name: string; url: string | null };

function readNames({ text, links, parts }: Byline, evidence: Evidence): Named[] {
  const line = authorsPart(text);
  const linked = links.filter(
    ({ text: name, rel }) =>
      looksLikePerson(name) && !namesRole(name) && line.includes(name) && !/\b(?:tag|category)\b/u.test(rel),
  );
  // Names in links of their own may stand side by side with nothing between.
  if (linked.length >= 2)
    return linked.flatMap((link) => evidence.namesIn(link.text).map((name) => ({ name, url: link.href })));
  const single = parts.filter(
    (part) => looksLikePerson(part) && line.includes(part) && !namesRole(part) && stripOpener(part).opener === null,
  );
  if (single.length >= 2 && single.join('').length >= 0.8 * stripOpener(line).rest.length - 4) {
    return single.flatMap((part) => evidence.namesIn(part).map((name) => ({ name, url: null })));
  }
  const names = evidence.namesIn(text);
  return names.map((name) => {
    const link = links.find((candidate) => candidate.text.includes(name) || name.includes(candidate.text));
    return { name, url: link?.href || (names.length === 1 ? links[0]?.href : null) || null };
  });
}

/** Whether an address is one of the site itself as sites write it; photographers are linked at theirs. */
function isOwnPage(href: string | undefined): boolean {
  return href !== undefined && /^\/(?!\/)/u.test(href);
}

/** Bylines that readers see: linked as author, opened by "By", or in an element named author; nearest first. */
export function visibleAuthors(evidence: Evidence, headline: Mark | null): Choice<Named[]>[] {
  const out: Choice<Named[]>[] = [];
  const namesIn = onceEach((byline: Byline) => readNames(byline, evidence));
  const person = (names: readonly Named[]) => {
    const persons = names.filter(({ name }) => looksLikePerson(name) && !namesRole(name));
    const own = persons.filter(({ name }) => !BODY.test(name));
    return own.length > 0 ? own : persons;
  };
  const own = evidence.page.bylines.filter(({ zone, text, at, source, links }) => {
    if (text.length <= 2 || (headline !== null && text.startsWith(headline.text))) return false;
    const distance = headline ? at - headline.at : Number.NaN;
    // Right below a headline even a card or a side column belongs to it; comments and footers never do.
    const close = distance >= -100 && distance <= 400;
    // Kompas and others call the line of authors its credit; what links to no author's page there took the picture.
    if (zone & ZONE.caption && !(close && (source === 'address' || source === 'rel') && isOwnPage(links[0]?.href)))
      return false;
    // TYPO3 and others call the line of names and dates at the headline its footer; no page ends there.
    const ended = distance > (headline?.text.length ?? 0) + AT_HEADLINE ? ZONE.footer : 0;
    return !(foreign(zone, headline?.zone ?? 0) & (close ? ZONE.comments | ended : ~0));
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
      (person(namesIn(byline)).length > 0 ||
        (byline.text.length <= 60 && penName(byline.text, 'opener', evidence) !== null)),
  );
  if (opened) {
    const persons = person(namesIn(opened));
    const pen = penName(opened.text, 'opener', evidence);
    if (persons.length > 0)
      out.push({
        rule: 'byline',
        value: [...persons, ...besideFirst(opened, near, (byline) => person(namesIn(byline)))],
      });
    else if (pen !== null) out.push({ rule: 'pen name', value: [{ name: pen, url: opened.links[0]?.href ?? null }] });
  }

  const namesClassed = (byline: Byline) =>
    (byline.source === 'class' || byline.source === 'icon') && person(namesIn(byline)).length > 0;
  const start = near.find(namesClassed);
  if (start) {
    // Of the elements around one name the innermost holds it without role and date; those beside it name co-authors.
    const group = near
      .slice(near.indexOf(start))
      .filter((byline) => byline.at - start.at <= 160 && namesClassed(byline));
    const whole = group.map(({ text }) => evidence.namesIn(text).join('\n')).join('\n');
    const narrow = group.filter(
      (outer) =>
        !group.some(
          (inner) => inner !== outer && inner.text.length < outer.text.length && outer.text.includes(inner.text),
        ),
    );
    const value = person(narrow.flatMap(namesIn)).filter(
      ({ name }) => evidence.namesIn(start.text).length === 0 || whole.includes(name),
    );
    out.push({ rule: 'class byline', value: value.length > 0 ? value : person(namesIn(start)) });
  }
  // A pen name or a desk is believed right at the headline only, the innermost element first.
  const pen = near
    .filter(({ source, text }) => source === 'class' && text.length <= 60 && penName(text, source, evidence) !== null)
    .sort((a, b) => a.at - b.at || a.text.length - b.text.length)[0];
  if (pen)
    out.push({
      rule: 'class pen name',
      value: [{ name: penName(pen.text, pen.source, evidence) ?? '', url: pen.links[0]?.href ?? null }],
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
      penName(text, 'opener', evidence) !== null,
  );
  if (signed)
    out.push({
      rule: 'pen name below',
      value: [{ name: penName(signed.text, 'opener', evidence) ?? '', url: signed.links[0]?.href ?? null }],
    });
  return out;
}

/** Characters from one byline to the next within which both sign the same text. */
const NEXT_BYLINE = 60;

/** "By Ann Lee, 3 May 2024" and "By Bo Chen, 3 May 2024" in lines of their own. */
function besideFirst(first: Byline, near: readonly Byline[], personsIn: (byline: Byline) => Named[]): Named[] {
  const out: Named[] = [];
  let last = first;
  for (const byline of near) {
    if (byline.source !== 'opener' || byline.at <= last.at) continue;
    if (byline.at - last.at > NEXT_BYLINE) break;
    out.push(...personsIn(byline));
    last = byline;
  }
  return out;
}

/** Characters around a headline or a date in which a line of its own is a name. */
const BESIDE = { headline: 3, date: 15, both: 400, above: 120, line: 80 } as const;

/** Whether a mark stands right behind a line, whatever that line's length. */
function isBehind(at: number, line: Mark): boolean {
  const between = at - line.at - line.text.length;
  return between >= 0 && between <= BESIDE.date;
}

/** A name in a line of its own, with no word that says so: right below the headline, or beside the date. */
export function nameAtHeadline(evidence: Evidence, headline: Mark): Choice<Named[]> | null {
  const { nameLines, dateTexts, times } = evidence.page;
  const end = headline.at + headline.text.length;
  const title = evidence.keyOf(headline.text);
  const isNear = ({ zone, at }: Mark) => at - end >= -5 && at - end <= BESIDE.both && !foreign(zone, headline.zone);
  // "11.12.2019 - Ann Lee" is both.
  const datedNames = dateTexts.filter(
    (mark) =>
      isNear(mark) &&
      mark.text.length <= BESIDE.line &&
      /\p{L}\s\p{L}/u.test(mark.text) &&
      evidence.datesIn(mark.text).length > 0,
  );
  // "Ann Lee", "Posted on 3 May 2024", then the headline: what stands behind a day there is a section.
  const isAbove = (mark: Mark) =>
    mark.at < headline.at &&
    /\p{Ll}/u.test(mark.text) &&
    headline.at - mark.at <= BESIDE.above &&
    !foreign(mark.zone, headline.zone) &&
    [...dateTexts, ...times].some(
      (date) => date.at < headline.at && isBehind(date.at, mark) && evidence.datesIn(date.text).length > 0,
    );
  const above = nameLines.filter(isAbove);
  for (const { text, at } of [...nameLines.filter(isNear), ...datedNames, ...above]) {
    const away = at - end;
    const isDated = [...dateTexts, ...times].some(
      (date) =>
        date.at >= at - BESIDE.both &&
        (Math.abs(date.at - at) <= BESIDE.date || (isBehind(at, date) && evidence.datesIn(date.text).length > 0)),
    );
    if (away > BESIDE.headline && !isDated) continue;
    const names = evidence.namesIn(text);
    if (
      names.length > 0 &&
      names.every((name) => isPerson(name, evidence) && !namesRole(name) && !title.includes(titleKey(name)))
    )
      return {
        rule: isDated ? 'name beside date' : 'name at headline',
        value: names.map((name) => ({ name, url: null })),
      };
  }
  return null;
}

/** What systems call whoever runs them, or who did not log in. */
const NOBODY =
  /^(?:admin|administrators?|administrador|administrateur|webmaster|root|super ?user|user|guest|guests|gast|anonymous|anonym|moderator|editor|site admin|wp ?admin|админ|администратор|гость|yönetici|管理员|管理員|管理者|관리자)\d{0,3}$/iu;

/** One short name behind "by" or alone in an author's element: `by ibby`, `von Redaktion`. */
function penName(text: string, source: Byline['source'], evidence: Evidence): string | null {
  const names = evidence.namesIn(text);
  const name = names[0];
  if (names.length !== 1 || name === undefined || name.length > 30 || name.split(' ').length > 3) return null;
  if (/[.!?…:]/u.test(name) || /^\p{Ll}+ /u.test(name) || NOBODY.test(name)) return null;
  return source === 'class' || stripOpener(text).opener !== null ? name : null;
}
