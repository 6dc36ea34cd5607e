/** A cursor that this list did not give out: start again without one. */
export class BadCursorError extends Error {
  readonly code = 'BAD_CURSOR';
  override readonly name = 'BadCursorError';

  constructor(cursor: string, why: 'malformed' | 'of another query') {
    const what = `"${cursor.slice(0, 40)}"`;
    super(
      why === 'malformed'
        ? `${what} is no cursor of this list; leave it out to start at the first page.`
        : `${what} is a cursor of another query; use it with the arguments it came from, or leave it out.`,
    );
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

/** What DynamoDB and S3 say where they are asked too often. */
const THROTTLED = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestLimitExceededException',
  'SlowDown',
  'ThrottlingException',
  'TooManyRequestsException',
]);

/** What the network says where it is in the way. */
const UNREACHED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'TimeoutError']);

/** Whether an error of the SDK is throttling or a fault of the service: it has tried again itself, and later is right. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TransactionUnavailableError) return true;
  const { name, code, $retryable, $metadata } = (error ?? {}) as {
    name?: string;
    code?: string;
    $retryable?: object;
    $metadata?: { httpStatusCode?: number };
  };
  if (THROTTLED.has(name ?? '') || UNREACHED.has(code ?? '') || UNREACHED.has(name ?? '')) return true;
  return $retryable !== undefined || ($metadata?.httpStatusCode ?? 0) >= 500;
}
