import type { BlockKind } from '../../../article/record.ts';

/** Copy as its form gives it: what is left to be read as lines, and what the form states outright. */
export interface Copy {
  text: string;
  /** Name of the form, for the trace. */
  form: 'plain' | 'wet' | 'e-mail' | 'markdown' | 'asciidoc' | 'restructured-text' | 'latex' | 'stated-fields';
  /** Source lines taken off the top, so that line numbers stay those of the source. */
  skipped: number;
  /** What the form's marks make of a line, by its number in the source. */
  kinds: ReadonlyMap<number, BlockKind>;
  title: string | null;
  byline: string | null;
  date: string | null;
  url: string | null;
  tags: string[] | null;
  siteName: string | null;
}

/** Forms that mark where a paragraph ends: their lines are joined already. */
export const MARKED_FORMS: ReadonlySet<Copy['form']> = new Set(['markdown', 'asciidoc', 'restructured-text', 'latex']);

export function plainCopy(text: string): Copy {
  return {
    text,
    form: 'plain',
    skipped: 0,
    kinds: new Map(),
    title: null,
    byline: null,
    date: null,
    url: null,
    tags: null,
    siteName: null,
  };
}

/** Characters of a line beyond which its marks are left alone: no paragraph is longer, and the search stays linear. */
export const LONGEST_MARKED = 20_000;
