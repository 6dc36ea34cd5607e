/** Names of time zones in dates, and what they mean. */
import { DAY_MS } from '../../article/durations.ts';
import { type Token, tokenize } from './date-tokens.ts';

/** Minutes east of UTC in winter, and by whose rules an hour is added in summer. */
export interface Zone {
  offset: number;
  summer: 'us' | 'eu' | null;
}

/** Minutes east of UTC. `IST`, `CST` and `AST` are read as most news pages mean them, `TSİ` as it is since 2016. */
// biome-ignore format: a table reads better packed
const OFFSETS: Readonly<Record<string, number>> = {
  z: 0, utc: 0, gmt: 0, wet: 0, west: 60, bst: 60, cet: 60, cest: 120, mez: 60, mesz: 120, eet: 120, eest: 180,
  oez: 120, msk: 180, мск: 180, trt: 180, sast: 120, cat: 120, eat: 180, wat: 60, gst: 240, pkt: 300, ist: 330,
  npt: 345, ict: 420, wib: 420, wita: 480, wit: 540, hkt: 480, sgt: 480, pht: 480, myt: 480, awst: 480, jst: 540,
  kst: 540, acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780, brt: -180, art: -180, clt: -240,
  est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480,
  hst: -600, ast: -240, adt: -180, nst: -210, ndt: -150, met: 60, mest: 120, msd: 240, idt: 180, irst: 210,
  brst: -120, clst: -180, cot: -300, pet: -300, vet: -240, tsi: 180,
};
/** Zones of the United States that change with the season, in winter. */
const US: Readonly<Record<string, number>> = { et: -300, ct: -360, mt: -420, pt: -480 };

/** Zones in words, as tokens beside an hour give them, without what stands around: "(по московскому времени)", 日本時間. */
const IN_WORDS: readonly (readonly [offset: number, summer: Zone['summer'], phrases: string])[] = [
  [0, null, 'بتوقيت غرينتش|بتوقيت جرينتش|بتوقيت غرينيتش|por grinviĉo|по гринвичу|greenwich mean time'],
  [0, 'eu', 'hora de lisboa|hora de portugal continental|hora de canarias|hora canaria|uk time|london time'],
  [
    60,
    'eu',
    'heure de paris|heure de bruxelles|heure suisse|hora peninsular|hora española|hora de madrid|ora italiana|mitteleuropäische zeit|mitteleuropäischer zeit|deutscher zeit|norsk tid|dansk tid|svensk tid|czasu polskiego|czasu warszawskiego',
  ],
  [120, 'eu', 'за київським часом|по киевскому времени|київський час|suomen aikaa|ώρα ελλάδας|ora româniei'],
  [
    180,
    null,
    'по московскому времени|московское время|время московское|по мск|بتوقيت مكة|بتوقيت السعودية|بتوقيت الرياض|türkiye saati',
  ],
  [240, null, 'بتوقيت الإمارات|بتوقيت أبوظبي|بتوقيت دبي'],
  [330, null, 'indian standard time|indian time|भारतीय समय'],
  [420, null, 'giờ việt nam|giờ hà nội|เวลาประเทศไทย|เวลาไทย|waktu indonesia barat'],
  [
    480,
    null,
    '北京时间|北京時間|台北時間|台灣時間|臺灣時間|香港時間|香港时间|waktu malaysia|philippine time|singapore time',
  ],
  [540, null, '日本時間|한국시간|한국 시간'],
  [-180, null, 'horário de brasília|hora de brasília|hora argentina|hora de argentina'],
  [-300, null, 'hora de colombia|hora colombiana|hora de perú|hora peruana|hora de ecuador'],
  [-300, 'us', 'eastern time|eastern daylight time|eastern standard time|eastern|new york time'],
  [-360, 'us', 'central time|central daylight time|central standard time'],
  [-420, 'us', 'mountain time|mountain daylight time|mountain standard time'],
  [-480, 'us', 'pacific time|pacific daylight time|pacific standard time|pacific'],
];

/** The zone of an abbreviation as tokens are folded; null for none. */
export function zoneNamed(word: string): Zone | null {
  if (Object.hasOwn(US, word)) return { offset: US[word] as number, summer: 'us' };
  return Object.hasOwn(OFFSETS, word) ? { offset: OFFSETS[word] as number, summer: null } : null;
}

/** Atlantic Time, in feeds; in prose `AT` is a word. */
export const ATLANTIC: Zone = { offset: -240, summer: 'us' };

/** Abbreviations that are words of no language, and need no capitals. */
export const UNMISTAKABLE: ReadonlySet<string> = new Set(['мск', 'utc', 'gmt', 'mesz', 'tsi', 'z']);

/** Zones in words, by their first word or ideograph as tokens are folded. */
const BY_FIRST_WORD: ReadonlyMap<string, readonly (Zone & { tokens: readonly string[] })[]> = (() => {
  const byFirst = new Map<string, (Zone & { tokens: readonly string[] })[]>();
  for (const [offset, summer, phrases] of IN_WORDS) {
    for (const phrase of phrases.split('|')) {
      const tokens = tokenize(phrase).map(({ text }) => text);
      const first = tokens[0] as string;
      byFirst.set(first, [...(byFirst.get(first) ?? []), { tokens, offset, summer }]);
    }
  }
  for (const zones of byFirst.values()) zones.sort((a, b) => b.tokens.length - a.tokens.length);
  return byFirst;
})();

/** A zone in words that begins with a token: the longest that fits, with the place behind it. */
export function zoneInWords(tokens: readonly Token[], i: number): (Zone & { next: number }) | null {
  const zone = BY_FIRST_WORD.get(tokens[i]?.text ?? '')?.find((candidate) =>
    candidate.tokens.every((text, at) => tokens[i + at]?.text === text),
  );
  return zone ? { offset: zone.offset, summer: zone.summer, next: i + zone.tokens.length } : null;
}

/** Minutes east of UTC on a day, given by its midnight in UTC. */
export function offsetOn({ offset, summer }: Zone, midnight: number): number {
  const isSummer = summer !== null && (summer === 'us' ? inUsSummer(midnight) : inEuSummer(midnight));
  return offset + (isSummer ? 60 : 0);
}

/** Last Sunday of March to last Sunday of October, by the day (Directive 2000/84/EC). */
function inEuSummer(midnight: number): boolean {
  const year = new Date(midnight).getUTCFullYear();
  const lastSunday = (month: number) => {
    const last = Date.UTC(year, month + 1, 0);
    return last - new Date(last).getUTCDay() * DAY_MS;
  };
  return midnight >= lastSunday(2) && midnight < lastSunday(9);
}

/** Second Sunday of March to first Sunday of November, by the day (Energy Policy Act of 2005). */
function inUsSummer(midnight: number): boolean {
  const year = new Date(midnight).getUTCFullYear();
  const sunday = (month: number, nth: number) => {
    const first = Date.UTC(year, month, 1);
    return first + (((7 - new Date(first).getUTCDay()) % 7) + 7 * (nth - 1)) * DAY_MS;
  };
  return midnight >= sunday(2, 2) && midnight < sunday(10, 1);
}
