import { WorkError } from '../errors.ts';
import type { ChosenTarget } from './target.ts';

/** What the SDK says where no region is set. */
export const NO_REGION = 'Region is missing';
/** The SDK's name for the want of credentials. */
export const NO_CREDENTIALS = 'CredentialsProviderError';

/** Told apart from a login that expired, which the SDK reports under the same name. */
const NOTHING_FOUND = /^Could not (?:load credentials from any providers|resolve credentials using profile)/;

/** What people meet most, by the name or code of the error: its own code and what to do. */
const ADVICE: Readonly<Record<string, { code: string; advice: string }>> = {
  [NO_CREDENTIALS]: {
    code: 'NO_CREDENTIALS',
    advice: 'Log in (`aws sso login`, `aws configure`), or name a profile with --profile.',
  },
  TokenProviderError: { code: 'NO_CREDENTIALS', advice: 'Log in again with `aws sso login`.' },
  ExpiredToken: { code: 'CREDENTIALS_EXPIRED', advice: 'Log in again, such as with `aws sso login`.' },
  ExpiredTokenException: { code: 'CREDENTIALS_EXPIRED', advice: 'Log in again, such as with `aws sso login`.' },
  InvalidClientTokenId: {
    code: 'BAD_CREDENTIALS',
    advice: 'Check the keys of the profile, or name another with --profile.',
  },
  UnrecognizedClientException: {
    code: 'BAD_CREDENTIALS',
    advice: 'Check the keys of the profile, or name another with --profile.',
  },
  SignatureDoesNotMatch: {
    code: 'BAD_CREDENTIALS',
    advice: 'Check the keys of the profile, or name another with --profile.',
  },
  AccessDenied: { code: 'ACCESS_DENIED', advice: 'Use a profile that may do this, with --profile.' },
  AccessDeniedException: { code: 'ACCESS_DENIED', advice: 'Use a profile that may do this, with --profile.' },
  ENOTFOUND: { code: 'UNREACHABLE', advice: 'Check the network and the name of the region.' },
  EAI_AGAIN: { code: 'UNREACHABLE', advice: 'Check the network.' },
  ETIMEDOUT: { code: 'UNREACHABLE', advice: 'Check the network.' },
  TimeoutError: { code: 'UNREACHABLE', advice: 'Check the network.' },
};

/**
 * The error with where it happened and what to do; ours pass as they are.
 *
 * @param checkout null where a package is installed, which has no npm scripts
 */
export function cloudError(error: unknown, target: ChosenTarget, checkout: string | null): unknown {
  if (error instanceof WorkError || !(error instanceof Error)) return error;
  const { name, code } = error as Error & { code?: string };
  const startLocal =
    checkout === null
      ? 'run `npm start` in a checkout of Copydesk and name its folder here: --data CHECKOUT/.copydesk'
      : 'start a local stack with `npm start`';

  if (name === 'StackNotFound') {
    const next = target.local
      ? 'Name another with --stack, or leave the local stack with --no-local.'
      : `Deploy it with \`npm run deploy\`${checkout === null ? ' in a checkout of Copydesk' : ''}, or name another with --stack, --region or --profile. Without AWS, ${startLocal}.`;
    return new WorkError('STACK_NOT_FOUND', `${firstSentence(error.message)} ${next}`, error);
  }
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') {
    const next = target.local ? 'Start it again with `npm start`.' : 'Check the network and AWS_ENDPOINT_URL.';
    return new WorkError('UNREACHABLE', `The ${target.label} does not answer. ${next}`, error);
  }
  if (error.message === NO_REGION) {
    return new WorkError(
      'NO_REGION',
      `No region is set for ${target.label}. Name one with --region or in AWS_REGION. Without AWS, ${startLocal}.`,
      error,
    );
  }
  if (name === NO_CREDENTIALS && target.profile && NOTHING_FOUND.test(error.message)) {
    return new WorkError(
      'NO_PROFILE',
      `There is no profile ${target.profile} with credentials in the AWS configuration files; \`aws configure list-profiles\` shows those there are.`,
      error,
    );
  }
  const known = ADVICE[name] ?? ADVICE[code ?? ''];
  if (known) {
    return new WorkError(
      known.code,
      `The ${target.label} cannot be used: ${ended(error.message)} ${known.advice}`,
      error,
    );
  }
  // Every error that a service answered carries its metadata; a stack trace of the SDK would help nobody.
  if ('$metadata' in error) {
    return new WorkError(name, `The ${target.label} turned a request down: ${ended(error.message)} (${name})`, error);
  }
  return error;
}

const firstSentence = (message: string) => ended(message.split('. ')[0] ?? '');
const ended = (message: string) => (message.endsWith('.') ? message : `${message}.`);
