import type { Mark } from './collect.ts';
import type { ParsedDate } from './dates.ts';
import { findDates, parseStamp } from './dates.ts';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';
import { foreign, ZONE } from './zones.ts';

export type Dated = ParsedDate & { rule: string };

/** A date that readers see. */
type Shown = Dated & {
  /** Characters from the headline, before it counted double; null where no headline is near. */
  distance: number | null;
  /** "Published" or its like stands before it. */
  labelled: boolean;
};

export interface DateChoice {
  published: Dated | null;
  modified: ParsedDate | null;
}

const MODIFIED =
  /modif|updat|aktualis|aktualiz|revis|review|last|actualiz|mis à jour|mise à jour|maj|aggiornat|bijgewerkt|opdater|oppdater|uppdater|päivitet|обновл|оновл|更新|修正|갱신|수정|güncel|تحديث|עודכן|ενημ|diperbarui|cập nhật|zmien|zaktual|změn|módos|frissít/iu;

/** Candidates for the day of publication, most trusted first; `visible` are those that readers see. */
function dateCandidates(evidence: Evidence, visible: readonly Shown[]): Dated[] {
  const out: Dated[] = [];
  const add = (text: string | null | undefined, rule: string) => {
    if (!text) return;
    const date = parseStamp(text, evidence.dates);
    if (date) out.push({ ...date, rule });
  };
  const fromUrl = urlDay(evidence.url, evidence);
  if (fromUrl?.rule === 'url') out.push(fromUrl);
  for (const [index, { object }] of evidence.articles.slice(0, 4).entries()) {
    const which = index === 0 ? 'json-ld' : 'json-ld other';
    add(ldText(object.datePublished), `${which} datePublished`);
  }
  for (const key of PUBLISHED_METAS) for (const value of evidence.metas(key)) add(value, `meta ${key}`);
  for (const { name, value, text, zone } of evidence.page.properties) {
    if (zone & (ZONE.comments | ZONE.related)) continue;
    if (name === 'datepublished' || name === 'datecreated' || name === 'published')
      add(value || text, `itemprop ${name}`);
  }
  for (const key of DATE_METAS) for (const value of evidence.metas(key)) add(value, `meta ${key}`);
  for (const { object } of evidence.articles.slice(0, 4)) {
    add(ldText(object.dateCreated), 'json-ld dateCreated');
    add(ldText(object.uploadDate), 'json-ld uploadDate');
  }
  if (fromUrl?.rule === 'url slug') out.push(fromUrl);
  out.push(...visible);
  return out;
}

/** Characters of visible text around the headline in which its date line stands. */
const BEFORE_HEADLINE = 1200;
const AFTER_HEADLINE = 2500;

/** Characters a date in a card or a side column counts as further away. */
const SIDE_PENALTY = 2000;

/** Dates that readers see, those near the headline first; labelled changes are none. */
function visibleDates(evidence: Evidence, headline: Mark | null): { published: Shown[]; changed: ParsedDate | null } {
  let changed: ParsedDate | null = null;
  const near: (Shown & { distance: number })[] = [];
  const far: Shown[] = [];
  const below: Shown[] = [];
  const zoneOf = (mark: Mark) => foreign(mark.zone, headline?.zone ?? 0);
  const place = (date: ParsedDate, mark: Mark, rule: string, labelled: boolean) => {
    const distance = headline ? mark.at - headline.at : mark.at;
    const within = headline === null || (distance >= -BEFORE_HEADLINE && distance <= AFTER_HEADLINE);
    const role = zoneOf(mark);
    // Right below a headline even a form or a card belongs to it; comments and footers never do.
    const close = headline !== null && distance >= -200 && distance <= 400;
    const sides = close ? 0 : ZONE.related;
    // What stands in a side column counts last, and not at all far away.
    const barred = role & (ZONE.comments | ZONE.footer | sides);
    if (!barred && within) {
      const away = (distance < 0 ? -2 * distance : distance) + (role ? SIDE_PENALTY : 0);
      near.push({ ...date, rule: `${rule} near headline`, distance: away, labelled });
    } else if (!(role & ~ZONE.chrome) && (labelled || rule === 'time'))
      far.push({ ...date, rule: labelled ? `${rule} published` : rule, distance: null, labelled });
    else if (!role && rule === 'text in date class')
      below.push({ ...date, rule: `${rule} below`, distance: null, labelled });
  };
  /** Where elements stand whose dates are those of a change: their texts are met once more as dates in short texts. */
  const changedAt = new Set<number>();
  for (const time of evidence.page.times) {
    const renewed = MODIFIED.test(time.names) && !PUBLISHED.test(time.names);
    const date = parseStamp(time.datetime ?? time.text, evidence.dates) ?? parseStamp(time.text, evidence.dates);
    if (renewed || MODIFIED.test(time.text) || CHANGE_LABEL.test(time.before)) {
      if (!zoneOf(time)) changed ??= date;
      changedAt.add(time.at);
      continue;
    }
    const labelled =
      /published|pubdate/u.test(time.names) || PUBLISHED.test(time.text) || PUBLICATION_LABEL.test(time.before);
    if (date) place(date, time, 'time', labelled);
  }
  for (const mark of evidence.page.dateTexts) {
    if (mark.text.length > 160 || changedAt.has(mark.at)) continue;
    const away = headline ? mark.at - headline.at : 0;
    const classed = (mark.zone & ZONE.date) !== 0 && mark.text.length <= 60;
    if ((away < -BEFORE_HEADLINE || away > AFTER_HEADLINE) && !classed && !PUBLISHED.test(mark.text)) continue;
    for (const date of findDates(mark.text, evidence.dates)) {
      const before = mark.text.slice(Math.max(0, date.start - 30), date.start);
      const label = date.start <= 2 ? mark.before : '';
      if (NOT_OF_ARTICLE.test(before) || TIME_SPAN.test(mark.text.slice(date.start))) continue;
      if (MODIFIED.test(before) || CHANGE_LABEL.test(label)) {
        if (headline !== null && Math.abs(mark.at - headline.at) <= AFTER_HEADLINE && !zoneOf(mark)) changed ??= date;
        continue;
      }
      // A date in the middle of a sentence is part of the story.
      const alone = mark.text.length - (date.end - date.start) <= 60;
      if (!alone && !(mark.zone & (ZONE.date | ZONE.author))) continue;
      const labelled = PUBLISHED.test(before) || PUBLICATION_LABEL.test(label);
      place(date, mark, mark.zone & ZONE.date ? 'text in date class' : 'text', labelled);
      break;
    }
  }
  // A lone date line at the end of a story is its own; several are those of other stories.
  const lone = below.every(({ day }) => day === below[0]?.day) ? below : [];
  return { published: [...near.sort((a, b) => rankVisible(a) - rankVisible(b)), ...far, ...lone], changed };
}

function rankVisible({ rule, distance }: { rule: string; distance: number }): number {
  return distance + (rule.startsWith('time') ? 0 : rule.startsWith('text in date') ? 150 : 300);
}

const PUBLISHED =
  /publi|posted|pubdate|erschienen|veröffentlicht|erstellt|опубликован|опубліковано|pubblicat|geplaatst|gepubliceerd|objavljen|dodano|yayın|发布|發布|公開|掲載|入力|등록|입력|نشر|פורסם|δημοσ|diterbitkan|đăng|created|entry-date|date-created/iu;

/** A label in an element of its own, right before the date's: "Last updated on", "Veröffentlicht am:". */
const CHANGE_LABEL =
  /(?:updated?|modified|reviewed|revised|edited|changed|aktualisiert|aktualisierung|geändert|änderung|bearbeitet|à jour|modifié|actualizado|actualización|atualizado|atualização|aggiornato|aggiornamento|bijgewerkt|gewijzigd|oppdatert|opdateret|uppdaterad|päivitetty|обновлено|изменено|оновлено|aktualizacja|aktualizováno|frissítve|güncelleme|güncellendi|更新|更新日|수정|업데이트)(?:\s(?:on|at|am|le|el|il|em|op|den))?\s?[:：]?\s?$/iu;
const PUBLICATION_LABEL =
  /(?:published|posted|publié|publicado|pubblicato|veröffentlicht|erschienen|gepubliceerd|geplaatst|publisert|publiceret|publicerad|julkaistu|опубликовано|опубліковано|opublikowano|publikováno|közzétéve|yayınlanma|発表|公開日?|掲載日?|发布时间?|發布時間?|입력|등록)(?:\s(?:on|at|am|le|el|il|em|op|den))?\s?[:：]?\s?$/iu;

/** What has a day of its own: a right, a photograph, an event and what it asks of those who come. */
const NOT_OF_ARTICLE =
  /[©℗]|\(c\)|copyright|deadline|anmeldeschluss|bewerbungsschluss|einsendeschluss|gültig (?:ab|bis)|valid (?:from|until|through)|expires|ends on|date limite|fecha límite|scadenza|termin:/iu;
/** An event lasts: "13:15 Uhr - 19:00 Uhr". */
const TIME_SPAN = /\d[:.h]\d\d(?:\s?(?:uhr|h|am|pm|Uhr))?\s?(?:[–—-]|bis|to|until)\s?\d{1,2}[:.h]\d\d/iu;

const PUBLISHED_METAS = [
  'article:published_time',
  'og:article:published_time',
  'article:published',
  'og:published_time',
  'datepublished',
  'sailthru.date',
  'parsely-pub-date',
  'citation_publication_date',
  'citation_online_date',
  'cxenseparse:recs:publishtime',
  'publish_date',
  'publish-date',
  'pubdate',
  'published_at',
  'published',
  'publication_date',
  'publicationdate',
  'article.published',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.created',
  'og:pubdate',
  'originalpublicationdate',
  'article_date_original',
  'ptime',
  'analyticsattributes.articledate',
  'pdate',
  'rnews:datepublished',
  'last-published',
  'bt:pubdate',
  'cxenseparse:publishtime',
  'published-date',
  'publisheddate',
  'w-published-date',
  'publishdate',
  'article:published_date',
  'rbpubdate',
  'prism.publicationdate',
];
const DATE_METAS = [
  'date',
  'dc.date',
  'dcterms.date',
  'dcterms.available',
  'article:date',
  'datecreated',
  'created',
  'citation_date',
  'time',
  'og:release_date',
  'article:publish_date',
  'dc.created',
  'displaydate',
  'timestamp',
];
const MODIFIED_METAS = [
  'article:modified_time',
  'og:updated_time',
  'datemodified',
  'lastmod',
  'last-modified',
  'dcterms.modified',
  'dc.date.modified',
  'revised',
  'article:modified',
  'modified',
  'updated',
];

/**
 * A day in the address. Folders state it: /2024/05/03/, /2024/may/03/, /2024-05-03/. Inside a slug, as in
 * `-20240503-p5f2`, it may be the day the page was begun, and counts where nothing else is stated.
 */
function urlDay(url: string | null, evidence: Evidence): Dated | null {
  if (!url) return null;
  const path = url.slice(0, 1000);
  const folder =
    /\/(?<y>(?:19|20)\d\d)[/_-](?<m>0?[1-9]|1[0-2])[/_-](?<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path) ??
    /\/(?<y>20[012]\d)[/-](?<name>[a-z]{3,9})[/-](?<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/iu.exec(path) ??
    /\/(?<y>20[012]\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path);
  const found =
    folder ??
    /[_-](?<y>(?:19|20)\d\d)[_-](?<m>0?[1-9]|1[0-2])[_-](?<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path) ??
    /[_-](?<y>20[012]\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path);
  const { y, m, name, d } = found?.groups ?? {};
  if (!y || !d) return null;
  const date = name
    ? parseStamp(`${d} ${name} ${y}`, { ...evidence.dates, language: 'en' })
    : parseStamp(`${y}-${(m ?? '').padStart(2, '0')}-${d.padStart(2, '0')}`, evidence.dates);
  return date ? { ...date, rule: folder ? 'url' : 'url slug' } : null;
}

/**
 * @param signed whether the page names an author
 */
export function chooseDates(evidence: Evidence, headline: Mark | null, signed: boolean): DateChoice {
  const visible = visibleDates(evidence, headline);
  const changes: ParsedDate[] = [];
  const change = (text: string | null) => {
    const date = parseStamp(text ?? '', evidence.dates);
    if (date) changes.push(date);
  };
  for (const { object } of evidence.articles.slice(0, 2)) change(ldText(object.dateModified));
  for (const { name, zone, value, text } of evidence.page.properties)
    if (name === 'datemodified' && !(zone & (ZONE.comments | ZONE.related))) change(value || text);
  for (const key of MODIFIED_METAS) change(evidence.meta(key));
  const published = isUndated(evidence, visible.published, signed)
    ? null
    : choosePublished(dateCandidates(evidence, visible.published), visible.published, changes, visible.changed);
  return { published, modified: changes[0] ?? visible.changed };
}

/** WordPress stamps its static pages as it does its posts; where nobody signs and no reader sees a date, they have none. */
function isUndated(evidence: Evidence, visible: readonly Shown[], signed: boolean): boolean {
  const shown = visible.some(({ distance }) => distance !== null && distance <= OWN_DATE);
  return !signed && !shown && /(?:^|\s)page-id-\d/u.test(evidence.page.bodyNames);
}

/** Characters from the headline within which one lone date is the page's own. */
const OWN_DATE = 1500;
const DAY_MS = 86_400_000;

function choosePublished(
  candidates: readonly Dated[],
  visible: readonly Shown[],
  changes: readonly ParsedDate[],
  changed: ParsedDate | null,
): Dated | null {
  const first = candidates[0];
  if (!first) return null;
  // Midnight of the site's zone, written in UTC, bears the day before; the day that readers see is the page's own.
  const [, hour, rest] = /T(\d\d):(\d\d:\d\d)Z$/u.exec(first.iso) ?? [];
  if (first.day === first.iso.slice(0, 10) && rest === '00:00' && Number(hour) >= 20) {
    const next = new Date(Date.parse(first.iso) + DAY_MS).toISOString().slice(0, 10);
    const shown = candidates.find(({ rule, day }) => rule.endsWith('near headline') && day === next);
    if (shown && !candidates.some(({ rule, day }) => rule.endsWith('near headline') && day === first.day)) return shown;
  }
  const stated = candidates.filter((date) => date !== first && !visible.includes(date as Shown));
  const own = ownDate(first, visible, stated, changes, changed);
  if (own) return own;
  // The address gives a day; the stamp of the same day gives the time as well.
  if (first.rule === 'url') {
    const stamp = candidates.find(
      ({ rule, day, iso }) => rule !== 'url' && (day === first.day || iso.slice(0, 10) === first.day),
    );
    if (stamp) return stamp;
  }
  return first;
}

/**
 * The one date that readers see at the headline, where a stamp nobody sees says otherwise and cannot stand: an earlier
 * day, for programs stamp anew what they publish again; or the day beside, for stamps in UTC bear another day than the
 * page's own zone. A later day, or one on which a change is stated, is no publication.
 */
function ownDate(
  first: Dated,
  visible: readonly Shown[],
  stated: readonly Dated[],
  changes: readonly ParsedDate[],
  changed: ParsedDate | null,
): Shown | null {
  const near = visible.filter(({ distance }) => distance !== null);
  const shown = near[0];
  if (!shown?.distance || shown.distance > OWN_DATE || near.some(({ day }) => day !== shown.day)) return null;
  if (visible.some(({ day }) => day === first.day || day === first.iso.slice(0, 10))) return null;
  if ([...changes, changed].some((date) => date?.day === shown.day)) return null;
  const days = daysBetween(shown.day, first.day);
  const restamped = changes.length === 0 || changes.some(({ day }) => Math.abs(daysBetween(day, first.day)) <= 2);
  if (!restamped && !shown.labelled && !stated.some(({ day }) => day === shown.day)) return null;
  if (days < -1) return shown;
  if (Math.abs(days) !== 1 || hasOffset(first.raw)) return null;
  // The other way round: what readers see is written in UTC, and the stated day is the page's own.
  const hour = Number(shown.iso.slice(11, 13));
  const printed = near.some(({ rule }) => rule.startsWith('text'));
  const inUtc =
    !printed && shown.precision === 'second' && !hasOffset(shown.raw) && (days > 0 ? hour < 12 : hour >= 14);
  return first.precision === 'day' && inUtc ? null : shown;
}

/** Whether a stamp bears the offset of its own zone, so that its day is the page's own. */
function hasOffset(stamp: string): boolean {
  return /[+-](?!00:?00)\d\d:?\d\d$/u.test(stamp);
}

function daysBetween(a: string, b: string): number {
  return Math.round((Date.parse(a) - Date.parse(b)) / DAY_MS);
}
