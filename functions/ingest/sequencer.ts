/**
 * The order of events on one object, as S3 tells it.
 *
 * Sequencers are hexadecimal and of unequal length; AWS asks to pad the shorter on the right with zeros and to compare
 * them as strings (repost.aws, "duplicate messages in Amazon SQS for the same Amazon S3 event"; older editions of the
 * S3 guide said left). They order the events of one key only.
 */

/** Characters. Those seen have 16 to 18. */
const WIDTH = 32;
const SEQUENCER = /^[0-9A-F]{1,64}$/;

/**
 * The form that compares as a string, with `<` here and in DynamoDB alike.
 *
 * @returns null for what is no sequencer: the order is then unknown, and S3 has to be asked
 */
export function normalizeSequencer(sequencer: unknown): string | null {
  if (typeof sequencer !== 'string') return null;
  const digits = sequencer.toUpperCase();
  return SEQUENCER.test(digits) ? digits.padEnd(WIDTH, '0') : null;
}
