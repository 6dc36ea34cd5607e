import { mayHoldDigits } from './date-tokens.ts';

/** Whether a text may hold a whole date: a year of four digits, or three numbers parted by dots, slashes or hyphens. */
export function hasYear(text: string): boolean {
  return mayHoldDigits(text) && YEAR.test(text);
}

const YEAR =
  /(?:19|20|25)\d\d|\d[./-]\d{1,2}[./-]\d\d|[٠-٩۰-۹०-९০-৯੦-੯૦-૯୦-୯௦-௯౦-౯೦-೯൦-൯๐-๙໐-໙၀-၉០-៩]{4}|年|[ก-ฮ]\.\s?\d\d/u;
