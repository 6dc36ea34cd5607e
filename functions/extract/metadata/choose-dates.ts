import type { ParsedDate } from './dates.ts';
import { findDates, parseStamp } from './dates.ts';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';
import { FOREIGN_ZONE, ZONE } from './zones.ts';

export interface DateChoice {
  published: (ParsedDate & { rule: string }) | null;
  modified: ParsedDate | null;
}

const MODIFIED =
  /modif|updat|aktualis|aktualiz|revis|review|last|actualiz|mis à jour|mise à jour|maj|aggiornat|bijgewerkt|opdater|oppdater|uppdater|päivitet|обновл|оновл|更新|修正|갱신|수정|güncel|تحديث|עודכן|ενημ|diperbarui|cập nhật|zmien|zaktual|změn|módos|frissít/iu;

/** Candidates for the day of publication, most trusted first. */
export function dateCandidates(evidence: Evidence, headlineAt: number | null): (ParsedDate & { rule: string })[] {
  const out: (ParsedDate & { rule: string })[] = [];
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
    add(ldText(object.dateCreated), `${which} dateCreated`);
    add(ldText(object.uploadDate), `${which} uploadDate`);
  }
  for (const key of PUBLISHED_METAS) for (const value of evidence.metas(key)) add(value, `meta ${key}`);
  for (const { name, value, text, zone } of evidence.page.properties) {
    if (zone & (ZONE.comments | ZONE.related)) continue;
    if (name === 'datepublished' || name === 'datecreated' || name === 'published')
      add(value || text, `itemprop ${name}`);
  }
  for (const key of DATE_METAS) for (const value of evidence.metas(key)) add(value, `meta ${key}`);
  const near = (at: number) => headlineAt === null || (at >= headlineAt - 800 && at <= headlineAt + 2500);
  for (const { datetime, text, zone, at, names } of evidence.page.times) {
    if (zone & (FOREIGN_ZONE & ~ZONE.aside) || MODIFIED.test(names) || MODIFIED.test(text)) continue;
    add(datetime ?? text, near(at) ? 'time near headline' : 'time');
  }
  for (const { text, zone, at } of evidence.page.dateTexts) {
    if (zone & FOREIGN_ZONE || !near(at) || text.length > 120) continue;
    const first = findDates(text, evidence.dates)[0];
    if (!first || MODIFIED.test(text.slice(Math.max(0, first.start - 40), first.start))) continue;
    out.push({ ...first, rule: zone & ZONE.date ? 'text in date class' : 'text near headline' });
  }
  return out;
}

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
export function urlDay(url: string | null, evidence: Evidence): ParsedDate | null {
  if (!url) return null;
  const path = url.slice(0, 1000);
  const found =
    /[/_-](?<y>(?:19|20)\d\d)[/_-](?<m>0?[1-9]|1[0-2])[/_-](?<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path) ??
    /[/_-](?<y>20[012]\d)(?<m>0[1-9]|1[0-2])(?<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$)/u.exec(path);
  const { y, m, d } = found?.groups ?? {};
  return y && m && d ? parseStamp(`${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`, evidence.dates) : null;
}

export function chooseDates(evidence: Evidence, headlineAt: number | null): DateChoice {
  const candidates = dateCandidates(evidence, headlineAt);
  const published = choosePublished(candidates);
  let modified: ParsedDate | null = null;
  for (const { object } of evidence.articles.slice(0, 2))
    modified ??= parseStamp(ldText(object.dateModified) ?? '', evidence.dates);
  for (const key of MODIFIED_METAS) if (!modified) modified = parseStamp(evidence.meta(key) ?? '', evidence.dates);
  return { published, modified };
}

function choosePublished(
  candidates: readonly (ParsedDate & { rule: string })[],
): (ParsedDate & { rule: string }) | null {
  const first = candidates[0];
  if (!first) return null;
  // The address gives a day; the stamp of the same day gives the time as well.
  if (first.rule === 'url') {
    const stamp = candidates.find(
      ({ rule, day, iso }) => rule !== 'url' && (day === first.day || iso.slice(0, 10) === first.day),
    );
    if (stamp) return stamp;
  }
  return first;
}
