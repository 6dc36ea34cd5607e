/** Names of months, and the little words that stand beside them in a date. */
import { foldWord } from './date-tokens.ts';
import { MONTH_NAMES } from './month-names.ts';
import type { TokenRun } from './token-run.ts';

/** Folded month name → months it stands for, each with the languages that say so. */
const MONTHS: ReadonlyMap<string, ReadonlyMap<number, readonly string[]>> = (() => {
  const names = new Map<string, Map<number, string[]>>();
  for (const [key, line] of Object.entries(MONTH_NAMES)) {
    const language = /^[a-z]+/.exec(key)?.[0] ?? key;
    for (const [index, forms] of line.split(' / ').entries()) {
      for (const form of forms.split('|')) {
        const name = foldWord(form);
        const months = names.get(name) ?? new Map<number, string[]>();
        months.set(index + 1, [...(months.get(index + 1) ?? []), language]);
        names.set(name, months);
      }
    }
  }
  return names;
})();

/** First words of the months that take two. */
const OPENS_MONTH = new Set([...MONTHS.keys()].filter((name) => name.includes(' ')).map((name) => name.split(' ')[0]));

const MONGOLIAN_ORDINALS = ['дүгээр', 'дугаар'].map(foldWord);
const VIETNAMESE_MONTHS = ['mot', 'hai', 'ba', 'tu', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'];

/** Words that stand between the parts of a date and mean nothing by themselves. */
const FILLERS = new Set(
  'of the de del di η d da den der le el il o a e ta st nd rd th er re eme ere te em º ª го г год года гг р рік року m gada gads ngay nam tahun tanggal thang жылы жылғы ж ko an en ค ศ พ ik и του της ნ წ թ तारीख सन سنة عام من في yil yili roku r godine ár оны он ga ឆ្នាំ ປີ ခုနှစ် နှစ် ی'
    .split(' ')
    .map(foldWord),
);

/** Skips dots, commas, ordinals and little words between the parts of a date. */
export function pastFillers(run: TokenRun, i: number): number {
  let at = i;
  for (let steps = 0; steps < 6; steps++) {
    const token = run.tokens[at];
    if (!token) return at;
    if (token.kind === 'sign' && /[.,()،،'’º°ª·\u05f3٫-]/u.test(token.text)) at++;
    else if (token.kind === 'word' && FILLERS.has(token.text) && !startsMonth(run, at)) at++;
    else return at;
  }
  return at;
}

function startsMonth(run: TokenRun, i: number): boolean {
  return monthAt(run, i) !== null;
}

export function monthAt(run: TokenRun, i: number): { month: number; next: number } | null {
  const token = run.tokens[i];
  if (token?.kind === 'number') return countedMonth(run, i);
  if (token?.kind !== 'word') return null;
  if (token.text === 'thang') {
    const counted = run.number(i + 1, 1, 12);
    if (counted !== null) return { month: counted, next: i + 2 };
    const unit = VIETNAMESE_MONTHS.indexOf(run.tokens[i + 1]?.text ?? '');
    if (unit < 0) return null;
    const second = unit === 9 ? VIETNAMESE_MONTHS.indexOf(run.tokens[i + 2]?.text ?? '') : -1;
    return second === 0 || second === 1 ? { month: 11 + second, next: i + 3 } : { month: unit + 1, next: i + 2 };
  }
  const following = run.tokens[i + 1];
  if (following?.kind === 'word' && OPENS_MONTH.has(token.text)) {
    const pair = monthNamed(run, `${token.text} ${following.text}`);
    if (pair !== null) return { month: pair, next: i + 2 };
  }
  // Thai short names are two dotted letters: พ.ค.
  const third = run.tokens[i + 2];
  if (run.sign(i + 1, '.') && third?.kind === 'word' && token.text.length <= 2) {
    const dotted = monthNamed(run, token.text + third.text);
    if (dotted !== null) return { month: dotted, next: i + 3 };
  }
  const prefixed = token.text.startsWith('ב') || token.text.startsWith('d');
  const single = monthNamed(run, token.text) ?? (prefixed ? monthNamed(run, token.text.slice(1)) : null);
  if (single === null) return null;
  // Arabic pages print both names of a month: 3 مايو / أيار 2024.
  if (run.sign(i + 1, '/') && third?.kind === 'word') {
    const other = monthAt(run, i + 2);
    if (other?.month === single) return { month: single, next: other.next };
  }
  return { month: single, next: i + 1 };
}

/** Mongolian counts its months: 5-р сарын 6, 5 дугаар сарын 6. */
function countedMonth(run: TokenRun, i: number): { month: number; next: number } | null {
  const month = run.number(i, 1, 12);
  const ordinal = run.sign(i + 1, '-') && run.word(i + 2, 'р') ? 2 : run.word(i + 1, ...MONGOLIAN_ORDINALS) ? 1 : 0;
  const at = i + 1 + ordinal;
  return month !== null && run.word(at, 'сарын', 'сар') ? { month, next: at + 1 } : null;
}

function monthNamed(run: TokenRun, name: string): number | null {
  const months = MONTHS.get(name);
  if (!months) return null;
  const language = run.language.split('-')[0];
  let only: number | null = null;
  for (const [month, languages] of months) {
    if (languages.includes(language ?? '')) return month;
    if (months.size === 1) only = month;
  }
  return only;
}
