import { MOST_PHRASES, phrasesOf } from './phrases.ts';
import { HashedValues, type WordList } from './words.ts';

/** Learned weights of wordings, as a model file stores them. */
export class PhraseWeights {
  readonly #weights: HashedValues;
  readonly #found = new Int32Array(MOST_PHRASES);

  /** @param stored weight → hashes in base 36: no wording of anybody's page is stored, and a third of the size is saved */
  constructor(stored: Record<string, string>) {
    this.#weights = new HashedValues(entriesOf(stored));
  }

  /** The sum over the wordings of a line, whose words are from `from` to before `end`. */
  sum(words: WordList, from: number, end: number): number {
    const count = phrasesOf(words, from, end, this.#found);
    let sum = 0;
    for (let k = 0; k < count; k++) sum += this.#weights.get(this.#found[k] as number);
    return sum;
  }
}

function* entriesOf(stored: Record<string, string>): Generator<[number, number]> {
  for (const [weight, hashes] of Object.entries(stored))
    for (const hash of hashes.split(' ')) yield [Number.parseInt(hash, 36) | 0, Number(weight)];
}
