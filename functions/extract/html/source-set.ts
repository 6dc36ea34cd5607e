/** One picture of a `srcset`, and the width or density it is offered for. */
export interface SourceCandidate {
  url: string;
  /** `1200w` or `2x`; null where none is said. */
  descriptor: string | null;
}

const LONGEST = 20_000;

/** Reads a `srcset`. Commas also stand inside addresses, so only one before white space, or after a descriptor, parts. */
export function readSourceSet(value: string): SourceCandidate[] {
  const candidates: SourceCandidate[] = [];
  for (const part of value.slice(0, LONGEST).split(/,\s+|(?<=\s\d{1,5}[wx]),/)) {
    const [url, descriptor] = part.trim().split(/\s+/);
    if (url) candidates.push({ url, descriptor: descriptor ?? null });
  }
  return candidates;
}
