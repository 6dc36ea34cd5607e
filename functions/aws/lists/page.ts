export type { DayRange, Page, PageOptions } from '../../query/ports.ts';

/** Items of a page unless a caller says how many. */
export const PAGE = 100;
