import type { ArticleCard } from '../../functions/article/card.ts';
import type { Io, Out } from '../io.ts';
import { type Column, renderTable } from './table.ts';

/** Columns of a terminal in which titles have room beside the rest. */
const WIDE = 110;

/** A list of articles; in a narrow terminal the titles stand below. */
export function renderCards(cards: readonly ArticleCard[], out: Out, env: Io['env']): string {
  const isNarrow = out.columns !== undefined && out.columns > 0 && out.columns < WIDE;
  const columns: [Column, (card: ArticleCard) => string][] = [
    [{ heading: 'id' }, ({ id }) => id],
    [{ heading: 'published' }, ({ publishedAt }) => publishedAt?.slice(0, 10) ?? ''],
    [{ heading: 'site', flexible: isNarrow }, ({ site }) => site ?? ''],
    [{ heading: 'title', flexible: true }, ({ title }) => title ?? ''],
    [{ heading: 'section', flexible: true, least: 7 }, ({ sectionLabel }) => sectionLabel ?? ''],
    [{ heading: 'words' }, ({ wordCount }) => String(wordCount)],
  ];
  const shown = columns.filter(([{ heading }]) => !(isNarrow && heading === 'title'));
  return renderTable(
    shown.map(([column]) => column),
    cards.map((card) => shown.map(([, textOf]) => textOf(card))),
    out,
    env,
    undefined,
    isNarrow ? cards.map(({ title }) => title ?? '') : [],
  );
}
