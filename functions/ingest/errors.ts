/**
 * Why an attempt ended without a status. Retry is decided by these classes, never by what a message says:
 * a {@link PermanentError} will fail the same way again, anything else may pass.
 */

/** Trying again gives the same: the message goes to the dead-letter queue at once. */
export abstract class PermanentError extends Error {
  abstract readonly code: string;
}

/** The message is none that S3 or this project sends. */
export class MalformedNotificationError extends PermanentError {
  readonly code = 'MALFORMED_NOTIFICATION';
  override readonly name = 'MalformedNotificationError';

  constructor(problems: readonly string[]) {
    super(
      `The message is no S3 event notification (${problems.join('; ')}); find out who sends it, and delete it from the dead-letter queue.`,
    );
  }
}

/** The engine threw, which it promises not to do on any input: a defect. */
export class EngineError extends PermanentError {
  readonly code = 'ENGINE_FAULT';
  override readonly name = 'EngineError';

  constructor(object: string, cause: unknown) {
    super(
      `The engine broke on ${object} (${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}); report it with the file, and redrive once it is mended.`,
      { cause },
    );
  }
}

/** Another attempt at the same object version is under way. */
export class BusyError extends Error {
  readonly code = 'BUSY';
  override readonly name = 'BusyError';
  /** When the other attempt is over, whether it ended or died. */
  readonly until: Date;

  constructor(object: string, until: Date) {
    super(`Another attempt at ${object} runs until ${until.toISOString()} at the latest; this one waits for it.`);
    this.until = until;
  }
}

/** This attempt took longer than its lease, and another one has taken over. */
export class LeaseLostError extends Error {
  readonly code = 'LEASE_LOST';
  override readonly name = 'LeaseLostError';

  constructor(object: string) {
    super(`Another attempt at ${object} took over; this one wrote nothing.`);
  }
}

/** Others kept writing to the same rows. */
export class ContendedError extends Error {
  readonly code = 'CONTENDED';
  override readonly name = 'ContendedError';

  constructor(what: string, tries: number) {
    super(`${what} changed ${tries} times while it was being written; this is tried again later.`);
  }
}

/** Too little time was left in this invocation to begin with the object. */
export class OutOfTimeError extends Error {
  readonly code = 'OUT_OF_TIME';
  override readonly name = 'OutOfTimeError';

  constructor() {
    super(
      'The documents before it in its batch used up the time; where this was the last delivery, redrive the message from the dead-letter queue.',
    );
  }
}

const DETAIL_LENGTH = 500;

/** What went wrong in one sentence for the status row: class or code, and the message. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, DETAIL_LENGTH);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return `${code}: ${error.message}`.slice(0, DETAIL_LENGTH);
}
