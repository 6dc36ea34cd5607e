import { ownStrings } from '../../article/own-strings.ts';

/** Language tags alone, without the detector, whose tables are a megabyte that not every function needs. */

const ENGLISH_NAMES: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  deutsch: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  russian: 'ru',
  japanese: 'ja',
  chinese: 'zh',
  arabic: 'ar',
};

/** Tags met before: the platform takes as long to fold one as the rest of a short page. */
const known = new Map<string, string | null>();
const MAX_KNOWN = 1000;

/** A language tag as pages write it (`en_US`, `DE-de`, `English`) in canonical BCP 47; null where it is none. */
export function canonicalTag(declared: string | null): string | null {
  if (!declared || declared.length > 100) return null;
  const before = known.get(declared);
  if (before !== undefined) return before;
  const tag = fold(declared);
  if (known.size < MAX_KNOWN) known.set(ownStrings(declared), tag);
  return tag;
}

function fold(declared: string): string | null {
  const first = declared.split(/[,;]/u)[0]?.trim() ?? '';
  const named = ENGLISH_NAMES[first.toLowerCase()];
  if (named !== undefined) return named;
  const tag = first.replaceAll('_', '-').replace(/\.[\w-]{1,20}$/u, '');
  if (!/^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,4}$/iu.test(tag) || /^(?:und|mul|zxx)\b/iu.test(tag)) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}
