import type { StatedRhythm } from '../../listing.ts';
import type { XmlElement } from '../xml/element.ts';

export const NO_RHYTHM: StatedRhythm = { ttlMinutes: null, updateMinutes: null, skipHours: [], skipDays: [] };

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const PERIOD_MINUTES: Readonly<Record<string, number>> = {
  hourly: 60,
  daily: 1_440,
  weekly: 10_080,
  monthly: 43_200,
  yearly: 525_600,
};
/** A year: what asks for more is a mistake. */
const MAX_MINUTES = 525_600;

/** What a channel or feed element says of its own rhythm (RSS 2.0; the syndication module of RSS 1.0). */
export function statedRhythm(channel: XmlElement): StatedRhythm {
  // By the module what is not said is once, and daily.
  const times = positive(channel.textOf('sy:updatefrequency'));
  const period = PERIOD_MINUTES[channel.textOf('sy:updateperiod')?.toLowerCase() ?? (times === null ? '' : 'daily')];
  return {
    ttlMinutes: positive(channel.textOf('ttl')),
    updateMinutes: period === undefined ? null : Math.max(1, Math.round(period / (times ?? 1))),
    skipHours: skipHours(channel),
    skipDays: skipDays(channel),
  };
}

/** All seven together mean nothing, as all hours do. */
function skipDays(channel: XmlElement): number[] {
  const skipped = unique(
    (channel.first('skipdays')?.all('day') ?? [])
      .map((day) => DAYS.indexOf(day.text.toLowerCase()))
      .filter((day) => day >= 0),
  );
  return skipped.length === 7 ? [] : skipped;
}

/** 0 to 23; RSS 0.91 counted to 24, which is midnight. All hours together ask never to be read and mean nothing. */
function skipHours(channel: XmlElement): number[] {
  const hours = (channel.first('skiphours')?.all('hour') ?? [])
    .map((hour) => (/^\d{1,2}$/.test(hour.text) ? Number(hour.text) : -1))
    .filter((hour) => hour >= 0 && hour <= 24)
    .map((hour) => hour % 24);
  const skipped = unique(hours);
  return skipped.length === 24 ? [] : skipped;
}

function positive(text: string | null): number | null {
  if (text === null || !/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) return null;
  const number = Math.round(Number(text));
  return number >= 1 ? Math.min(number, MAX_MINUTES) : null;
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}
