import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isNearDuplicate,
  resemblance,
  SKETCH_HASHES,
  SKETCH_KEYS,
  type Sketch,
  sketchKeys,
  sketchOf,
} from '../../functions/article/sketch.ts';
import { wordsOf } from '../../functions/article/words.ts';

/** Different words with a pattern of their own, in sentences. */
function words(from: number, count: number): string {
  return Array.from({ length: count }, (_, i) => `word${from + i}${(from + i) % 12 === 0 ? '.' : ''}`).join(' ');
}

const sketch = (text: string) => sketchOf(text) as Sketch;
const alike = (a: string, b: string) => resemblance(sketch(a), sketch(b));

describe('the sketch of a text', () => {
  it('is the same whatever the case, quotes, spaces and marks that nobody sees', () => {
    const text = `${words(0, 60)} “It’s here,” she said`;
    expect(sketchOf(`${words(0, 60).toUpperCase()}\n\n"It's here," she\u00ad said`)).toEqual(sketchOf(text));
  });

  it('is none for a text that is too short to be told from others by it', () => {
    expect(sketchOf('')).toBeNull();
    expect(sketchOf(words(0, 26))).toBeNull();
    expect(sketchOf(words(0, 27))).not.toBeNull();
    // The same few words over and over are few shingles.
    expect(sketchOf('Lorem ipsum dolor sit amet. '.repeat(500))).toBeNull();
  });

  it('is bounded, ascending, and has the smallest as keys', () => {
    const { hashes, shingles } = sketch(words(0, 5_000));
    expect(hashes).toHaveLength(SKETCH_HASHES);
    expect(shingles).toBe(4_997);
    expect([...hashes]).toEqual([...hashes].sort((a, b) => a - b));
    const keys = sketchKeys({ hashes, shingles });
    expect(keys).toHaveLength(SKETCH_KEYS);
    expect(keys.map((key) => Number.parseInt(key, 16))).toEqual([...hashes.slice(0, SKETCH_KEYS)]);
    expect(keys.every((key) => /^[0-9a-f]{8}$/.test(key))).toBe(true);
  });

  it('tells how much two texts have in common, within what a sample can tell', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 0, max: 400 }), (from, common) => {
        const a = words(from, 400);
        const b = words(from + 400 - common, 400);
        const inBoth = Math.max(0, common - 3);
        const exact = inBoth / (2 * 397 - inBoth);
        expect(Math.abs(alike(a, b).jaccard - exact)).toBeLessThan(0.3);
      }),
      { numRuns: 60 },
    );
    expect(alike(words(0, 400), words(0, 400))).toEqual({ jaccard: 1, containment: 1 });
    expect(alike(words(0, 400), words(1_000, 400))).toEqual({ jaccard: 0, containment: 0 });
    expect(resemblance(sketch(words(0, 90)), sketch(words(0, 400)))).toEqual(
      resemblance(sketch(words(0, 400)), sketch(words(0, 90))),
    );
  });

  it('finds a text that was cut, or that others were added to', () => {
    expect(isNearDuplicate(alike(words(0, 400), words(0, 200)))).toBe(true);
    expect(isNearDuplicate(alike(words(0, 400), `${words(5_000, 60)} ${words(0, 400)} ${words(6_000, 60)}`))).toBe(
      true,
    );
    expect(isNearDuplicate(alike(words(0, 400), words(300, 400)))).toBe(false);
  });

  it('works in scripts that part no words', () => {
    const text =
      '市は月曜日、老朽化した中央図書館を来年春に建て替えると発表した。新しい建物は四階建てで、蔵書は約五十万冊に増える見通しだ。' +
      '工事中は駅前の仮設施設で貸し出しを続ける。市長は会見で「子どもから高齢者まで集まれる場所にしたい」と話した。総事業費は八十億円を見込む。';
    const edited = text.replace('来年春', '再来年秋').replace('約五十万冊', '四十五万冊');
    const other =
      '県警は火曜日、盗んだ自転車を海外に売っていたとして三人を逮捕したと発表した。三人は昨年から県内の駅前で自転車を盗み、港の倉庫に隠していたという。' +
      '捜査員が倉庫を調べたところ、二百台余りが見つかった。持ち主が分かったものから順に返すという。三人は容疑を認めている。';
    expect(wordsOf(text).length).toBeGreaterThan(60);
    expect(isNearDuplicate(alike(text, edited))).toBe(true);
    expect(sketchKeys(sketch(text)).filter((key) => sketchKeys(sketch(edited)).includes(key))).not.toEqual([]);
    expect(alike(text, other).jaccard).toBeLessThan(0.1);
  });
});
