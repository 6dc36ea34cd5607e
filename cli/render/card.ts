import type { ArticleCard } from '../../functions/article/card.ts';
import type { Io, Out } from '../io.ts';
import { renderTable } from './table.ts';

/** A list of articles. */
export function renderCards(cards: readonly ArticleCard[], out: Out, env: Io['env']): string {
  return renderTable(
    [
      { heading: 'id' },
      { heading: 'published' },
      { heading: 'site' },
      { heading: 'title', flexible: true },
      { heading: 'section', flexible: true },
      { heading: 'words' },
    ],
    cards.map((card) => [
      card.id,
      card.publishedAt?.slice(0, 10) ?? '',
      card.site ?? '',
      card.title ?? '',
      card.sectionLabel ?? '',
      String(card.wordCount),
    ]),
    out,
    env,
  );
}
