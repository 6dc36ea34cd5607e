import { describe, expect, it } from 'vitest';
import { cloudError } from '../../cli/api/cloud-error.ts';
import type { ChosenTarget } from '../../cli/api/target.ts';
import { WorkError } from '../../cli/errors.ts';
import { renderError } from '../../cli/render/error.ts';

const inAws: ChosenTarget = { local: false, stackName: 'copydesk', label: 'stack copydesk in AWS' };
const local: ChosenTarget = {
  local: true,
  endpoint: 'http://127.0.0.1:4566',
  stackName: 'copydesk',
  label: 'local stack copydesk at http://127.0.0.1:4566',
};
const failure = (name: string, message: string, more: object = {}) => Object.assign(new Error(message), { name }, more);

describe('what the cloud turns down', () => {
  it.each<[error: Error, target: ChosenTarget, code: string, advice: RegExp]>([
    [failure('CredentialsProviderError', 'Could not load'), inAws, 'NO_CREDENTIALS', /aws sso login.*--profile/],
    [
      failure('CredentialsProviderError', 'Could not load credentials from any providers'),
      { ...inAws, profile: 'nope' },
      'NO_PROFILE',
      /^There is no profile nope .*list-profiles/,
    ],
    [failure('ExpiredToken', 'The token has expired'), inAws, 'CREDENTIALS_EXPIRED', /Log in again/],
    [failure('AccessDenied', 'Not authorized'), inAws, 'ACCESS_DENIED', /Use a profile that may do this/],
    [failure('Error', 'Region is missing'), inAws, 'NO_REGION', /--region.*`npm start`/],
    [
      failure('StackNotFound', 'There is no stack copydesk in eu-west-1. Deploy it.'),
      inAws,
      'STACK_NOT_FOUND',
      /in eu-west-1\. Deploy it with `npm run deploy`/,
    ],
    [failure('StackNotFound', 'There is no stack x at http://a. Deploy it.'), local, 'STACK_NOT_FOUND', /--no-local/],
    [
      failure('Error', 'connect', { code: 'ECONNREFUSED' }),
      local,
      'UNREACHABLE',
      /does not answer\. Start it again with `npm start`/,
    ],
    [failure('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), inAws, 'UNREACHABLE', /Check the network/],
    [
      failure('SlowDown', 'Reduce your request rate', { $metadata: {} }),
      inAws,
      'SlowDown',
      /turned a request down: Reduce/,
    ],
  ])('%s says what to do', (error, target, code, advice) => {
    const told = cloudError(error, target, '/checkout');
    expect(told).toBeInstanceOf(WorkError);
    expect(told).toMatchObject({ code, message: expect.stringMatching(advice), cause: error });
    expect(renderError(told)).not.toMatch(/\n\s+at /);
  });

  it('advises one who has installed the package nothing that only a checkout has', () => {
    for (const error of [failure('Error', 'Region is missing'), failure('StackNotFound', 'There is no stack.')]) {
      expect(cloudError(error, inAws, null)).toMatchObject({
        message: expect.stringMatching(/`npm start` in a checkout of Copydesk and name its folder here: --data/),
      });
    }
  });

  it('is told apart from mistakes of ours, which keep their stack trace', () => {
    const mistake = new TypeError('x is not a function');
    expect(cloudError(mistake, inAws, null)).toBe(mistake);
    expect(renderError(mistake)).toMatch(/TypeError: x is not a function\n\s+at /);
  });
});
