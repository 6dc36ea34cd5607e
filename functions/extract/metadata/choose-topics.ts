import type { Tag } from '../../article/record.ts';
import { slug } from '../../article/slug.ts';
import type { LabelList, Mark } from './candidates.ts';
import type { Choice } from './choose-title.ts';
import { squash } from './element-text.ts';
import type { Evidence } from './evidence.ts';
import { ldText, ldTexts } from './json-ld.ts';
import { titleKey } from './title.ts';
import { FOREIGN_ZONE, ZONE } from './zones.ts';

const MAX_TAGS = 40;

/** A label with its slug; null where it holds no letter and no digit. */
export function toTag(label: string): Tag | null {
  const text = squash(label).slice(0, 120);
  const key = slug(text);
  return key === '' ? null : { label: text, slug: key };
}

/** Labels as tags, each slug once. */
export function toTags(labels: readonly string[]): Tag[] {
  const bySlug = new Map<string, Tag>();
  for (const label of labels) {
    const tag = toTag(label.replace(/^[#\s]+/u, '').replace(/[,;\s]+$/u, ''));
    if (tag && !bySlug.has(tag.slug)) bySlug.set(tag.slug, tag);
  }
  return [...bySlug.values()].slice(0, MAX_TAGS);
}

const splitKeywords = (value: string) =>
  value
    .split(/[,;|，、]/u)
    .map(squash)
    .filter((item) => item !== '');

/** Every source of tags, each with all it lists, most trusted first. */
function tagCandidates(evidence: Evidence, headline: Mark | null): Choice<Tag[]>[] {
  const out: Choice<Tag[]>[] = [];
  const add = (rule: string, labels: readonly string[]) => {
    const value = toTags(labels.filter((label) => label.length <= 80));
    if (value.length > 0) out.push({ rule, value });
  };
  const around = headline?.zone ?? 0;
  const own = evidence.page.labels.filter(
    ({ zone, at }) =>
      !(zone & ~around & (ZONE.comments | ZONE.aside | ZONE.chrome)) &&
      (headline === null || at >= headline.at - BEFORE_HEADLINE),
  );
  const linked = own.filter(
    ({ kind, links }) => kind === 'tags' && links.length === 1 && /(?:^|\s)tag(?:$|\s)/u.test(links[0]?.rel ?? ''),
  );
  add(
    'rel tag',
    linked.flatMap(({ links }) => links.map(({ text }) => text)),
  );
  const list = own.find(
    (candidate) => isTagList(candidate) && !(candidate.zone & ~around & (ZONE.related | ZONE.footer)),
  );
  if (list)
    add(
      'tag list',
      (list.links.length === 1 ? besideTag(list, own) : [list]).flatMap(({ links }) => links.map(({ text }) => text)),
    );
  const keywords = evidence.articles.slice(0, 2).flatMap(({ object }) => ldTexts(object.keywords));
  add('meta keywords', evidence.metas('keywords').flatMap(splitKeywords));
  add('meta news_keywords', evidence.metas('news_keywords').flatMap(splitKeywords));
  add('json-ld keywords', keywords.flatMap(splitKeywords));
  add(
    'meta article:tag',
    evidence.metas('article:tag', 'og:article:tag', 'parsely-tags', 'sailthru.tags').flatMap(splitKeywords),
  );
  return out;
}

/** Characters from one tag to the next in a list where each bears the name of one, and tags beyond which it is a cloud. */
const NEXT_TAG = 40;
const MOST_TAGS = 8;

/** A tag whose own element is named so, with those behind it. */
function besideTag(first: LabelList, own: readonly LabelList[]): LabelList[] {
  const out = [first];
  for (const label of own) {
    const last = out.at(-1) as LabelList;
    if (label.at <= last.at || label.kind !== 'tags') continue;
    if (label.at - last.at - last.text.length > NEXT_TAG || label.links.length !== 1 || !isTagList(label)) break;
    out.push(label);
  }
  return out.length <= MOST_TAGS ? out : [first];
}

/** Longer lists of unseen keywords are written for search engines. */
const MAX_KEYWORDS = 25;
/** Labels stand above the headline at most this many characters. */
const BEFORE_HEADLINE = 600;
const TAG_ADDRESS =
  /[/?&=:_-](?:tags?|topics?|thema|themen|themes?|motcles?|mots?-cles?|labels?|keywords?|schlagwort|schlagworte|etiquetas?|temas?|temat|tagged|stichwort|hashtags?|dossiers?|emne|sujets?|argomenti|tegi|tagi|tema|konular|etiket|suche|search|subject|kw)[/=:-]/iu;

/** Whether a list of links names topics: few, short, and most of their addresses say so. */
function isTagList({ kind, links, text, isLabelled }: LabelList): boolean {
  if (kind !== 'tags' || links.length === 0 || links.length > 30 || text.length > 700) return false;
  const short = links.filter((link) => link.text.length <= 50 && link.text.split(' ').length <= 6).length;
  const addressed = links.filter(({ href }) => TAG_ADDRESS.test(href)).length;
  return short === links.length && (isLabelled === true || 2 * addressed >= links.length);
}

/**
 * Chooses the topics a page lists. Keywords nobody sees count on pages that call themselves articles only: elsewhere
 * they are written for search engines.
 */
export function chooseTags(evidence: Evidence, headline: Mark | null): Choice<Tag[]> | null {
  const article = evidence.article !== null || evidence.meta('og:type')?.toLowerCase() === 'article';
  return (
    tagCandidates(evidence, headline).find(
      ({ rule, value }) => !/keywords|article:tag/u.test(rule) || (article && value.length <= MAX_KEYWORDS),
    ) ?? null
  );
}

export function chooseSection(evidence: Evidence, breadcrumbs: readonly string[]): Choice<Tag> | null {
  const try_ = (label: string | null | undefined, rule: string): Choice<Tag> | null => {
    if (!label || label.length > 60) return null;
    const tag = toTag(label);
    return tag ? { value: tag, rule } : null;
  };
  const ld = evidence.articles
    .slice(0, 2)
    .map(({ object }) => ldText(object.articleSection))
    .find((text) => text !== null);
  return (
    try_(ld, 'json-ld articleSection') ??
    try_(
      evidence.meta('article:section', 'og:article:section', 'parsely-section', 'cxenseparse:section'),
      'meta article:section',
    ) ??
    try_(evidence.page.properties.find(({ name }) => name === 'articlesection')?.text, 'itemprop articleSection') ??
    try_(breadcrumbs.at(-1), 'breadcrumbs') ??
    try_(
      evidence.page.labels.find(
        ({ kind, zone, links }) => kind === 'section' && !(zone & FOREIGN_ZONE) && links.length > 0,
      )?.links[0]?.text,
      'category link',
    )
  );
}

const HOME =
  /^(?:home|homepage|start|startseite|accueil|inicio|início|home page|главная|hjem|forside|etusivu|strona główna|ana sayfa|anasayfa|首页|首頁|ホーム|トップ|홈|الرئيسية|beranda|trang chủ|domů|αρχική|portada|heim|hem|kezdőlap|nyitólap|úvod|domov|strona startowa|avaleht|sākums|pradžia|početna|naslovnica|почетна|начало|головна|inici|hasiera|ראשי|דף הבית|صفحه اصلی|خانه|होम|หน้าแรก|prima pagina|pagina principală|トップページ|主页|主頁)$/iu;

export function chooseBreadcrumbs(
  evidence: Evidence,
  title: string | null,
  headline: Mark | null,
): Choice<string[]> | null {
  const titled = title ? titleKey(title) : '';
  const clean = (names: readonly string[]) => {
    const list: string[] = [];
    for (const name of names) {
      const label = squash(name).replace(/^[>›»/|\s]+|[>›»/|\s]+$/gu, '');
      if (label === '' || label.length > 80 || HOME.test(label) || list.includes(label)) continue;
      if (titled !== '' && titleKey(label) === titled) continue;
      list.push(label);
    }
    return list.slice(0, 12);
  };
  const node = evidence.ld.nodes.find(({ types }) => types.includes('breadcrumblist'));
  const items = node?.object.itemListElement;
  if (Array.isArray(items)) {
    const named = items.slice(0, 20).flatMap((item) => {
      if (typeof item !== 'object' || item === null || Array.isArray(item)) return [];
      const text = ldText(item.name) ?? ldText(item.item);
      return text && !/^https?:/iu.test(text) ? [text] : [];
    });
    const list = clean(named);
    if (list.length > 0) return { value: list, rule: 'json-ld BreadcrumbList' };
  }
  const visible = evidence.page.labels.find(
    ({ kind, links, zone, text, at }) =>
      kind === 'breadcrumbs' &&
      links.length > 0 &&
      !(zone & ZONE.comments) &&
      // A row that nothing but its signs calls so may list anything at the foot of a page.
      (text !== '' || (headline !== null && at < headline.at && !(zone & ZONE.footer))),
  );
  const row = visible ? withParts(visible, evidence.page.labels) : [];
  const list = clean(row.flatMap(({ links }) => links.map(({ text }) => text)));
  return list.length > 0 ? { value: list, rule: 'breadcrumbs' } : null;
}

/** Characters from one part of the way to the next where each is marked up by itself. */
const NEXT_CRUMB = 80;

/** The way to the page, which old microdata mark up part by part. */
function withParts(first: LabelList, labels: readonly LabelList[]): LabelList[] {
  const row = [first];
  if (first.links.length > 1) return row;
  for (const label of labels.slice(labels.indexOf(first) + 1)) {
    const last = row.at(-1) as LabelList;
    if (label.kind !== 'breadcrumbs' || label.links.length !== 1 || label.at - last.at > NEXT_CRUMB) break;
    row.push(label);
  }
  return row;
}
