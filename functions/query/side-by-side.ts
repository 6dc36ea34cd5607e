/** Which records to read side by side: many short ones, long ones alone, so that memory holds a bounded number of words. */

const MOST_RECORDS = 16;
/** Some 1 MB of text in most languages; a record has ten times that at most. */
const MOST_WORDS = 200_000;

/** Cards in their order, in groups to be read one after the other. */
export function* sideBySide<Card extends { wordCount: number }>(cards: readonly Card[]): Generator<Card[]> {
  let group: Card[] = [];
  let words = 0;
  for (const card of cards) {
    if (group.length > 0 && (group.length === MOST_RECORDS || words + card.wordCount > MOST_WORDS)) {
      yield group;
      group = [];
      words = 0;
    }
    group.push(card);
    words += card.wordCount;
  }
  if (group.length > 0) yield group;
}
