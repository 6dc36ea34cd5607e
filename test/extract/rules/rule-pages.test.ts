import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { extract } from '../../../functions/extract/extract.ts';
import { shippedRule } from '../../../functions/extract/rules/choose-rule.ts';
import { SHIPPED_RULES } from '../../../functions/extract/rules/shipped-rules.ts';
import { SiteRuleSchema } from '../../../functions/extract/rules/site-rule.ts';
import { tryRule } from '../../../functions/extract/rules/try-rule.ts';

const root = join(import.meta.dirname, '../../pages');
const PAGES = readdirSync(root)
  .filter((name) => name.startsWith('rule-'))
  .map((name) => {
    const { hints, rule, paragraphs } = JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8')) as {
      hints: { url: string; asOf?: string };
      rule: { name: keyof typeof SHIPPED_RULES; paragraphs: string[] | null };
      paragraphs: string[];
    };
    return {
      name,
      bytes: readFileSync(join(root, name, 'source.html')),
      hints: { url: hints.url, asOf: new Date(hints.asOf ?? '2026-06-01T00:00:00Z') },
      rule,
      paragraphs,
    };
  });

describe('the shipped rules', () => {
  it.each(Object.entries(SHIPPED_RULES))('%s holds to the schema and has a page', (name, rule) => {
    expect(SiteRuleSchema.parse(rule)).toEqual(rule);
    expect(PAGES.some((page) => page.rule.name === name)).toBe(true);
  });

  it.each(PAGES)('$name: the rule is chosen by site and day', ({ rule, hints }) => {
    expect(shippedRule(SHIPPED_RULES[rule.name].site, hints.asOf)).toEqual({
      name: rule.name,
      rule: SHIPPED_RULES[rule.name],
    });
  });

  it.each(PAGES)('$name: the rule alone finds what it names, and leaves the rest', ({ bytes, hints, rule }) => {
    const { name, ...expected } = rule;
    const trial = tryRule(bytes, hints, { name, rule: SHIPPED_RULES[name] });
    if (trial === null) throw new Error('the page is not read');
    const { title, authors, publishedAt, body } = trial;
    expect({ title, authors, publishedAt, paragraphs: body?.text.split('\n\n') ?? null }).toEqual(expected);
    // A selector that matches nothing on its own page would be held by nothing.
    expect(trial.selectors.filter(({ count }) => count === 0)).toEqual([]);
  });

  it.each(PAGES)('$name: the engine without the rule finds another text', ({ bytes, hints, paragraphs }) => {
    const outcome = extract(bytes, { ...hints, ruleOf: () => null });
    expect(outcome.kind === 'article' ? outcome.article.text.split('\n\n') : outcome.code).not.toEqual(paragraphs);
  });

  it('do not hold outside of their days', () => {
    expect(shippedRule('fellwatch.example', new Date('2014-12-31T23:59:59Z'))).toBeNull();
    expect(shippedRule('fellwatch.example', new Date('2025-09-30T23:59:59Z'))?.name).toBe('fellwatch-tables');
    expect(shippedRule('fellwatch.example', new Date('2025-10-01T00:00:00Z'))?.name).toBe('fellwatch-sections');
    expect(shippedRule('example.org', new Date('2026-01-01T00:00:00Z'))).toBeNull();
  });
});

describe('a site rule', () => {
  const asOf = new Date('2026-06-01T00:00:00Z');
  const rule = { site: 'tideline.example', validFrom: '2026-01-01', validUntil: null, body: '.gone', title: 'h1' };
  const page = Buffer.from(
    `<html lang="en"><title>Tides</title><h1>Tides of the week</h1>${'<p>The tide rose over the bar before noon and fell back by the evening, as the tables of the harbour had said it would.</p><p>Nobody was on the sands, for the wardens had closed the path along the dunes the night before, and it stays closed.</p>'}</html>`,
  );

  it('that finds no body leaves it to the engine, with a warning', () => {
    const outcome = extract(page, { asOf, ruleOf: () => ({ name: 'old', rule }) });
    if (outcome.kind === 'rejected') throw new Error(outcome.detail);
    const { provenance, quality, text } = outcome.article;
    expect(text).toContain('The tide rose');
    expect(quality.warnings).toContainEqual({ code: 'RULE_MISSED', message: expect.stringContaining('rule old') });
    expect(provenance.title).toBe('rule old');
  });

  it.each([
    ['a selector that is none', { body: 'div >>' }, /"div >>" is not a CSS selector/],
    [
      'a pseudo-class that nobody knows',
      { drop: 'p:nth-parent(2)' },
      /"p:nth-parent\(2\)" is not a CSS selector: .*nth-parent/,
    ],
    ['a misspelt key', { bodies: 'div' }, /bodies/],
    ['a site that is an address', { site: 'https://example.org/' }, /registrable domain/],
    ['a day that is none', { validFrom: '2026-02-30' }, /date/i],
    ['an end before its start', { validUntil: '2025-12-31' }, /must not lie before validFrom/],
    ['nothing to find', { body: undefined, title: undefined }, /at least one of/],
  ])('with %s is refused', (_, change, message) => {
    const parsed = SiteRuleSchema.safeParse({ ...rule, ...change });
    expect(parsed.error && z.prettifyError(parsed.error)).toMatch(message);
  });
});
