import { renderJson } from '../../functions/article/render/json.ts';
import type { Extraction } from '../api/extract.ts';
import type { Io, Out } from '../io.ts';
import { printableLine } from './printable.ts';
import { styleFor } from './style.ts';

const COLOURS = { keep: 'green', drop: 'red', choose: 'cyan' } as const;
const SHOWN_VALUE = 80;

/** Why the engine found what it found, for a person: the outcome, the rule behind each field, every decision in order. */
export function renderExplanation(extraction: Extraction, out: Out, env: Io['env']): string {
  const style = styleFor(out, env);
  const lines = [style('bold', printableLine(extraction.name))];
  if (extraction.outcome === 'unreadable' || extraction.outcome === 'failed') {
    return `${lines[0]}\n  ${extraction.outcome}: ${printableLine(extraction.detail)}\n`;
  }
  if (extraction.outcome === 'rejected') {
    const { code, detail, form } = extraction;
    lines.push(
      `  rejected: ${code}, ${form.mediaType}, ${form.charset ?? 'not decoded'}`,
      `  ${printableLine(detail)}`,
    );
  } else {
    const { record } = extraction;
    const { raw, quality } = record;
    lines.push(
      `  article: ${raw.mediaType}, ${raw.charset}, ${record.wordCount} words, confidence ${quality.confidence}`,
    );
    for (const { code, message } of quality.warnings)
      lines.push(`  ${style('yellow', code)} ${printableLine(message)}`);
    const fields = Object.entries(record.provenance);
    if (fields.length > 0) lines.push('', style('bold', '  fields'));
    for (const [field, rule] of fields) {
      const value = printableLine(shownValue(record, field)).slice(0, SHOWN_VALUE);
      lines.push(`    ${pad(field, 16)} ${pad(printableLine(rule), 28)} ${value}`);
    }
  }

  let step = '';
  for (const decision of extraction.decisions) {
    if (decision.step !== step) lines.push('', style('bold', `  ${printableLine(decision.step)}`));
    step = decision.step;
    const verdict = style(COLOURS[decision.verdict], pad(decision.verdict, 6));
    const at = decision.at === undefined ? '' : `${style('dim', printableLine(decision.at))}  `;
    lines.push(`    ${verdict} ${pad(printableLine(decision.rule), 28)} ${at}${printableLine(decision.text)}`);
  }
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** The same for programs. */
export function explanationJson(extraction: Extraction, indent: number): string {
  if (extraction.outcome !== 'article') return renderJson(extraction, indent);
  const { name, outcome, record, decisions } = extraction;
  const { id, raw, quality, provenance } = record;
  return renderJson({ name, outcome, id, form: raw, quality, provenance, decisions }, indent);
}

const pad = (text: string, width: number) => text.padEnd(width);

function shownValue(record: object, field: string): string {
  const value = (record as Record<string, unknown>)[field];
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value.slice(0, 2 * SHOWN_VALUE) : renderJson(value);
}
