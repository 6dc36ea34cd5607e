/** Reads what the names of elements tell, without making a string of any name. */
import { HashTable, mixHigh, mixLow, START_HIGH, START_LOW } from '../markup/hashes.ts';
import { attributeKind, TAGS } from '../markup/names.ts';
import type { MarkupTree, Node } from '../markup/tree.ts';
import { ValueCodes } from '../markup/value-codes.ts';
import {
  DICTIONARY,
  HIDDEN,
  isHidden,
  LEARNED_ATTRIBUTES,
  PROPERTY_HINTS,
  ROLE_ATTRIBUTE,
  TAG_HINTS,
} from './hints.ts';

const CLASS = attributeKind('class');
const ID = attributeKind('id');
const ROLE = attributeKind('role');
const ITEMPROP = attributeKind('itemprop');
/** Bits of {@link MarkupTree.marks} of the attributes by which an element may say that it is not shown. */
const HIDING = ['hidden', 'aria-hidden', 'style'].reduce((marks, name) => marks | (1 << attributeKind(name)), 0);

interface Prefix {
  kind: number;
  /** Hashes of `role=` and the like, by which words of the attribute are told from those of classes. */
  low: number;
  high: number;
}

const PREFIXES: readonly Prefix[] = LEARNED_ATTRIBUTES.map((name) => {
  let low = START_LOW;
  let high = START_HIGH;
  for (const letter of `${name}=`) {
    low = mixLow(low, letter.charCodeAt(0));
    high = mixHigh(high, letter.charCodeAt(0));
  }
  return { kind: attributeKind(name), low, high };
});

const LEARNED = PREFIXES.reduce((marks, { kind }) => marks | (1 << kind), 0);

/** Every word that tells something, with its bits of hints.ts and its learned weight. */
class Vocabulary {
  readonly words: HashTable;
  readonly hints: Int32Array;
  readonly scores: Float64Array;
  /** Learned weights of the usual elements, by kind. */
  readonly tagScores: Float64Array;
  readonly hidden: number;

  constructor(weights: ReadonlyMap<string, number>) {
    const size = weights.size + DICTIONARY.size;
    this.words = new HashTable(size);
    this.hints = new Int32Array(size);
    this.scores = new Float64Array(size);
    for (const [word, hints] of DICTIONARY) this.hints[this.words.addWord(word)] = hints;
    for (const [word, weight] of weights) this.scores[this.words.addWord(word)] = weight;
    this.tagScores = Float64Array.from(TAGS, (tag) => weights.get(`<${tag}`) ?? 0);
    this.hidden = weights.get('hidden!') ?? 0;
  }
}

const VOCABULARIES = new WeakMap<ReadonlyMap<string, number>, Vocabulary>();

function vocabularyOf(weights: ReadonlyMap<string, number>): Vocabulary {
  let known = VOCABULARIES.get(weights);
  if (known === undefined) {
    known = new Vocabulary(weights);
    VOCABULARIES.set(weights, known);
  }
  return known;
}

/** Reads the names of one page's elements; remembers them, because a page uses few, again and again. */
export class NameReader {
  /** Bits of the element read last. */
  hints = 0;
  /** Sum of the learned weights of its names; above 0 speaks for the article. */
  score = 0;
  /** Alike for elements of the same tag and class. */
  id = 0;
  readonly #tree: MarkupTree;
  readonly #value: ValueCodes;
  readonly #weights: ReadonlyMap<string, number>;
  readonly #vocabulary: Vocabulary;
  /** By number of the name, once it is read. */
  readonly #hintsOf: number[] = [];
  readonly #scoreOf: number[] = [];

  /** @param weights learned weights of the words that hints.ts's namesOf gives */
  constructor(tree: MarkupTree, weights: ReadonlyMap<string, number>) {
    this.#tree = tree;
    this.#value = new ValueCodes(tree);
    this.#weights = weights;
    this.#vocabulary = vocabularyOf(weights);
  }

  read(element: Node): void {
    const tree = this.#tree;
    const kind = tree.kind[element] as number;
    const usual = kind < TAGS.length;
    this.hints = (usual ? TAG_HINTS[kind] : 0) as number;
    this.score = usual
      ? (this.#vocabulary.tagScores[kind] as number)
      : (this.#weights.get(`<${tree.name(element)}`) ?? 0);
    this.id = kind + 1;
    const marks = tree.marks[element] as number;
    if (marks === 0) return;
    const classes = tree.find(element, CLASS);
    if (classes !== -1) {
      const name = this.#nameAt(classes);
      if (name !== -1) this.id += 65_536 * (name + 1);
    }
    const own = tree.find(element, ID);
    if (own !== -1) this.#nameAt(own);
    if (marks & LEARNED) this.#readLearned(element);
    if (marks & HIDING && isHidden(tree, element)) {
      this.hints |= HIDDEN;
      this.score += this.#vocabulary.hidden;
    }
  }

  #readLearned(element: Node): void {
    const tree = this.#tree;
    for (const { kind: attribute, low, high } of PREFIXES) {
      const at = tree.find(element, attribute);
      if (at === -1) continue;
      this.#value.read(at);
      this.#scan(low, high);
      if (attribute === ROLE) this.hints |= ROLE_ATTRIBUTE.get(tree.value(at)) ?? 0;
      else if (attribute === ITEMPROP) this.hints |= PROPERTY_HINTS.get(tree.value(at)) ?? 0;
    }
  }

  /** Adds what a class or id tells, and gives its number on this page; −1 for an empty one. */
  #nameAt(attribute: number): number {
    const name = this.#tree.numbers.of(attribute);
    if (name === -1) return -1;
    let told = this.#hintsOf[name];
    if (told === undefined) {
      const { hints, score } = this;
      this.hints = this.score = 0;
      this.#value.read(attribute);
      this.#scan(START_LOW, START_HIGH);
      told = this.#hintsOf[name] = this.hints;
      this.#scoreOf[name] = this.score;
      this.hints = hints;
      this.score = score;
    }
    this.hints |= told;
    this.score += this.#scoreOf[name] as number;
    return name;
  }

  /** Adds up what the words of a name tell, as hints.ts's nameTokens parts them: each alone, and with the one before. */
  #scan(startLow: number, startHigh: number): void {
    const { codes, count } = this.#value;
    let low = startLow;
    let high = startHigh;
    // The hashes of the word under way behind the one before it; none before the second word of a name.
    let joinedLow = 0;
    let joinedHigh = 0;
    let joins = false;
    let letters = 0;
    let small = false;
    for (let i = 0; i <= count; i++) {
      const code = i < count ? (codes[i] as number) : 32;
      const isSmall = code >= 97 && code <= 122;
      const isCapital = code >= 65 && code <= 90;
      if (letters > 0 && (isCapital ? small : !isSmall)) {
        this.#hear(low, high);
        if (joins) this.#hear(joinedLow, joinedHigh);
        joinedLow = low;
        joinedHigh = high;
        joins = true;
        low = startLow;
        high = startHigh;
        letters = 0;
      }
      small = isSmall;
      if (isSmall || isCapital) {
        const letter = code | 0x20;
        low = mixLow(low, letter);
        high = mixHigh(high, letter);
        if (joins) {
          joinedLow = mixLow(joinedLow, letter);
          joinedHigh = mixHigh(joinedHigh, letter);
        }
        letters++;
      } else if (code <= 32 || (code >= 0xa0 && WHITE.test(String.fromCharCode(code)))) joins = false;
    }
  }

  #hear(low: number, high: number): void {
    const word = this.#vocabulary.words.find(low, high);
    if (word === -1) return;
    this.hints |= this.#vocabulary.hints[word] as number;
    this.score += this.#vocabulary.scores[word] as number;
  }
}

const WHITE = /\s/;
