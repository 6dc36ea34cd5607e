import { type Token, tokenize } from './date-tokens.ts';

export interface DateHints {
  /** The instant the copy was taken: dates more than 24 h after it are refused. */
  asOf: Date;
  /** BCP 47; settles 01/02/2026 and month names that two languages use for different months. */
  language?: string | null;
  /** Settles 01/02/2026 where the language does not: a day, YYYY-MM-DD, known from other evidence. */
  knownDay?: string | null;
  /** Settles 01/02/2026 where neither does, such as from the country of the host. */
  dayFirst?: boolean | null;
}

export const FIRST_YEAR = 1900;

/** The tokens of a short text, and what its readers ask of them by their place. */
export class TokenRun {
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly hints: DateHints;
  readonly language: string;
  readonly today: { year: number };

  constructor(text: string, hints: DateHints) {
    this.text = text;
    this.hints = hints;
    this.tokens = tokenize(text);
    this.language = (hints.language ?? '').toLowerCase();
    this.today = { year: hints.asOf.getUTCFullYear() };
  }

  number(i: number, low: number, high: number, digits = 2): number | null {
    const token = this.tokens[i];
    if (token?.kind !== 'number' || token.text.length > digits || token.value < low || token.value > high) return null;
    return token.value;
  }

  /** A year of four digits; Thai pages count from 543 BC. */
  year(i: number): number | null {
    const token = this.tokens[i];
    if (token?.kind !== 'number' || token.text.length !== 4) return null;
    if (token.value >= FIRST_YEAR && token.value <= 2200) return token.value;
    return token.value >= 2443 && token.value <= 2743 ? token.value - 543 : null;
  }

  sign(i: number, ...texts: string[]): boolean {
    const token = this.tokens[i];
    return token?.kind === 'sign' && texts.includes(token.text);
  }

  word(i: number, ...texts: string[]): boolean {
    const token = this.tokens[i];
    return token?.kind === 'word' && texts.includes(token.text);
  }

  adjacent(i: number): boolean {
    return this.tokens[i - 1]?.end === this.tokens[i]?.start;
  }

  /** A two-digit year is believed only beside a month's name or dots, and never ahead of the copy's own year; Thai ones count from 543 BC. */
  shortYear(i: number, isThai = false): number | null {
    const token = this.tokens[i];
    if (token?.kind !== 'number' || token.text.length !== 2) return null;
    const thai = 2500 - 543 + token.value;
    if (isThai && thai >= 2000 && thai <= this.today.year) return thai;
    const year = 2000 + token.value;
    return year <= this.today.year ? year : null;
  }
}
