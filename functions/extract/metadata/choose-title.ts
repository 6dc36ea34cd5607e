import { decodeHTML } from 'entities';
import type { Evidence } from './evidence.ts';
import { ldText } from './json-ld.ts';
import { namesSite, stripSite, titleKey, titlePieces } from './title.ts';
import { FOREIGN_ZONE, ZONE } from './zones.ts';

export interface Choice<T> {
  value: T;
  rule: string;
}

interface Stated {
  text: string;
  rule: string;
}

/** Title statements outside the visible page, the most trusted first. */
export function statedTitles(evidence: Evidence): Stated[] {
  const { meta, article, articles, page } = evidence;
  const stated: Stated[] = [];
  const add = (text: string | null | undefined, rule: string) => {
    const clean = text?.includes('&') ? decodeHTML(text) : text;
    if (clean && clean.length <= 600) stated.push({ text: clean.trim(), rule });
  };
  add(ldText(article?.headline), 'json-ld headline');
  add(meta('og:title'), 'og:title');
  add(meta('twitter:title'), 'twitter:title');
  add(
    meta('citation_title', 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'hdl', 'title'),
    'meta title',
  );
  if (!article?.headline) add(ldText(article?.name), 'json-ld name');
  for (const { object } of articles.slice(0, 2))
    if (object !== article) add(ldText(object.headline ?? object.name), 'json-ld work');
  add(page.titleTag, 'title');
  return stated;
}

/** Chooses the page's headline: the visible heading that its metadata confirm, else the metadata without the site. */
export function chooseTitle(evidence: Evidence): Choice<string> | null {
  const stated = statedTitles(evidence);
  const stripped = stated.map(({ text, rule }) => ({ text: stripSite(text, evidence.site), rule }));
  const keys = new Set(stripped.map(({ text }) => titleKey(text)));
  const raw = stated.map(({ text }) => titleKey(text));
  const pieces = new Set(stated.flatMap(({ text }) => titlePieces(text).map(titleKey)));

  const headings = evidence.page.headings.filter(({ text }) => text.length >= 2 && text.length <= 400);
  let best: { text: string; score: number; rule: string } | null = null;
  for (const heading of headings) {
    const key = titleKey(heading.text);
    if (key.length < 2) continue;
    let score = 0;
    if (keys.has(key)) score = 100;
    else if (pieces.has(key) && key.length >= 4) score = 80;
    else if (raw.some((other) => key.length >= 12 && other.includes(key))) score = 70;
    else score = 60 * Math.max(0, ...stripped.map(({ text }) => similarity(text, heading.text)));
    if (score < 20) continue;
    if (heading.level === 1) score += 10;
    if (heading.headline) score += 4;
    if (heading.zone & FOREIGN_ZONE) score -= 8;
    if (namesSite(heading.text, evidence.site) && !keys.has(key)) score -= 60;
    if (!best || score > best.score) best = { text: heading.text, score, rule: `h${heading.level}` };
  }
  if (best && best.score >= 60) {
    // Kicker and headline in one heading: what the metadata agree on is the headline.
    const whole = titleKey(best.text);
    const part = stripped.find(({ text, rule }) => {
      const key = titleKey(text);
      return (
        rule !== 'title' &&
        key.length >= 15 &&
        key.length < whole.length &&
        whole.endsWith(key) &&
        text.length > 0.4 * (best?.text.length ?? 0)
      );
    });
    if (part) return { value: part.text, rule: `${part.rule} in ${best.rule}` };
    return { value: best.text, rule: `${best.rule} as metadata` };
  }
  const property = evidence.page.properties.find(
    ({ name, scope, text }) => name === 'headline' && text.length >= 2 && !/comment|review|webpage/u.test(scope),
  );
  if (property && property.text.length <= 300 && !(property.zone & (ZONE.related | ZONE.comments)))
    return { value: property.text, rule: 'itemprop headline' };
  const own = headings.filter(
    ({ zone, level, text }) => level === 1 && !(zone & FOREIGN_ZONE) && !namesSite(text, evidence.site),
  );
  const inArticle = own.find(({ article }) => article > 0);
  const usable = stripped.filter(({ text }) => text.length >= 2 && !namesSite(text, evidence.site));
  const first = usable[0];
  if (inArticle && own.length === 1) return { value: inArticle.text, rule: 'h1 in article' };
  if (first) return { value: first.text, rule: first.rule };
  const only = own[0];
  if (only) return { value: only.text, rule: 'h1' };
  const last = stripped[0];
  return last ? { value: last.text, rule: last.rule } : null;
}

/** Shared words over the words of the shorter, 0 to 1; both must have at least three. */
function similarity(a: string, b: string): number {
  const words = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const first = words(a);
  const second = words(b);
  if (first.size < 2 || second.size < 2) return 0;
  let shared = 0;
  for (const word of first) if (second.has(word)) shared++;
  return shared / Math.max(first.size, second.size);
}
