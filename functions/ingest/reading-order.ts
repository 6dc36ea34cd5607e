/**
 * In which order a batch is read: every other delivery from its end.
 *
 * A document that kills the function takes down those behind it, unread, as often as the batch comes back in one piece.
 * Read from both ends in turn, all but the one that kills are done by the second delivery, and none follows it into the
 * dead-letter queue.
 *
 * @param receiveCount deliveries of a message so far, this one included
 */
export function readingOrder<Message>(
  batch: readonly Message[],
  receiveCount: (message: Message) => number,
): Message[] {
  return batch.some((message) => receiveCount(message) % 2 === 0) ? batch.toReversed() : [...batch];
}
