/** One page of a list, and where the next one starts. */
export interface Page<Item> {
  items: Item[];
  /** Pass it back for the next page; null on the last one. */
  cursor: string | null;
}

export interface PageOptions {
  /** Items of a page, 100 unless given. A page may hold fewer and still not be the last. */
  limit?: number;
  /** From the page before. */
  cursor?: string | null;
}

export const PAGE = 100;

/** Days of UTC, both included, `YYYY-MM-DD`. */
export interface DayRange {
  from: string;
  to: string;
}
