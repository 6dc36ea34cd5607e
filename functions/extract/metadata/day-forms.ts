/** The forms in which a day is printed; each reader answers null where its form does not stand at the place. */
import { DAY_MS } from '../../article/durations.ts';
import { monthAt, pastFillers } from './months.ts';
import { fromPersian, persianMonth } from './persian-calendar.ts';
import { type Time, timeAt } from './times-of-day.ts';
import { FIRST_YEAR, type TokenRun } from './token-run.ts';

export interface Day {
  year: number;
  month: number;
  day: number;
  /** Index of the first token after it. */
  next: number;
  /** Index of its first token, where that stands before the number. */
  from?: number;
  /** A time that stands inside the date, as in `Fri May 3 10:15:00 CEST 2024`. */
  time?: Time;
}

const THAI = /^\p{sc=Thai}/u;

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function valid(year: number, month: number, day: number): boolean {
  return year >= FIRST_YEAR && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

export function isoDay(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The date that begins with a token, by the first form that fits. */
export function dayAt(run: TokenRun, i: number): Day | null {
  const kind = run.tokens[i]?.kind;
  if (kind === 'word') return monthFirst(run, i);
  if (kind !== 'number') return null;
  return (
    yearFirst(run, i) ??
    eastAsian(run, i) ??
    persian(run, i) ??
    dayFirst(run, i) ??
    yearThenMonth(run, i) ??
    numeric(run, i)
  );
}

/** 2024-05-03, 2024/5/3, 2024. 5. 3., 20240503. */
function yearFirst(run: TokenRun, i: number): Day | null {
  const first = run.tokens[i];
  if (first?.kind !== 'number') return null;
  if (first.text.length === 8) {
    const [year, month, day] = [first.text.slice(0, 4), first.text.slice(4, 6), first.text.slice(6)].map(Number);
    if (year === undefined || month === undefined || day === undefined) return null;
    return year >= 1990 && valid(year, month, day) ? { year, month, day, next: i + 1 } : null;
  }
  const year = run.year(i);
  const mark = run.tokens[i + 1]?.text ?? '';
  if (year === null || !'-/.‐‑–'.includes(mark) || !run.sign(i + 3, mark)) return null;
  const month = run.number(i + 2, 1, 12);
  const day = run.number(i + 4, 1, 31);
  return month !== null && day !== null && valid(year, month, day) ? { year, month, day, next: i + 5 } : null;
}

/** 2024年5月3日, 2024년 5월 3일, 令和6年5月3日, 民國113年5月3日. */
function eastAsian(run: TokenRun, i: number): Day | null {
  const first = run.tokens[i];
  if (first?.kind !== 'number') return null;
  const unit = (at: number, ...marks: string[]) =>
    run.tokens[at]?.kind === 'word' && marks.includes(run.tokens[at]?.text ?? '');
  if (!unit(i + 1, '年', '년')) return null;
  let year = run.year(i);
  const from = year === null ? i - 2 : i;
  if (year === null && first.text.length <= 3) {
    const era = `${run.tokens[i - 2]?.text ?? ''}${run.tokens[i - 1]?.text ?? ''}`;
    if (era === '令和') year = 2018 + first.value;
    else if (era === '平成') year = 1988 + first.value;
    else if (era === '民國' || era === '民国') year = 1911 + first.value;
  }
  const at = pastEra(run, i + 2);
  const month = run.number(at, 1, 12);
  const day = run.number(at + 2, 1, 31);
  if (year === null || month === null || day === null || !unit(at + 1, '月', '월')) return null;
  const closes = unit(at + 3, '日', '號', '号') || (run.tokens[at + 3]?.text ?? '').startsWith('일');
  return closes && valid(year, month, day) ? { year, month, day, from, next: at + 4 } : null;
}

/** Skips the year of the era behind that of ours: 2023年（令和5年）3月9日. */
function pastEra(run: TokenRun, i: number): number {
  if (!run.sign(i, '（', '(')) return i;
  for (let at = i + 2; at <= i + 6; at++) if (run.sign(at, '）', ')')) return at + 1;
  return i;
}

/** ۱۲ اردیبهشت ۱۴۰۳, and ۱۴۰۳/۲/۱۲ where the page is in Persian. */
function persian(run: TokenRun, i: number): Day | null {
  const first = run.tokens[i];
  if (first?.kind !== 'number') return null;
  const named = run.tokens[i + 1];
  const month = named?.kind === 'word' ? persianMonth(named.text) : null;
  const numeric = month === null && first.text.length === 4 && /^fa\b/u.test(run.language);
  if (numeric && !(run.sign(i + 1, '/', '-') && run.sign(i + 3, run.tokens[i + 1]?.text ?? ''))) return null;
  const [year, ofYear, day, next] = numeric
    ? [first.value, run.number(i + 2, 1, 12), run.number(i + 4, 1, 31), i + 5]
    : [run.tokens[i + 2]?.value, month, run.number(i, 1, 31), i + 3];
  if (year === undefined || ofYear === null || day === null) return null;
  const date = fromPersian(year, ofYear, day);
  return date ? { ...date, next } : null;
}

/** 3 May 2024, 3. Mai 2024, 3 de mayo de 2024, 03-May-24. */
function dayFirst(run: TokenRun, i: number): Day | null {
  const day = run.number(i, 1, 31);
  if (day === null) return null;
  const slash = run.sign(i + 1, '/') ? i + 2 : i + 1;
  const named = monthAt(run, slash) ?? monthAt(run, pastFillers(run, i + 1));
  if (!named) return null;
  const at = run.sign(named.next, '/') ? named.next + 1 : pastFillers(run, named.next);
  const isThai = THAI.test(run.tokens[named.next - 1]?.text ?? '');
  const isShort = isThai || run.sign(at - 1, '-', '’', "'") || at === named.next;
  const year = run.year(at) ?? (isShort ? run.shortYear(at, isThai) : null);
  return year !== null && valid(year, named.month, day) ? { year, month: named.month, day, next: at + 1 } : null;
}

/** May 3, 2024; May 3rd 2024; Fri May 03 10:15:00 CEST 2024. */
function monthFirst(run: TokenRun, i: number): Day | null {
  const named = monthAt(run, i);
  if (!named) return null;
  const dayAt = pastFillers(run, named.next);
  const day = run.number(dayAt, 1, 31);
  if (day === null) return null;
  const at = pastFillers(run, dayAt + 1);
  const year = run.year(at);
  if (year !== null) return valid(year, named.month, day) ? { year, month: named.month, day, next: at + 1 } : null;
  const time = timeAt(run, at) ?? timeAt(run, dayAt + 1);
  const late = time ? run.year(time.next) : null;
  if (!time || late === null || !valid(late, named.month, day)) return null;
  return { year: late, month: named.month, day, next: time.next + 1, time };
}

/** 2024. május 3., 2024 m. gegužės 3 d., 2024ko maiatzaren 3a, 2024, May 3. */
function yearThenMonth(run: TokenRun, i: number): Day | null {
  const year = run.year(i);
  if (year === null) return null;
  const at = pastFillers(run, i + 1);
  const named = monthAt(run, at);
  if (named) {
    const dayAt = pastFillers(run, named.next);
    const day = run.number(dayAt, 1, 31);
    return day !== null && valid(year, named.month, day) ? { year, month: named.month, day, next: dayAt + 1 } : null;
  }
  // Latvian: 2024. gada 3. maijs
  const day = run.number(at, 1, 31);
  const late = day === null ? null : monthAt(run, pastFillers(run, at + 1));
  return day !== null && late && valid(year, late.month, day)
    ? { year, month: late.month, day, next: late.next }
    : null;
}

/** 03.05.2024, 3/5/2024, 03-05-2024, 3.5.24: which is the day is settled by evidence or the date is left out. */
function numeric(run: TokenRun, i: number): Day | null {
  const first = run.number(i, 1, 31);
  const mark = run.tokens[i + 1]?.text ?? '';
  const second = run.number(i + 2, 1, 31);
  if (first === null || second === null || !'/.-‐‑–|'.includes(mark) || !run.sign(i + 1, mark)) return null;
  if (!run.sign(i + 3, mark)) return null;
  // A longer chain of numbers is a version, an address or a phone number.
  if (run.sign(i - 1, '.', '-', '/') && run.tokens[i - 2]?.kind === 'number' && run.adjacent(i)) return null;
  const year = run.year(i + 4) ?? (mark === '-' ? null : run.shortYear(i + 4));
  if (year === null) return null;
  const dayMonth = valid(year, second, first);
  const monthDay = valid(year, first, second);
  const order = isDayFirst(run, year, first, second, dayMonth, monthDay, mark);
  if (order === null) return null;
  return order ? { year, month: second, day: first, next: i + 5 } : { year, month: first, day: second, next: i + 5 };
}

/** An hour in a zone of the United States, whose dates begin with the month. */
const US_ZONE = /\d\s?[ap]\.?m\.?\s?\(?(?:[ECMP][SD]?T|AK[SD]T|HST)\b/iu;

/** What .NET writes for the United States where a page is told nothing else: 5/3/2024 10:15:00 PM. */
const US_STAMP = /^\s?\d{1,2}\/\d{1,2}\/\d{4} \d{1,2}:\d\d:\d\d [AP]M\s?$/u;

/** Whether the day comes first; null where nothing tells. */
function isDayFirst(
  run: TokenRun,
  year: number,
  first: number,
  second: number,
  dayMonth: boolean,
  monthDay: boolean,
  mark: string,
): boolean | null {
  if (dayMonth !== monthDay) return dayMonth;
  if (!dayMonth) return null;
  if (first === second) return true;
  const known = run.hints.knownDay;
  if (known === isoDay(year, second, first)) return true;
  if (known === isoDay(year, first, second)) return false;
  const limit = run.hints.asOf.getTime() + DAY_MS;
  const late = [Date.UTC(year, second - 1, first) > limit, Date.UTC(year, first - 1, second) > limit];
  if (late[0] !== late[1]) return !late[0];
  if (mark === '.' || mark === '|') return true;
  const [language, ...subtags] = run.language.split('-');
  if (language === 'en' || language === '' || language === undefined) {
    if (subtags.includes('us') || subtags.includes('ph')) return false;
    if (subtags.some((subtag) => /^(gb|uk|au|nz|ie|in|za|ng|ke|pk|sg|my|hk|mt|jm|gh|bd|lk)$/.test(subtag))) return true;
    if (US_ZONE.test(run.text)) return false;
    return run.hints.dayFirst ?? (US_STAMP.test(run.text) ? false : null);
  }
  return true;
}
