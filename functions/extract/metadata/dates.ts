/**
 * Dates as pages print them, in some sixty languages, read by tokens and never by `Date.parse`, whose answers
 * depend on the engine and the machine's zone. What cannot be told for certain is left out.
 */
import { foldWord, mayHoldDigits, type Token, tokenize } from './date-tokens.ts';
import { MONTH_NAMES } from './month-names.ts';
import { fromPersian, persianMonth } from './persian-calendar.ts';
import { inUsSummer, US_STANDARD, ZONES } from './time-zones.ts';

export interface ParsedDate {
  /** Instant in UTC, `YYYY-MM-DDTHH:MM:SSZ`; with day precision midnight UTC of the day as printed. */
  iso: string;
  /** The date as it was written, white space collapsed. */
  raw: string;
  precision: 'day' | 'second';
  /** Whether the text names its zone; a time without one is read as UTC. */
  zoned: boolean;
  /** The day as printed, YYYY-MM-DD, in the text's own zone. */
  day: string;
}

export interface DateHints {
  /** The instant the copy was taken: dates more than 24 h after it are refused. */
  asOf: Date;
  /** BCP 47; settles 01/02/2026 and month names that two languages use for different months. */
  language?: string | null;
  /** Settles 01/02/2026 where the language does not: a day, YYYY-MM-DD, known from other evidence. */
  knownDay?: string | null;
  /** Settles 01/02/2026 where neither does, such as from the country of the host. */
  dayFirst?: boolean | null;
}

export interface FoundDate extends ParsedDate {
  /** Offsets into the text given, the time and zone included. */
  start: number;
  end: number;
}

/** Characters read: a line that states a date is short, and prose about dates is not wanted. */
const MAX_LENGTH = 300;
const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;

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

const THAI = /^\p{sc=Thai}/u;

const VIETNAMESE_MONTHS = ['mot', 'hai', 'ba', 'tu', 'nam', 'sau', 'bay', 'tam', 'chin', 'muoi'];

/** Words that stand between the parts of a date and mean nothing by themselves. */
const FILLERS = new Set(
  'of the de del di η d da den der le el il o a e ta st nd rd th er re eme ere te em º ª го г год года гг р рік року m gada gads ngay nam tahun tanggal thang жылы жылғы ж ko an en ค ศ พ ik и του της ნ წ թ तारीख सन سنة عام من في yil yili roku r godine ár оны он ឆ្នាំ ປີ ခုနှစ် နှစ် ی'
    .split(' ')
    .map(foldWord),
);

interface Day {
  year: number;
  month: number;
  day: number;
  /** Index of the first token after it. */
  next: number;
  /** A time that stands inside the date, as in `Fri May 3 10:15:00 CEST 2024`. */
  time?: Time;
}

interface Time {
  hour: number;
  minute: number;
  second: number;
  /** Index of its first token. */
  from: number;
  /** Minutes east of UTC; null where the text names no zone. */
  offset: number | null;
  zone: string | null;
  next: number;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function valid(year: number, month: number, day: number): boolean {
  return year >= FIRST_YEAR && year <= 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** Reads one date out of a token stream; each reader answers null where its form does not stand at the index. */
class DateReader {
  readonly tokens: readonly Token[];
  readonly text: string;
  readonly hints: DateHints;
  readonly language: string;
  readonly today: { year: number };

  constructor(text: string, hints: DateHints) {
    this.text = text;
    this.hints = hints;
    this.tokens = tokenize(text);
    this.language = (hints.language ?? '').toLowerCase();
    this.today = { year: hints.asOf.getUTCFullYear() };
  }

  number(i: number, low: number, high: number, digits = 2): number | null {
    const token = this.tokens[i];
    if (token?.kind !== 'number' || token.text.length > digits || token.value < low || token.value > high) return null;
    return token.value;
  }

  /** A year of four digits; Thai pages count from 543 BC. */
  year(i: number): number | null {
    const token = this.tokens[i];
    if (token?.kind !== 'number' || token.text.length !== 4) return null;
    if (token.value >= FIRST_YEAR && token.value <= 2200) return token.value;
    return token.value >= 2443 && token.value <= 2743 ? token.value - 543 : null;
  }

  sign(i: number, ...texts: string[]): boolean {
    const token = this.tokens[i];
    return token?.kind === 'sign' && texts.includes(token.text);
  }

  word(i: number, ...texts: string[]): boolean {
    const token = this.tokens[i];
    return token?.kind === 'word' && texts.includes(token.text);
  }

  adjacent(i: number): boolean {
    return this.tokens[i - 1]?.end === this.tokens[i]?.start;
  }

  /** Skips dots, commas, ordinals and little words between the parts of a date. */
  filler(i: number): number {
    let at = i;
    for (let steps = 0; steps < 6; steps++) {
      const token = this.tokens[at];
      if (!token) return at;
      if (token.kind === 'sign' && /[.,()،،'’º°ª·\u05f3٫-]/u.test(token.text)) at++;
      else if (token.kind === 'word' && FILLERS.has(token.text) && !this.startsMonth(at)) at++;
      else return at;
    }
    return at;
  }

  startsMonth(i: number): boolean {
    return this.month(i) !== null;
  }

  month(i: number): { month: number; next: number } | null {
    const token = this.tokens[i];
    if (token?.kind === 'number') return this.countedMonth(i);
    if (token?.kind !== 'word') return null;
    if (token.text === 'thang') {
      const counted = this.number(i + 1, 1, 12);
      if (counted !== null) return { month: counted, next: i + 2 };
      const unit = VIETNAMESE_MONTHS.indexOf(this.tokens[i + 1]?.text ?? '');
      if (unit < 0) return null;
      const second = unit === 9 ? VIETNAMESE_MONTHS.indexOf(this.tokens[i + 2]?.text ?? '') : -1;
      return second === 0 || second === 1 ? { month: 11 + second, next: i + 3 } : { month: unit + 1, next: i + 2 };
    }
    const following = this.tokens[i + 1];
    if (following?.kind === 'word' && OPENS_MONTH.has(token.text)) {
      const pair = this.lookup(`${token.text} ${following.text}`);
      if (pair !== null) return { month: pair, next: i + 2 };
    }
    // Thai short names are two dotted letters: พ.ค.
    const third = this.tokens[i + 2];
    if (this.sign(i + 1, '.') && third?.kind === 'word' && token.text.length <= 2) {
      const dotted = this.lookup(token.text + third.text);
      if (dotted !== null) return { month: dotted, next: i + 3 };
    }
    const prefixed = token.text.startsWith('ב') || token.text.startsWith('d');
    const single = this.lookup(token.text) ?? (prefixed ? this.lookup(token.text.slice(1)) : null);
    if (single === null) return null;
    // Arabic pages print both names of a month: 3 مايو / أيار 2024.
    if (this.sign(i + 1, '/') && third?.kind === 'word') {
      const other = this.month(i + 2);
      if (other?.month === single) return { month: single, next: other.next };
    }
    return { month: single, next: i + 1 };
  }

  /** Mongolian counts its months: 5-р сарын 6. */
  countedMonth(i: number): { month: number; next: number } | null {
    const month = this.number(i, 1, 12);
    const at = this.sign(i + 1, '-') && this.word(i + 2, 'р') ? i + 3 : i + 1;
    return month !== null && this.word(at, 'сарын', 'сар') ? { month, next: at + 1 } : null;
  }

  lookup(name: string): number | null {
    const months = MONTHS.get(name);
    if (!months) return null;
    const language = this.language.split('-')[0];
    let only: number | null = null;
    for (const [month, languages] of months) {
      if (languages.includes(language ?? '')) return month;
      if (months.size === 1) only = month;
    }
    return only;
  }

  /** A two-digit year is believed only beside a month's name or dots, and never ahead of the copy's own year; Thai ones count from 543 BC. */
  shortYear(i: number, isThai = false): number | null {
    const token = this.tokens[i];
    if (token?.kind !== 'number' || token.text.length !== 2) return null;
    const thai = 2500 - 543 + token.value;
    if (isThai && thai >= 2000 && thai <= this.today.year) return thai;
    const year = 2000 + token.value;
    return year <= this.today.year ? year : null;
  }

  /** 2024-05-03, 2024/5/3, 2024. 5. 3., 20240503. */
  yearFirst(i: number): Day | null {
    const first = this.tokens[i];
    if (first?.kind !== 'number') return null;
    if (first.text.length === 8) {
      const [year, month, day] = [first.text.slice(0, 4), first.text.slice(4, 6), first.text.slice(6)].map(Number);
      if (year === undefined || month === undefined || day === undefined) return null;
      return year >= 1990 && valid(year, month, day) ? { year, month, day, next: i + 1 } : null;
    }
    const year = this.year(i);
    const mark = this.tokens[i + 1]?.text ?? '';
    if (year === null || !'-/.‐‑–'.includes(mark) || !this.sign(i + 3, mark)) return null;
    const month = this.number(i + 2, 1, 12);
    const day = this.number(i + 4, 1, 31);
    return month !== null && day !== null && valid(year, month, day) ? { year, month, day, next: i + 5 } : null;
  }

  /** 2024年5月3日, 2024년 5월 3일, 令和6年5月3日, 民國113年5月3日. */
  eastAsian(i: number): Day | null {
    const first = this.tokens[i];
    if (first?.kind !== 'number') return null;
    const unit = (at: number, ...marks: string[]) =>
      this.tokens[at]?.kind === 'word' && marks.includes(this.tokens[at]?.text ?? '');
    if (!unit(i + 1, '年', '년')) return null;
    let year = this.year(i);
    if (year === null && first.text.length <= 3) {
      const era = `${this.tokens[i - 2]?.text ?? ''}${this.tokens[i - 1]?.text ?? ''}`;
      if (era === '令和') year = 2018 + first.value;
      else if (era === '平成') year = 1988 + first.value;
      else if (era === '民國' || era === '民国') year = 1911 + first.value;
    }
    const month = this.number(i + 2, 1, 12);
    const day = this.number(i + 4, 1, 31);
    if (year === null || month === null || day === null || !unit(i + 3, '月', '월')) return null;
    const closes = unit(i + 5, '日', '號', '号') || (this.tokens[i + 5]?.text ?? '').startsWith('일');
    return closes && valid(year, month, day) ? { year, month, day, next: i + 6 } : null;
  }

  /** ۱۲ اردیبهشت ۱۴۰۳, and ۱۴۰۳/۲/۱۲ where the page is in Persian. */
  persian(i: number): Day | null {
    const first = this.tokens[i];
    if (first?.kind !== 'number') return null;
    const named = this.tokens[i + 1];
    const month = named?.kind === 'word' ? persianMonth(named.text) : null;
    const numeric = month === null && first.text.length === 4 && /^fa\b/u.test(this.language);
    if (numeric && !(this.sign(i + 1, '/', '-') && this.sign(i + 3, this.tokens[i + 1]?.text ?? ''))) return null;
    const [year, ofYear, day, next] = numeric
      ? [first.value, this.number(i + 2, 1, 12), this.number(i + 4, 1, 31), i + 5]
      : [this.tokens[i + 2]?.value, month, this.number(i, 1, 31), i + 3];
    if (year === undefined || ofYear === null || day === null) return null;
    const date = fromPersian(year, ofYear, day);
    return date ? { ...date, next } : null;
  }

  /** 3 May 2024, 3. Mai 2024, 3 de mayo de 2024, 03-May-24. */
  dayFirst(i: number): Day | null {
    const day = this.number(i, 1, 31);
    if (day === null) return null;
    const slash = this.sign(i + 1, '/') ? i + 2 : i + 1;
    const named = this.month(slash) ?? this.month(this.filler(i + 1));
    if (!named) return null;
    const at = this.sign(named.next, '/') ? named.next + 1 : this.filler(named.next);
    const isThai = THAI.test(this.tokens[named.next - 1]?.text ?? '');
    const isShort = isThai || this.sign(at - 1, '-', '’', "'") || at === named.next;
    const year = this.year(at) ?? (isShort ? this.shortYear(at, isThai) : null);
    return year !== null && valid(year, named.month, day) ? { year, month: named.month, day, next: at + 1 } : null;
  }

  /** May 3, 2024; May 3rd 2024; Fri May 03 10:15:00 CEST 2024. */
  monthFirst(i: number): Day | null {
    const named = this.month(i);
    if (!named) return null;
    const dayAt = this.filler(named.next);
    const day = this.number(dayAt, 1, 31);
    if (day === null) return null;
    const at = this.filler(dayAt + 1);
    const year = this.year(at);
    if (year !== null) return valid(year, named.month, day) ? { year, month: named.month, day, next: at + 1 } : null;
    const time = this.time(at) ?? this.time(dayAt + 1);
    const late = time ? this.year(time.next) : null;
    if (!time || late === null || !valid(late, named.month, day)) return null;
    return { year: late, month: named.month, day, next: time.next + 1, time };
  }

  /** 2024. május 3., 2024 m. gegužės 3 d., 2024ko maiatzaren 3a, 2024, May 3. */
  yearThenMonth(i: number): Day | null {
    const year = this.year(i);
    if (year === null) return null;
    const at = this.filler(i + 1);
    const named = this.month(at);
    if (named) {
      const dayAt = this.filler(named.next);
      const day = this.number(dayAt, 1, 31);
      return day !== null && valid(year, named.month, day) ? { year, month: named.month, day, next: dayAt + 1 } : null;
    }
    // Latvian: 2024. gada 3. maijs
    const day = this.number(at, 1, 31);
    const late = day === null ? null : this.month(this.filler(at + 1));
    return day !== null && late && valid(year, late.month, day)
      ? { year, month: late.month, day, next: late.next }
      : null;
  }

  /** 03.05.2024, 3/5/2024, 03-05-2024, 3.5.24: which is the day is settled by evidence or the date is left out. */
  numeric(i: number): Day | null {
    const first = this.number(i, 1, 31);
    const mark = this.tokens[i + 1]?.text ?? '';
    const second = this.number(i + 2, 1, 31);
    if (first === null || second === null || !'/.-‐‑–|'.includes(mark) || !this.sign(i + 1, mark)) return null;
    if (!this.sign(i + 3, mark)) return null;
    // A longer chain of numbers is a version, an address or a phone number.
    if (this.sign(i - 1, '.', '-', '/') && this.tokens[i - 2]?.kind === 'number' && this.adjacent(i)) return null;
    const year = this.year(i + 4) ?? (mark === '-' ? null : this.shortYear(i + 4));
    if (year === null) return null;
    const dayMonth = valid(year, second, first);
    const monthDay = valid(year, first, second);
    const order = this.order(year, first, second, dayMonth, monthDay, mark);
    if (order === null) return null;
    return order ? { year, month: second, day: first, next: i + 5 } : { year, month: first, day: second, next: i + 5 };
  }

  /** Whether the day comes first; null where nothing tells. */
  order(
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
    const known = this.hints.knownDay;
    if (known === isoDay(year, second, first)) return true;
    if (known === isoDay(year, first, second)) return false;
    const limit = this.hints.asOf.getTime() + DAY_MS;
    const late = [Date.UTC(year, second - 1, first) > limit, Date.UTC(year, first - 1, second) > limit];
    if (late[0] !== late[1]) return !late[0];
    if (mark === '.' || mark === '|') return true;
    const [language, ...subtags] = this.language.split('-');
    if (language === 'en' || language === '' || language === undefined) {
      if (subtags.includes('us') || subtags.includes('ph')) return false;
      if (subtags.some((subtag) => /^(gb|uk|au|nz|ie|in|za|ng|ke|pk|sg|my|hk|mt|jm|gh|bd|lk)$/.test(subtag)))
        return true;
      return this.hints.dayFirst ?? null;
    }
    return true;
  }

  /** 10:15, 10:15:30.5, 10h30, 10.30 Uhr, 3:07 p.m. ET, 下午3:20, 10시 15분, T10:15:00+02:00. */
  time(i: number): Time | null {
    const compact = this.tokens[i];
    if (this.word(i - 1, 't') && compact?.kind === 'number' && compact.text.length === 6) {
      const [hour, minute, second] = [compact.text.slice(0, 2), compact.text.slice(2, 4), compact.text.slice(4)].map(
        Number,
      );
      if (hour === undefined || minute === undefined || second === undefined) return null;
      if (hour > 23 || minute > 59 || second > 59) return null;
      return this.zone({ hour, minute, second, offset: null, zone: null, from: i, next: i + 1 });
    }
    const hour = this.number(i, 0, 24);
    if (hour === null) return null;
    const mark = this.tokens[i + 1];
    let minute = 0;
    let second = 0;
    let at = i + 1;
    const minuteToken = this.tokens[i + 2];
    const twoDigits = minuteToken?.kind === 'number' && minuteToken.text.length === 2 && minuteToken.value < 60;
    const cued =
      this.word(i - 1, 'um', 'kl', 'klo', 'godz', 'ob', 'ore', 'at') ||
      this.sign(i - 1, '|') ||
      this.word(i + 3, 'uhr', 'h', 'am', 'pm', 'p', 'a') ||
      (this.sign(i - 1, '.') && this.word(i - 2, 'kl', 'godz'));
    const hourWord = mark?.kind === 'word' && /^(h|hs|hrs|時|时|點|点|시|час|ч|uhr|giờ|gio|godz|τ|u)$/u.test(mark.text);
    if (
      (this.sign(i + 1, ':', '：', '∶') || (hourWord && mark.text !== 'uhr') || (this.sign(i + 1, '.') && cued)) &&
      twoDigits
    ) {
      minute = minuteToken.value;
      at = i + 3;
      if (this.word(at, '分', '분', 'm', 'min')) at++;
      const seconds = this.number(at + 1, 0, 60);
      if (this.sign(at, ':', '.') && seconds !== null && this.adjacent(at) && this.adjacent(at + 1)) {
        second = Math.min(seconds, 59);
        at += 2;
        if (
          this.sign(at, '.', ',') &&
          this.adjacent(at) &&
          this.tokens[at + 1]?.kind === 'number' &&
          this.adjacent(at + 1)
        )
          at += 2;
      }
    } else if (hourWord) {
      at = i + 2;
    } else if (!this.word(i + 1, 'am', 'pm')) {
      // "3 p.m." has an hour alone; any other lone number is no time.
      if (!(this.word(i + 1, 'a', 'p') && this.sign(i + 2, '.') && this.word(i + 3, 'm'))) return null;
    }
    let hours = hour;
    const before = `${this.tokens[i - 2]?.text ?? ''}${this.tokens[i - 1]?.text ?? ''}`;
    const half = this.half(at);
    if (half) {
      if (hour > 12)
        return hours > 23
          ? null
          : this.zone({ hour: hours, minute, second, offset: null, zone: null, from: i, next: half.next });
      hours = (hour % 12) + (half.late ? 12 : 0);
      at = half.next;
    } else if (hour < 12 && /(下午|晚上|傍晚|午後|오후)$/u.test(before)) hours += 12;
    if (this.word(at, 'uhr', 'h', 'hs', 'hrs', 'น', 'ч')) at++;
    if (hours === 24) hours = 0;
    return this.zone({ hour: hours, minute, second, offset: null, zone: null, from: i, next: at });
  }

  /** am, pm, a.m., p.m., π.μ., μ.μ. */
  half(i: number): { late: boolean; next: number } | null {
    const word = this.tokens[i]?.kind === 'word' ? this.tokens[i]?.text : undefined;
    if (word === 'am' || word === 'pm') return { late: word === 'pm', next: i + 1 };
    if (word === 'πμ' || word === 'μμ') return { late: word === 'μμ', next: i + 1 };
    if (word === 'ص' || word === 'م') return { late: word === 'م', next: i + 1 };
    if (
      (word === 'a' || word === 'p' || word === 'π' || word === 'μ') &&
      this.sign(i + 1, '.') &&
      this.word(i + 2, 'm', 'μ')
    ) {
      return { late: word === 'p' || word === 'μ', next: this.sign(i + 3, '.') ? i + 4 : i + 3 };
    }
    return null;
  }

  zone(time: Time): Time {
    let at = time.next;
    if (this.sign(at, '(', '[')) at++;
    const name = this.tokens[at];
    if (name?.kind === 'word' && Object.hasOwn(ZONES, name.text)) {
      const printed = this.text.slice(name.start, name.end);
      // "et" and "pt" are words of other languages; a zone is printed in capitals.
      if (printed === printed.toUpperCase()) {
        const base = ZONES[name.text];
        const signed = base === 0 ? this.offset(at + 1) : null;
        if (signed) return { ...time, offset: signed.minutes, zone: null, next: signed.next };
        if (base === 'us') return { ...time, offset: null, zone: name.text, next: at + 1 };
        if (base !== undefined) return { ...time, offset: base, zone: null, next: at + 1 };
      }
    }
    const signed = this.offset(at);
    return signed ? { ...time, offset: signed.minutes, zone: null, next: signed.next } : time;
  }

  /** +02:00, +0200, -5; the sign must touch its digits, for "10:15 - 11:30" is a span. */
  offset(i: number): { minutes: number; next: number } | null {
    const sign = this.tokens[i];
    const digits = this.tokens[i + 1];
    if (sign?.kind !== 'sign' || !'+-−–'.includes(sign.text) || digits?.kind !== 'number' || !this.adjacent(i + 1))
      return null;
    const east = sign.text === '+' ? 1 : -1;
    if (digits.text.length === 4) {
      const minutes = Math.floor(digits.value / 100) * 60 + (digits.value % 100);
      return minutes <= 14 * 60 ? { minutes: east * minutes, next: i + 2 } : null;
    }
    if (digits.text.length > 2 || digits.value > 14) return null;
    const rest = this.number(i + 3, 0, 59);
    if (this.sign(i + 2, ':') && rest !== null) return { minutes: east * (digits.value * 60 + rest), next: i + 4 };
    return { minutes: east * digits.value * 60, next: i + 2 };
  }

  /** A time within a few words after the date, not beyond the next four-digit number. */
  timeAfter(i: number): Time | null {
    for (let at = i; at < Math.min(i + 9, this.tokens.length); at++) {
      const time = this.time(at);
      if (time) return time;
      const token = this.tokens[at];
      if (token?.kind === 'number') return null;
      if (token?.kind === 'word' && token.text.length > 14) return null;
    }
    return null;
  }

  /** A time right before the date: "10:15 GMT, 3 May 2024". */
  timeBefore(start: number, from: number): Time | null {
    for (let at = Math.max(from, start - 12); at < start; at++) {
      if (this.tokens[at]?.kind !== 'number' || this.sign(at - 1, ':')) continue;
      const time = this.time(at);
      if (time && time.next <= start && start - time.next <= 4) {
        const between = this.tokens.slice(time.next, start);
        if (between.every((token) => token.kind !== 'number')) return time;
      }
    }
    return null;
  }

  /** The date that begins with a token, by the first form that fits. */
  startingAt(i: number): Day | null {
    const kind = this.tokens[i]?.kind;
    if (kind === 'word') return this.monthFirst(i);
    if (kind !== 'number') return null;
    return (
      this.yearFirst(i) ??
      this.eastAsian(i) ??
      this.persian(i) ??
      this.dayFirst(i) ??
      this.yearThenMonth(i) ??
      this.numeric(i)
    );
  }

  all(): FoundDate[] {
    const found: FoundDate[] = [];
    let from = 0;
    // Every form has a number in it: behind the last one none begins.
    const end = this.tokens.findLastIndex(({ kind }) => kind === 'number') + 1;
    for (let i = 0; i < end; i++) {
      const day = this.startingAt(i);
      if (!day) continue;
      const after = day.time ?? this.timeAfter(day.next);
      const before = after ? null : this.timeBefore(i, from);
      const time = after ?? before;
      const last = Math.max(day.next, after?.next ?? 0) - 1;
      const date = this.settle(day, time);
      const start = this.tokens[before?.from ?? i]?.start ?? 0;
      const stop = this.tokens[last]?.end ?? this.text.length;
      if (date) found.push({ ...date, raw: squash(this.text.slice(start, stop)), start, end: stop });
      i = last;
      from = last + 1;
    }
    return found;
  }

  settle(day: Day, time: Time | null): Omit<ParsedDate, 'raw'> | null {
    const own = isoDay(day.year, day.month, day.day);
    const midnight = Date.UTC(day.year, day.month - 1, day.day);
    const limit = this.hints.asOf.getTime() + DAY_MS;
    let offset = time?.offset ?? null;
    if (time?.zone) offset = (US_STANDARD[time.zone] ?? 0) + (inUsSummer(midnight) ? 60 : 0);
    // A stamp of exactly midnight is a day that a program padded; moving it to UTC would change the day.
    if (!time || (time.hour === 0 && time.minute === 0 && time.second === 0)) {
      if (midnight > limit) return null;
      return { iso: `${own}T00:00:00Z`, precision: 'day', zoned: offset !== null, day: own };
    }
    const instant = midnight + ((time.hour * 60 + time.minute) * 60 + time.second) * 1000 - (offset ?? 0) * 60_000;
    if (instant > limit) return null;
    return { iso: isoInstant(instant), precision: 'second', zoned: offset !== null, day: own };
  }
}

function isoDay(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isoInstant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

function squash(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/**
 * Finds every date a short text states, in order; only its first 300 characters are read.
 * Dates without a year and relative ones ("2 hours ago") are no dates; future and undecidable ones are left out.
 */
export function findDates(text: string, hints: DateHints): FoundDate[] {
  const read = text.slice(0, MAX_LENGTH);
  return mayHoldDigits(read) ? new DateReader(read, hints).all() : [];
}

/**
 * Reads the first date of a short text, such as a date line, a `datetime` attribute or an RFC 2822 stamp.
 *
 * @returns null where the text states no whole, decidable date up to a day after `asOf`
 */
export function parseDate(text: string, hints: DateHints): ParsedDate | null {
  const first = findDates(text, hints)[0];
  if (!first) return null;
  const { iso, raw, precision, zoned, day } = first;
  return { iso, raw, precision, zoned, day };
}

/** Reads a stamp as programs write it into markup: a date as {@link parseDate} reads it, or Unix time. */
export function parseStamp(stamp: string, hints: DateHints): ParsedDate | null {
  const unix = /^\s{0,20}(\d{10}|\d{13})\s{0,20}$/.exec(stamp.slice(0, 60))?.[1];
  if (!unix) return parseDate(stamp, hints);
  const instant = Number(unix) * (unix.length === 10 ? 1000 : 1);
  // Ten digits that lie before 1995 are an identifier, not a time.
  if (instant < Date.UTC(1995, 0, 1) || instant > hints.asOf.getTime() + DAY_MS) return null;
  const iso = isoInstant(instant);
  return { iso, raw: unix, precision: 'second', zoned: true, day: iso.slice(0, 10) };
}
