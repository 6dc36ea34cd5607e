import type { Mark } from './collect.ts';
import type { ParsedDate } from './dates.ts';
import { findDates, parseStamp } from './dates.ts';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';
import { foreign, ZONE } from './zones.ts';

export type Dated = ParsedDate & { rule: string };

export interface DateChoice {
  published: Dated | null;
  modified: ParsedDate | null;
}

const MODIFIED =
  /modif|updat|aktualis|aktualiz|revis|review|last|actualiz|mis à jour|mise à jour|maj|aggiornat|bijgewerkt|opdater|oppdater|uppdater|päivitet|обновл|оновл|更新|修正|갱신|수정|güncel|تحديث|עודכן|ενημ|diperbarui|cập nhật|zmien|zaktual|změn|módos|frissít/iu;

/** Candidates for the day of publication, most trusted first; `visible` are those that readers see. */
function dateCandidates(evidence: Evidence, visible: readonly Dated[]): Dated[] {
  const out: Dated[] = [];
  const add = (text: string | null | undefined, rule: string) => {
    if (!text) return;
    const date = parseStamp(text, evidence.dates);
    if (date) out.push({ ...date, rule });
  };
  const fromUrl = urlDay(evidence.url, evidence);
  if (fromUrl) out.push({ ...fromUrl, rule: 'url' });
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
  out.push(...visible);
  return out;
}

/** Characters of visible text around the headline in which its date line stands. */
const BEFORE_HEADLINE = 1200;
const AFTER_HEADLINE = 2500;

/** Characters a date in a card or a side column counts as further away. */
const SIDE_PENALTY = 2000;

/** Dates that readers see, those near the headline first; labelled changes are none. */
function visibleDates(evidence: Evidence, headline: Mark | null): { published: Dated[]; changed: ParsedDate | null } {
  let changed: ParsedDate | null = null;
  const near: (Dated & { distance: number })[] = [];
  const far: Dated[] = [];
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
      near.push({ ...date, rule: `${rule} near headline`, distance: away });
    } else if (!(role & ~ZONE.chrome) && (labelled || rule === 'time'))
      far.push({ ...date, rule: labelled ? `${rule} published` : rule });
  };
  for (const time of evidence.page.times) {
    const renewed = MODIFIED.test(time.names) && !PUBLISHED.test(time.names);
    const date = parseStamp(time.datetime ?? time.text, evidence.dates) ?? parseStamp(time.text, evidence.dates);
    if (renewed || MODIFIED.test(time.text)) {
      if (!zoneOf(time)) changed ??= date;
      continue;
    }
    if (date) place(date, time, 'time', /published|pubdate/u.test(time.names) || PUBLISHED.test(time.text));
  }
  for (const mark of evidence.page.dateTexts) {
    if (mark.text.length > 160) continue;
    const away = headline ? mark.at - headline.at : 0;
    if ((away < -BEFORE_HEADLINE || away > AFTER_HEADLINE) && !PUBLISHED.test(mark.text)) continue;
    for (const date of findDates(mark.text, evidence.dates)) {
      const before = mark.text.slice(Math.max(0, date.start - 30), date.start);
      if (MODIFIED.test(before)) {
        if (headline !== null && Math.abs(mark.at - headline.at) <= AFTER_HEADLINE && !zoneOf(mark)) changed ??= date;
        continue;
      }
      // A date in the middle of a sentence is part of the story.
      const alone = mark.text.length - (date.end - date.start) <= 60;
      if (!alone && !(mark.zone & (ZONE.date | ZONE.author))) continue;
      place(date, mark, mark.zone & ZONE.date ? 'text in date class' : 'text', PUBLISHED.test(before));
      break;
    }
  }
  return { published: [...near.sort((a, b) => rankVisible(a) - rankVisible(b)), ...far], changed };
}

function rankVisible({ rule, distance }: { rule: string; distance: number }): number {
  return distance + (rule.startsWith('time') ? 0 : rule.startsWith('text in date') ? 150 : 300);
}

const PUBLISHED =
  /publi|posted|pubdate|erschienen|veröffentlicht|erstellt|опубликован|опубліковано|pubblicat|geplaatst|gepubliceerd|objavljen|dodano|yayın|发布|發布|公開|掲載|入力|등록|입력|نشر|פורסם|δημοσ|diterbitkan|đăng|created|entry-date|date-created/iu;

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

/** A day in the address: /2024/05/03/, /2024-05-03-, /20240503. */
function urlDay(url: string | null, evidence: Evidence): ParsedDate | null {
  if (!url) return null;
  const path = url.slice(0, 1000);
  const found =
    /[/_-](?<y>(?:19|20)\d\d)[/_-](?<m>0?[1-9]|1[0-2])[/_-](?<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path) ??
    /[/](?<y>20[012]\d)[/-](?<name>[a-z]{3,9})[/-](?<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/iu.exec(path) ??
    /[/_-](?<y>20[012]\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path);
  const { y, m, name, d } = found?.groups ?? {};
  if (y && name && d) return parseStamp(`${d} ${name} ${y}`, { ...evidence.dates, language: 'en' });
  return y && m && d ? parseStamp(`${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`, evidence.dates) : null;
}

export function chooseDates(evidence: Evidence, headline: Mark | null): DateChoice {
  const visible = visibleDates(evidence, headline);
  const published = choosePublished(dateCandidates(evidence, visible.published));
  let modified: ParsedDate | null = null;
  for (const { object } of evidence.articles.slice(0, 2))
    modified ??= parseStamp(ldText(object.dateModified) ?? '', evidence.dates);
  const properties = evidence.page.properties.filter(
    ({ name, zone }) => name === 'datemodified' && !(zone & (ZONE.comments | ZONE.related)),
  );
  for (const { value, text } of properties) modified ??= parseStamp(value || text, evidence.dates);
  for (const key of MODIFIED_METAS) modified ??= parseStamp(evidence.meta(key) ?? '', evidence.dates);
  return { published, modified: modified ?? visible.changed };
}

function choosePublished(candidates: readonly Dated[]): Dated | null {
  const first = candidates[0];
  if (!first) return null;
  // Midnight of the site's zone, written in UTC, bears the day before; the day that readers see is the page's own.
  const [, hour, rest] = /T(\d\d):(\d\d:\d\d)Z$/u.exec(first.iso) ?? [];
  if (first.day === first.iso.slice(0, 10) && rest === '00:00' && Number(hour) >= 20) {
    const next = new Date(Date.parse(first.iso) + 86_400_000).toISOString().slice(0, 10);
    const shown = candidates.find(({ rule, day }) => rule.endsWith('near headline') && day === next);
    if (shown && !candidates.some(({ rule, day }) => rule.endsWith('near headline') && day === first.day)) return shown;
  }
  // The address gives a day; the stamp of the same day gives the time as well.
  if (first.rule === 'url') {
    const stamp = candidates.find(
      ({ rule, day, iso }) => rule !== 'url' && (day === first.day || iso.slice(0, 10) === first.day),
    );
    if (stamp) return stamp;
  }
  return first;
}
