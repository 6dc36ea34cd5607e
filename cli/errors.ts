/** The command line itself is wrong: nothing was tried. Exit code 2. */
export class UsageError extends Error {
  readonly code = 'USAGE';
  override readonly name = 'UsageError';
}

/** The work could not be done; the message says what to do next. Exit code 1. */
export class WorkError extends Error {
  override readonly name = 'WorkError';
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.code = code;
  }
}
