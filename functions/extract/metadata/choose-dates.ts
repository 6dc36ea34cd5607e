import { DAY_MS } from '../../article/durations.ts';
import type { Mark } from './candidates.ts';
import { DATE_METAS, MODIFIED_METAS, PUBLISHED_METAS } from './date-metas.ts';
import { type ParsedDate, parseStamp } from './dates.ts';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';
import { type Dated, type Shown, strayDate, visibleDates } from './visible-dates.ts';
import { ZONE } from './zones.ts';

export interface DateChoice {
  published: Dated | null;
  modified: ParsedDate | null;
}

/** Candidates for the day of publication, most trusted first; `visible` are those that readers see. */
function dateCandidates(evidence: Evidence, visible: readonly Shown[]): Dated[] {
  const out: Dated[] = [];
  const add = (text: string | null | undefined, rule: string) => {
    if (!text) return;
    const date = evidence.stampIn(text);
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
    : evidence.stampIn(`${y}-${(m ?? '').padStart(2, '0')}-${d.padStart(2, '0')}`);
  return date ? { ...date, rule: folder ? 'url' : 'url slug' } : null;
}

/**
 * @param signed whether the page names an author
 */
export function chooseDates(evidence: Evidence, headline: Mark | null, signed: boolean): DateChoice {
  const visible = visibleDates(evidence, headline);
  const changes: ParsedDate[] = [];
  const change = (text: string | null) => {
    const date = evidence.stampIn(text ?? '');
    if (date) changes.push(date);
  };
  for (const { object } of evidence.articles.slice(0, 2)) change(ldText(object.dateModified));
  for (const { name, zone, value, text } of evidence.page.properties)
    if (name === 'datemodified' && !(zone & (ZONE.comments | ZONE.related))) change(value || text);
  for (const key of MODIFIED_METAS) change(evidence.meta(key));
  const published = isUndated(evidence, visible.published, signed)
    ? null
    : (choosePublished(dateCandidates(evidence, visible.published), visible.published, changes, visible.changed) ??
      strayDate(evidence, headline));
  return { published: published && withHourOfByline(published, evidence), modified: changes[0] ?? visible.changed };
}

/** WordPress stamps its static pages as it does its posts; where nobody signs and no reader sees a date, they have none. */
function isUndated(evidence: Evidence, visible: readonly Shown[], signed: boolean): boolean {
  const shown = visible.some(({ distance }) => distance !== null && distance <= OWN_DATE);
  return !signed && !shown && /(?:^|\s)page-id-\d/u.test(evidence.page.bodyNames);
}

/** Characters from the headline within which one lone date is the page's own. */
const OWN_DATE = 1500;

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
  return first.precision === 'day' ? (withTime(first, candidates, visible) ?? first) : first;
}

/** The same day with its hour, as another statement of it or a date near the headline gives it. */
function withTime({ day }: Dated, candidates: readonly Dated[], visible: readonly Shown[]): Dated | null {
  const isOfOthers = (date: Dated) => {
    const shown = visible.find((one) => one === date);
    return shown !== undefined && shown.distance === null && !shown.labelled;
  };
  return candidates.find((date) => date.precision === 'second' && date.day === day && !isOfOthers(date)) ?? null;
}

/** An hour behind who posted: "Posted by Ann Lee at 9:05 AM", below a heading with the day. */
const POSTED_AT = /^posted by .{1,60} (?:at|@) (\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?)\s?(?:$|[|(·•])/iu;

/** A day with the hour that the byline of Blogger, Movable Type and their like states apart from it. */
function withHourOfByline(date: Dated, { page, stampIn }: Evidence): Dated {
  if (date.precision !== 'day') return date;
  for (const { text, zone } of page.bylines) {
    const hour = zone & ZONE.comments ? undefined : POSTED_AT.exec(text.slice(0, 200))?.[1];
    const stamp = hour === undefined ? null : stampIn(`${date.day} ${hour}`);
    if (stamp) return { ...stamp, raw: `${date.raw} ${hour}`, rule: date.rule };
  }
  return date;
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
