import { UNMISTAKABLE, type Zone, zoneInWords, zoneNamed } from './time-zones.ts';
import type { TokenRun } from './token-run.ts';

export interface Time {
  hour: number;
  minute: number;
  second: number;
  /** Index of its first token. */
  from: number;
  /** Minutes east of UTC; null where the text names no zone. */
  offset: number | null;
  zone: Zone | null;
  next: number;
}

/** 10:15, 10:15:30.5, 10h30, 10.30 Uhr, 3:07 p.m. ET, 下午3:20, 10시 15분, T10:15:00+02:00. */
export function timeAt(run: TokenRun, i: number): Time | null {
  const compact = run.tokens[i];
  if (run.word(i - 1, 't') && compact?.kind === 'number' && compact.text.length === 6) {
    const [hour, minute, second] = [compact.text.slice(0, 2), compact.text.slice(2, 4), compact.text.slice(4)].map(
      Number,
    );
    if (hour === undefined || minute === undefined || second === undefined) return null;
    if (hour > 23 || minute > 59 || second > 59) return null;
    return withZone(run, { hour, minute, second, offset: null, zone: null, from: i, next: i + 1 });
  }
  const hour = run.number(i, 0, 24);
  if (hour === null) return null;
  const mark = run.tokens[i + 1];
  let minute = 0;
  let second = 0;
  let at = i + 1;
  const minuteToken = run.tokens[i + 2];
  // "3時7分": in words one digit will do.
  const isWhole = minuteToken?.text.length === 2 || run.word(i + 3, '分', '분');
  const hasMinutes = minuteToken?.kind === 'number' && isWhole && minuteToken.value < 60;
  const cued =
    run.word(i - 1, 'um', 'kl', 'klo', 'godz', 'ob', 'ore', 'at') ||
    run.sign(i - 1, '|') ||
    run.word(i + 3, 'uhr', 'h', 'am', 'pm', 'p', 'a') ||
    (run.sign(i - 1, '.') && run.word(i - 2, 'kl', 'godz'));
  const hourWord = mark?.kind === 'word' && /^(h|hs|hrs|時|时|點|点|시|час|ч|uhr|giờ|gio|godz|τ|u)$/u.test(mark.text);
  if (
    (run.sign(i + 1, ':', '：', '∶') || (hourWord && mark.text !== 'uhr') || (run.sign(i + 1, '.') && cued)) &&
    hasMinutes
  ) {
    minute = minuteToken.value;
    at = i + 3;
    if (run.word(at, '分', '분', 'm', 'min')) at++;
    const seconds = run.number(at + 1, 0, 60);
    if (run.sign(at, ':', '.') && seconds !== null && run.adjacent(at) && run.adjacent(at + 1)) {
      second = Math.min(seconds, 59);
      at += 2;
      if (run.sign(at, '.', ',') && run.adjacent(at) && run.tokens[at + 1]?.kind === 'number' && run.adjacent(at + 1))
        at += 2;
    }
  } else if (hourWord) {
    at = i + 2;
  } else if (!run.word(i + 1, 'am', 'pm')) {
    // "3 p.m." has an hour alone; any other lone number is no time.
    if (!(run.word(i + 1, 'a', 'p') && run.sign(i + 2, '.') && run.word(i + 3, 'm'))) return null;
  }
  let hours = hour;
  const before = `${run.tokens[i - 2]?.text ?? ''}${run.tokens[i - 1]?.text ?? ''}`;
  const half = halfOfDay(run, at);
  if (half) {
    if (hour > 12)
      return hours > 23
        ? null
        : withZone(run, { hour: hours, minute, second, offset: null, zone: null, from: i, next: half.next });
    hours = (hour % 12) + (half.late ? 12 : 0);
    at = half.next;
  } else if (hour < 12 && /(下午|晚上|傍晚|午後|오후)$/u.test(before)) hours += 12;
  else if (hour === 12 && /(上午|凌晨|午前|오전)$/u.test(before)) hours = 0;
  if (run.word(at, 'uhr', 'h', 'hs', 'hrs', 'น', 'ч')) at++;
  if (hours === 24) hours = 0;
  return withZone(run, { hour: hours, minute, second, offset: null, zone: null, from: i, next: at });
}

/** am, pm, a.m., p.m., π.μ., μ.μ. */
function halfOfDay(run: TokenRun, i: number): { late: boolean; next: number } | null {
  const word = run.tokens[i]?.kind === 'word' ? run.tokens[i]?.text : undefined;
  if (word === 'am' || word === 'pm') return { late: word === 'pm', next: i + 1 };
  if (word === 'πμ' || word === 'μμ') return { late: word === 'μμ', next: i + 1 };
  if (word !== undefined && /^(?:صباح|مساء)/u.test(word)) return { late: word.startsWith('م'), next: i + 1 };
  if (word === 'ص' || word === 'م') return { late: word === 'م', next: i + 1 };
  if (
    (word === 'a' || word === 'p' || word === 'π' || word === 'μ') &&
    run.sign(i + 1, '.') &&
    run.word(i + 2, 'm', 'μ')
  ) {
    return { late: word === 'p' || word === 'μ', next: run.sign(i + 3, '.') ? i + 4 : i + 3 };
  }
  return null;
}

function withZone(run: TokenRun, time: Time): Time {
  let at = time.next;
  if (run.sign(at, '(', '[', '（')) at++;
  const inWords = zoneInWords(run.tokens, at);
  if (inWords) return { ...time, zone: inWords, next: inWords.next };
  const name = run.tokens[at];
  const zone = name?.kind === 'word' ? zoneNamed(name.text) : null;
  if (name && zone) {
    const printed = run.text.slice(name.start, name.end);
    // "et" and "pt" are words of other languages; a zone is printed in capitals.
    if (printed === printed.toUpperCase() || UNMISTAKABLE.has(name.text)) {
      const signed = zone.offset === 0 ? offsetAt(run, at + 1) : null;
      if (signed) return { ...time, offset: signed.minutes, zone: null, next: signed.next };
      return { ...time, zone, next: at + 1 };
    }
  }
  const signed = offsetAt(run, at);
  return signed ? { ...time, offset: signed.minutes, zone: null, next: signed.next } : time;
}

/** +02:00, +0200, -5; the sign must touch its digits, for "10:15 - 11:30" is a span. */
function offsetAt(run: TokenRun, i: number): { minutes: number; next: number } | null {
  const sign = run.tokens[i];
  const digits = run.tokens[i + 1];
  if (sign?.kind !== 'sign' || !'+-−–'.includes(sign.text) || digits?.kind !== 'number' || !run.adjacent(i + 1))
    return null;
  const east = sign.text === '+' ? 1 : -1;
  if (digits.text.length === 4) {
    const minutes = Math.floor(digits.value / 100) * 60 + (digits.value % 100);
    return minutes <= 14 * 60 ? { minutes: east * minutes, next: i + 2 } : null;
  }
  if (digits.text.length > 2 || digits.value > 14) return null;
  const rest = run.number(i + 3, 0, 59);
  if (run.sign(i + 2, ':') && rest !== null) return { minutes: east * (digits.value * 60 + rest), next: i + 4 };
  return { minutes: east * digits.value * 60, next: i + 2 };
}

/** A time within a few words after the date, not beyond the next four-digit number. */
export function timeAfter(run: TokenRun, i: number): Time | null {
  for (let at = i; at < Math.min(i + 9, run.tokens.length); at++) {
    const time = timeAt(run, at);
    if (time) return time;
    const token = run.tokens[at];
    if (token?.kind === 'number') return null;
    if (token?.kind === 'word' && token.text.length > 14) return null;
  }
  return null;
}

/** A time right before the date: "10:15 GMT, 3 May 2024". */
export function timeBefore(run: TokenRun, start: number, from: number): Time | null {
  for (let at = Math.max(from, start - 12); at < start; at++) {
    if (run.tokens[at]?.kind !== 'number') continue;
    // The minutes of an hour; behind a label a colon stands too.
    if (run.sign(at - 1, ':') && run.tokens[at - 2]?.kind === 'number') continue;
    const time = timeAt(run, at);
    if (time && time.next <= start && start - time.next <= 4) {
      const between = run.tokens.slice(time.next, start);
      if (between.every((token) => token.kind !== 'number')) return time;
    }
  }
  return null;
}
