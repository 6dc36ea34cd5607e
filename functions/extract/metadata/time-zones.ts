/** Names of time zones in dates, and what they mean. */
import { DAY_MS } from '../../article/durations.ts';

/** Minutes east of UTC. `IST`, `CST` and `AST` are read as most news pages mean them. */
// biome-ignore format: a table reads better packed
export const ZONES: Readonly<Record<string, number | 'us'>> = {
  z: 0, utc: 0, gmt: 0, wet: 0, west: 60, bst: 60, cet: 60, cest: 120, mez: 60, mesz: 120, eet: 120, eest: 180,
  oez: 120, msk: 180, мск: 180, trt: 180, sast: 120, cat: 120, eat: 180, wat: 60, gst: 240, pkt: 300, ist: 330,
  npt: 345, ict: 420, wib: 420, wita: 480, wit: 540, hkt: 480, sgt: 480, pht: 480, myt: 480, awst: 480, jst: 540,
  kst: 540, acst: 570, acdt: 630, aest: 600, aedt: 660, nzst: 720, nzdt: 780, brt: -180, art: -180, clt: -240,
  est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480,
  hst: -600, ast: -240, adt: -180, nst: -210, ndt: -150, met: 60, mest: 120, msd: 240, idt: 180, irst: 210,
  brst: -120, clst: -180, cot: -300, pet: -300, vet: -240, et: 'us', ct: 'us', mt: 'us', pt: 'us',
};
/** Standard time of zones that change with the season. `AT`, Atlantic Time, is no zone of {@link ZONES}: in prose it is a word. */
export const US_STANDARD: Readonly<Record<string, number>> = { at: -240, et: -300, ct: -360, mt: -420, pt: -480 };

/** Second Sunday of March to first Sunday of November, by the day (Energy Policy Act of 2005). */
export function inUsSummer(midnight: number): boolean {
  const year = new Date(midnight).getUTCFullYear();
  const sunday = (month: number, nth: number) => {
    const first = Date.UTC(year, month, 1);
    return first + (((7 - new Date(first).getUTCDay()) % 7) + 7 * (nth - 1)) * DAY_MS;
  };
  return midnight >= sunday(2, 2) && midnight < sunday(10, 1);
}
