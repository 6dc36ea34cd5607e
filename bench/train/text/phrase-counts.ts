/** What wordings tell, counted by site: a site counts once for each side, however many pages of it there are. */

/** Sites a wording must be seen on, and what is added to both counts so that rare ones weigh little. */
const MIN_SITES = 6;
const PRIOR = 1.5;
/** Wordings that lean neither way are left out of the model. */
const MIN_WEIGHT = 0.75;

const YES = 1;
const NO = 2;

/** Phrase → site → pages of it with the phrase on a line labelled 1, and on one labelled 0. */
export class PhraseCounts {
  readonly #sites = new Map<number, Map<string, [number, number]>>();

  /**
   * Counts a page.
   *
   * @param phrases hashes of the wordings of each line
   * @param labels 1, 0 or −1 (unknown) of each line
   */
  add(site: string, phrases: readonly Int32Array[], labels: ArrayLike<number>): void {
    const seen = new Map<number, number>();
    for (const [i, own] of phrases.entries()) {
      const label = labels[i];
      if (label === undefined || label < 0) continue;
      for (const phrase of own) seen.set(phrase, (seen.get(phrase) ?? 0) | (label === 1 ? YES : NO));
    }
    for (const [phrase, sides] of seen) {
      const sites = this.#sites.get(phrase) ?? new Map<string, [number, number]>();
      this.#sites.set(phrase, sites);
      const counts = sites.get(site) ?? [0, 0];
      if (sides & YES) counts[0]++;
      if (sides & NO) counts[1]++;
      sites.set(site, counts);
    }
  }

  /** The weights by all sites, and a function that gives those by all sites but one. */
  weights(): { full: Map<number, number>; without: (phrase: number, site: string) => number } {
    const full = new Map<number, number>();
    const sums = new Map<number, [number, number]>();
    for (const [phrase, sites] of this.#sites) {
      if (sites.size < MIN_SITES) continue;
      const sum: [number, number] = [0, 0];
      for (const [yes, no] of sites.values()) {
        sum[0] += yes / (yes + no);
        sum[1] += no / (yes + no);
      }
      sums.set(phrase, sum);
      const weight = weigh(sum[0], sum[1]);
      if (Math.abs(weight) >= MIN_WEIGHT) full.set(phrase, weight);
    }
    const without = (phrase: number, site: string) => {
      const sum = sums.get(phrase);
      if (sum === undefined) return 0;
      const sites = this.#sites.get(phrase);
      const own = sites?.get(site);
      if (sites === undefined || own === undefined) return weigh(sum[0], sum[1]);
      if (sites.size - 1 < MIN_SITES) return 0;
      const total = own[0] + own[1];
      return weigh(sum[0] - own[0] / total, sum[1] - own[1] / total);
    };
    return { full, without };
  }
}

/** In quarters: as fine as the model stores them. */
function weigh(yes: number, no: number): number {
  return Math.round(4 * Math.log((yes + PRIOR) / (no + PRIOR))) / 4;
}

/** What the wordings of a line add up to, those that lean neither way left out. */
export function weighPhrases(phrases: Int32Array, weightOf: (phrase: number) => number): number {
  let sum = 0;
  for (const phrase of phrases) {
    const weight = weightOf(phrase);
    if (Math.abs(weight) >= MIN_WEIGHT) sum += weight;
  }
  return sum;
}
