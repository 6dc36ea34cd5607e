import { SHIPPED_RULES } from './shipped-rules.ts';
import type { NamedRule, SiteRule } from './site-rule.ts';

/**
 * Which rule a page is read by, if any.
 *
 * @param site registrable domain of the page; null where its address is not known
 * @param asOf the instant its copy was taken
 */
export type RuleChoice = (site: string | null, asOf: Date) => NamedRule | null;

const BY_SITE = new Map<string, NamedRule[]>();
for (const [name, rule] of Object.entries<SiteRule>(SHIPPED_RULES)) {
  BY_SITE.set(rule.site, [...(BY_SITE.get(rule.site) ?? []), { name, rule }]);
}

/** The shipped rule of the site that was valid when the copy was taken. */
export const shippedRule: RuleChoice = (site, asOf) => {
  const rules = site === null ? undefined : BY_SITE.get(site);
  return rules?.find(({ rule }) => isValid(rule, asOf)) ?? null;
};

/** A given rule before the shipped ones; a page whose address is not known counts as one of its site. */
export const givenRule =
  (given: NamedRule): RuleChoice =>
  (site, asOf) =>
    (site === null || site === given.rule.site) && isValid(given.rule, asOf) ? given : shippedRule(site, asOf);

function isValid({ validFrom, validUntil }: SiteRule, asOf: Date): boolean {
  const day = asOf.toISOString().slice(0, 10);
  return validFrom <= day && (validUntil === null || day <= validUntil);
}
