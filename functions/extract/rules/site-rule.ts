/** What a person knows about the markup of one site, for a time. */
import { z } from 'zod';
import { parseMarkup } from '../markup/parse.ts';
import { selectNodes } from '../markup/selector-adapter.ts';
import type { MarkupTree } from '../markup/tree.ts';

/** Parts of a page that a rule may name, in the order in which they are told. */
export const RULE_PARTS = ['title', 'authors', 'published', 'body', 'drop'] as const;
export type RulePart = (typeof RULE_PARTS)[number];

const EMPTY_PAGE = parseMarkup('') as MarkupTree;

const selector = z
  .string()
  .max(500)
  .superRefine((value, context) => {
    try {
      selectNodes(EMPTY_PAGE, value);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: 'custom', message: `"${value}" is not a CSS selector: ${cause}` });
    }
  })
  .optional();

export const SiteRuleSchema = z
  .strictObject({
    site: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'it must be a registrable domain in small letters, such as example.org')
      .describe('registrable domain, as in the field `site` of a record'),
    validFrom: z.iso.date().describe('first day, UTC, on which the copy must have been taken'),
    validUntil: z.iso.date().nullable().describe('last such day; null while the site is as it is'),
    title: selector.describe('its first element with text is the title'),
    authors: selector.describe('each of its elements names one or more authors'),
    published: selector.describe('its first element with a date bears the day of publication'),
    body: selector.describe('the block elements that hold the article'),
    drop: selector.describe('elements that are no part of the text, wherever they stand'),
  })
  .refine((rule) => RULE_PARTS.some((part) => rule[part] !== undefined), {
    message: `it must have at least one of ${RULE_PARTS.join(', ')}`,
  })
  .refine(({ validFrom, validUntil }) => validUntil === null || validFrom <= validUntil, {
    path: ['validUntil'],
    message: 'it must not lie before validFrom',
  });

export type SiteRule = z.infer<typeof SiteRuleSchema>;

/** A rule with the name that provenance gives. */
export interface NamedRule {
  name: string;
  rule: SiteRule;
}
