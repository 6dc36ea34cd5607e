export const FOLDS = 5;

/** The same site is always in the same fold, whatever the corpus. */
export function foldOf(site: string): number {
  let hash = 2166136261;
  for (let i = 0; i < site.length; i++) hash = Math.imul(hash ^ site.charCodeAt(i), 16777619) >>> 0;
  return hash % FOLDS;
}
