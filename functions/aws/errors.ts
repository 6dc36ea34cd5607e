/** A cursor that no list of ours gave out: start again without one. */
export class MalformedCursorError extends Error {
  readonly code = 'MALFORMED_CURSOR';
  override readonly name = 'MalformedCursorError';

  constructor(cursor: string) {
    super(`"${cursor.slice(0, 40)}" is not a cursor of this list; leave it out to start at the first page.`);
  }
}

/** A record whose body should lie in the bodies bucket and does not, as after someone emptied the bucket. */
export class BodyMissingError extends Error {
  readonly code = 'BODY_MISSING';
  override readonly name = 'BodyMissingError';

  constructor(id: string, key: string) {
    super(
      `The body of article ${id} is not in the bodies bucket under ${key}; delete the item, then ingest its raw copy again.`,
    );
  }
}

/** DynamoDB or the network was in the way of a transaction; trying again later is right. */
export class TransactionUnavailableError extends Error {
  readonly code = 'TRANSACTION_UNAVAILABLE';
  override readonly name = 'TransactionUnavailableError';

  constructor(reasons: readonly string[], cause: unknown) {
    super(`The transaction was turned down (${reasons.join(', ')}); try again later.`, { cause });
  }
}
