/**
 * What a page says about its article besides the body.
 *
 *   1. collect   one walk that notes every statement (collect.ts)
 *   2. json-ld   the JSON-LD among them made flat, however broken (json-ld.ts)
 *   3. rule      what a rule of the site says, where there is one, goes before all choices
 *   4. choose    field by field, by a defined order of trust (choose-*.ts)
 */
import { chooseCanonicalUrl, parseHttpUrl, siteOf } from '../../article/canonical-url.ts';
import type { MarkupTree } from '../markup/tree.ts';
import type { Context } from '../outcome.ts';
import { applyRule, type RuleFindings } from '../rules/apply-rule.ts';
import { shippedRule } from '../rules/choose-rule.ts';
import type { Mark } from './candidates.ts';
import { chooseAuthors } from './choose-authors.ts';
import { chooseDates } from './choose-dates.ts';
import { chooseKind, choosePageType } from './choose-page-type.ts';
import { chooseSiteName } from './choose-site-name.ts';
import { type Choice, chooseTitle } from './choose-title.ts';
import { chooseBreadcrumbs, chooseSection, chooseTags } from './choose-topics.ts';
import { collect } from './collect.ts';
import { type Evidence, gather } from './evidence.ts';
import { ldText, readJsonLd } from './json-ld.ts';
import type { Json } from './lenient-json.ts';
import type { Metadata } from './metadata.ts';
import { chooseRights } from './rights.ts';
import { titleKey } from './title.ts';

export type { Metadata, PageType } from './metadata.ts';

/**
 * Reads what a page says about its article besides the body, each field by its own order of trust.
 *
 * @param tree the parsed page; it is not changed
 * @param context where and when the copy was taken; dates more than a day after it are refused
 * @returns every field, absent ones null or empty; it does not throw on any page
 */
export function readMetadata(tree: MarkupTree, context: Context): Metadata {
  const page = collect(tree);
  const ld = readJsonLd(page.jsonLd);
  const evidence = gather(page, ld, context);
  const provenance: Record<string, string> = {};
  const settle = <T>(field: string, choice: Choice<T> | null): T | null => {
    if (!choice) return null;
    provenance[field] = choice.rule;
    return choice.value;
  };

  const base = parseHttpUrl(evidence.url)?.href ?? null;
  const canonicalUrl = chooseCanonicalUrl(context.url, evidence.statedUrl);
  const site = siteOf(canonicalUrl ?? base);
  const ruled = findRuled(tree, evidence, site, context);
  const bySite = <T>(value: T | null | undefined): Choice<T> | null =>
    ruled && value !== null && value !== undefined ? { value, rule: ruled.rule } : null;

  const title = settle('title', bySite(ruled?.title) ?? chooseTitle(evidence));
  const headline = findHeadline(evidence, title);
  const authors = settle('authors', bySite(ruled?.authors) ?? chooseAuthors(evidence, headline)) ?? [];
  const dates = chooseDates(evidence, headline, authors.length > 0);
  const { modified } = dates;
  const published = ruled?.published ? { ...ruled.published, rule: ruled.rule } : dates.published;
  if (published) provenance.publishedAt = published.rule;
  const warnings: Metadata['warnings'] = [];
  if (ld.broken > 0) {
    warnings.push({
      code: 'JSON_LD_BROKEN',
      message: `${ld.broken} JSON-LD block(s) of the page are not valid JSON; what could be read of them was used.`,
    });
  }
  if (published && modified && modified.day < published.day) {
    warnings.push({
      code: 'MODIFIED_BEFORE_PUBLISHED',
      message: `The page states a change on ${modified.day}, before its publication on ${published.day}.`,
    });
  }
  const breadcrumbs = settle('breadcrumbs', chooseBreadcrumbs(evidence, title, headline)) ?? [];
  const section = settle('section', chooseSection(evidence, breadcrumbs));
  const pageType = choosePageType(evidence);
  const article = evidence.articles[0]?.object;

  return {
    title,
    subtitle: settle('subtitle', chooseSubtitle(evidence, title)),
    description: settle('description', chooseDescription(evidence)),
    authors,
    siteName: settle('siteName', chooseSiteName(evidence, title, headline)),
    section,
    breadcrumbs,
    tags: settle('tags', chooseTags(evidence, headline)) ?? [],
    publishedAt: published?.iso ?? null,
    publishedDay: published?.day ?? null,
    publishedRaw: published?.raw ?? null,
    datePrecision: published?.precision ?? null,
    dateSource: published?.rule ?? null,
    modifiedAt: modified?.iso ?? null,
    kind: settle('kind', chooseKind(evidence, pageType, section?.label ?? null)),
    accessibleForFree: settle('accessibleForFree', chooseAccess(evidence)),
    rights: settle('rights', chooseRights(evidence, base)),
    mainImages: statedImages(evidence),
    url: base,
    canonicalUrl,
    site,
    declaredLanguage: page.htmlLanguage ?? ldText(article?.inLanguage) ?? evidence.language,
    declaredDirection: page.direction,
    articleBody: typeof article?.articleBody === 'string' ? article.articleBody.slice(0, 500_000) : null,
    pageType,
    ruled,
    provenance,
    warnings,
  };
}

function findRuled(
  tree: MarkupTree,
  evidence: Evidence,
  site: string | null,
  { asOf, ruleOf = shippedRule, trace }: Context,
): RuleFindings | null {
  const rule = ruleOf(site, asOf);
  return rule && applyRule(tree, rule, evidence.dates, evidence.url, trace);
}

/** Characters behind the title's own line beyond which a heading that says the same heads a card. */
const OTHER_ARTICLES = 10_000;

/** The heading that prints the title; bylines and dates are looked for around it. */
function findHeadline(evidence: Evidence, title: string | null): Mark | null {
  if (!title) return null;
  const { keyOf } = evidence;
  const key = keyOf(title);
  const { headings, echoes, largeLines } = evidence.page;
  const exact = headings.filter(({ text }) => keyOf(text) === key);
  const echo = echoes.find(({ text }) => keyOf(text) === key);
  const lesser = exact[0];
  return (
    exact.find(({ level }) => level === 1) ??
    // A lesser heading further down names the article among others.
    (lesser && echo && echo.at < lesser.at - OTHER_ARTICLES ? echo : lesser) ??
    headings.find(({ text, level }) => level === 1 && key.length > 8 && keyOf(text).includes(key)) ??
    echo ??
    largeLines.find(({ text }) => keyOf(text) === key) ??
    null
  );
}

function chooseDescription(evidence: Evidence): Choice<string> | null {
  const options: [string | null, string][] = [
    [evidence.meta('og:description'), 'og:description'],
    [evidence.meta('description'), 'meta description'],
    [evidence.meta('twitter:description'), 'twitter:description'],
    [ldText(evidence.articles[0]?.object.description), 'json-ld description'],
    [evidence.meta('dc.description', 'dcterms.description', 'sailthru.description'), 'meta dc.description'],
  ];
  for (const [value, rule] of options) if (value && value.length >= 10) return { value: value.slice(0, 2000), rule };
  return null;
}

function chooseSubtitle(evidence: Evidence, title: string | null): Choice<string> | null {
  const property = evidence.page.properties.find(({ name }) => name === 'alternativeheadline');
  const stated: Choice<string>[] = [];
  const ld = ldText(evidence.article?.alternativeHeadline);
  if (property?.text) stated.push({ value: property.text, rule: 'itemprop alternativeHeadline' });
  if (ld) stated.push({ value: ld, rule: 'json-ld alternativeHeadline' });
  const key = titleKey(title ?? '');
  return stated.find(({ value }) => value.length <= 400 && titleKey(value) !== key) ?? null;
}

function chooseAccess(evidence: Evidence): Choice<boolean> | null {
  const isFree = (stated: Json | undefined): boolean | null => {
    const value = String(stated)
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\/schema\.org\//u, '');
    if (value === 'true' || value === 'yes') return true;
    return value === 'false' || value === 'no' ? false : null;
  };
  for (const { object } of evidence.articles.slice(0, 3)) {
    const value = isFree(object.isAccessibleForFree);
    if (value !== null) return { value, rule: 'json-ld isAccessibleForFree' };
  }
  const property = isFree(evidence.meta('isaccessibleforfree') ?? undefined);
  if (property !== null) return { value: property, rule: 'itemprop isAccessibleForFree' };
  const walled = isFree(evidence.meta('cxenseparse:paywall', 'paywall', 'article:paywall') ?? undefined);
  if (walled !== null) return { value: !walled, rule: 'meta paywall' };
  const tier = evidence.meta('article:content_tier')?.toLowerCase();
  if (tier === 'free') return { value: true, rule: 'article:content_tier' };
  if (tier === 'locked' || tier === 'metered') return { value: false, rule: 'article:content_tier' };
  return null;
}

/** The addresses that a page states for its image, the most trusted first. */
function statedImages(evidence: Evidence): Choice<string>[] {
  const image = evidence.articles[0]?.object.image;
  const options: [string | null, string][] = [
    [evidence.meta('og:image', 'og:image:url', 'og:image:secure_url'), 'og:image'],
    [evidence.meta('twitter:image', 'twitter:image:src'), 'twitter:image'],
    [imageUrl(image, evidence), 'json-ld image'],
    [evidence.meta('image', 'thumbnail', 'thumbnailurl'), 'itemprop image'],
    [evidence.page.imageSource, 'link image_src'],
  ];
  return options.flatMap(([value, rule]) => (value ? [{ value, rule }] : []));
}

function imageUrl(value: Json | undefined, { ld }: Evidence): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first === 'string') return first;
  if (typeof first !== 'object' || first === null || Array.isArray(first)) return null;
  const url = first.url ?? first.contentUrl ?? ld.resolve(first)?.url ?? first['@id'];
  return typeof url === 'string' ? url : null;
}
