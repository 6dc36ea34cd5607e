import { createReadStream } from 'node:fs';
import path from 'node:path';
import { extract } from '../../functions/extract/extract.ts';
import type { NamedRule } from '../../functions/extract/rules/site-rule.ts';
import { SiteRuleSchema } from '../../functions/extract/rules/site-rule.ts';
import { type RuleTrial, tryRule } from '../../functions/extract/rules/try-rule.ts';
import { WorkError } from '../errors.ts';
import { type ExtractOptions, readBounded, STDIN } from './extract.ts';
import { reasonOf } from './files.ts';
import { readJsonFile } from './json-file.ts';
import { mediaTypeOf } from './media-type.ts';

/**
 * Reads a site rule from a JSON file; its name is the file's, without `.json`.
 *
 * @throws UsageError that says what is wrong with the file, key by key
 */
export async function readRule(file: string, cwd: string): Promise<NamedRule> {
  const form = { schema: SiteRuleSchema, what: 'rule', kind: 'site rule', document: 'docs/rules.md' };
  return { name: path.basename(file, '.json'), rule: await readJsonFile(file, cwd, form) };
}

/** A field as the rule alone gives it, and as the engine does without any rule; null for nothing. */
export interface FieldTrial {
  field: string;
  rule: string | null;
  engine: string | null;
}

export interface RuleTrialReport {
  name: string;
  rule: NamedRule;
  /** Registrable domain of the page; null where its address is not known. */
  site: string | null;
  selectors: RuleTrial['selectors'];
  fields: FieldTrial[];
  /** Whether it found the body; or, where it names none, anything at all. */
  found: boolean;
}

const FIRST_WORDS = 120;

/**
 * Tries a rule on one page, beside what the engine finds by itself.
 *
 * @throws WorkError where the file cannot be read or is no page of HTML
 */
export async function tryRuleOn(name: string, rule: NamedRule, options: ExtractOptions): Promise<RuleTrialReport> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(name === STDIN ? options.stdin : createReadStream(path.resolve(options.cwd, name)));
  } catch (error) {
    throw new WorkError('UNREADABLE', `${name}: ${reasonOf(error)}`);
  }
  const contentType = options.contentType ?? (name === STDIN ? null : mediaTypeOf(name));
  const hints = { url: options.url ?? null, contentType, asOf: options.now };
  const trial = tryRule(bytes, hints, rule);
  if (trial === null) {
    throw new WorkError('NOT_HTML', `${name}: it is not a page of HTML that can be read, and rules are for those.`);
  }
  const outcome = extract(bytes, { ...hints, ruleOf: () => null });
  const engine = outcome.kind === 'article' ? outcome.article : null;
  const namesOf = (authors: readonly { name: string }[] | null | undefined): string | null =>
    authors && authors.length > 0 ? authors.map((author) => author.name).join(', ') : null;
  const bodyOf = (text: string, blocks: number): string => `${blocks} blocks: ${text.slice(0, FIRST_WORDS)}`;
  return {
    name,
    rule,
    site: trial.site,
    selectors: trial.selectors,
    fields: [
      { field: 'title', rule: trial.title, engine: engine?.title ?? null },
      { field: 'authors', rule: namesOf(trial.authors), engine: namesOf(engine?.authors) },
      { field: 'publishedAt', rule: trial.publishedAt, engine: engine?.publishedAt ?? null },
      {
        field: 'text',
        rule: trial.body && bodyOf(trial.body.text, trial.body.blocks.length),
        engine: engine ? bodyOf(engine.text, engine.blocks.length) : outcome.kind === 'rejected' ? outcome.code : null,
      },
    ],
    found: rule.rule.body === undefined ? trial.selectors.some(({ count }) => count > 0) : trial.body !== null,
  };
}
