/** A stream to write text to; a terminal has a width and may show colour. */
export interface Out {
  /** Bytes only where a command writes what is no text. */
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The world a command runs in, passed in so that tests run commands in their own process. */
export interface Io {
  /** What scripts read. */
  stdout: Out;
  /** What people read: progress, messages, errors. */
  stderr: Out;
  stdin: AsyncIterable<Uint8Array>;
  env: Readonly<Record<string, string | undefined>>;
  /** Folder that relative paths start from. */
  cwd: string;
  /** Folder of the checkout, whose running local stack is found from everywhere; null where a package is installed. */
  checkout: string | null;
  /** Aborted when the person presses Ctrl-C. */
  signal: AbortSignal;
  /** Asks for so many milliseconds, more than is usual, to put things in order after Ctrl-C. */
  takeTime(milliseconds: number): void;
  now(): Date;
}
