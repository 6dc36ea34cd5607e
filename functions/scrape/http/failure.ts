import { HTTP_FAILURES, type HttpFailure } from '../http.ts';

/** Why there is no answer to a request; {@link httpClient} turns it into one. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpFailure;

  /** @param about what was seen, to stand behind the code's own sentence */
  constructor(code: HttpFailure, about: string) {
    super(`${HTTP_FAILURES[code]} (${about})`);
    this.code = code;
  }
}

/** How far a connection had come when it broke. */
export type Stage = 'connecting' | 'securing' | 'waiting' | 'reading';

/** What an error of Node's socket, TLS or HTTP parser means, by its code and by how far things had come. */
export function httpError(error: unknown, stage: Stage): HttpError {
  if (error instanceof HttpError) return error;
  const code = codeOf(error);
  const about = code ?? (error instanceof Error ? error.message : String(error));
  if (code === 'HPE_HEADER_OVERFLOW') return new HttpError('TOO_LARGE', 'its header');
  if (code?.startsWith('HPE_')) return new HttpError('BAD_ANSWER', about);
  switch (stage) {
    case 'securing':
      return new HttpError('TLS', about);
    case 'reading':
      // The answer had begun, so it was cut short or its coding is broken.
      return new HttpError('BAD_ANSWER', about);
    default:
      return new HttpError('CONNECT', about);
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
