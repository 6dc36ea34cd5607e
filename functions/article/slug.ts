/** Longest slug in characters: index keys hold it beside a prefix, far below the 1,024 bytes of a sort key. */
const MAX_SLUG = 120;

/** Text in which case makes no difference. A Turkish capital İ becomes the i that it is, without a dot of its own. */
export function foldCase(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/i\u0307+/gu, 'i');
}

/**
 * The form of a label that indexes use: lower case, words joined by hyphens, letters of every script kept.
 *
 * @returns the slug, or '' where the label holds no letter and no digit
 */
export function slug(label: string): string {
  // Apostrophes vanish rather than part: "Côte d'Ivoire" and "cote d’ivoire" name one place.
  const composed = label.slice(0, 4 * MAX_SLUG).normalize('NFKC');
  const plain = foldCase(composed.replace(/['’ʼ`]/gu, ''));
  const words = plain.match(/[\p{L}\p{M}\p{N}+#]+/gu) ?? [];
  return [...words.join('-')].slice(0, MAX_SLUG).join('').replace(/-$/u, '');
}
