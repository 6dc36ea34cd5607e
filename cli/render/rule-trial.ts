import type { RuleTrialReport } from '../api/rule.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { renderTable } from './table.ts';

/** What each selector of a rule matched, and the fields it gives beside the engine's own. */
export function renderRuleTrial({ name, rule, selectors, fields }: RuleTrialReport, out: Out, env: Io['env']): string {
  const { site, validFrom, validUntil } = rule.rule;
  const days = `${validFrom} to ${validUntil ?? 'now'}`;
  const head = printableLine(`${name}: rule ${rule.name} of ${site}, ${days}`);
  const matched = renderTable(
    [{ heading: 'part' }, { heading: 'selector', flexible: true }, { heading: 'found' }, FIRST],
    selectors.map(({ part, selector, count, first, problem }) => [part, selector, String(count), problem ?? first]),
    out,
    env,
  );
  const given = renderTable(
    [{ heading: 'field' }, { heading: 'by the rule', flexible: true }, { heading: 'by the engine', flexible: true }],
    fields.map((field) => [field.field, field.rule ?? '–', field.engine ?? '–']),
    out,
    env,
  );
  return `${head}\n\n${matched}\n${given}`;
}

const FIRST = { heading: 'first words', flexible: true } as const;
