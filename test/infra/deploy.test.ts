import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { profileOf, syncArguments } from '../../infra/deploy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const home = temporaryFolder();

describe('npm run deploy', () => {
  it.each([
    [['deploy', '--profile', 'press'], 'press'],
    [['deploy', '--profile=press', '-c', 'maxConcurrency=2'], 'press'],
    [['deploy', '-c', 'stackName=profile'], undefined],
    [['deploy', '--profile'], undefined],
  ])('with %j looks for the credentials of the profile %s', (args, profile) => {
    expect(profileOf(args)).toBe(profile);
  });

  it.each<[args: string[], context: Record<string, unknown>, files: string[], rest: string[]]>([
    [['deploy'], {}, ['sources.yaml'], ['sources.yaml']],
    [['deploy'], {}, ['sources.json'], ['sources.json']],
    [['deploy', '-c', 'sources=desk.yml'], {}, ['sources.yaml'], ['desk.yml']],
    [['deploy', '--context=sources=desk.yml'], {}, [], ['desk.yml']],
    [['deploy'], { sources: 'press.yaml', stackName: 'press' }, [], ['press.yaml', '--stack', 'press']],
    [
      ['deploy', '-c', 'stackName=a', '-c', 'stackName=b', '--profile=work'],
      {},
      ['sources.yml'],
      ['sources.yml', '--stack', 'b', '--profile', 'work'],
    ],
  ])('with %j and the context %j beside %j syncs the declared sources of that stack', (args, context, files, rest) => {
    const [file, ...options] = rest;
    const expected = ['sources', 'sync', file, '--no-local', ...options];
    expect(syncArguments(args, context, (name) => files.includes(name))).toEqual(expected);
  });

  it('without declared sources, or for another command, syncs nothing', () => {
    expect(syncArguments(['deploy'], {}, () => false)).toBeNull();
    expect(syncArguments(['diff'], {}, () => true)).toBeNull();
  });

  it('without credentials says so, and what to do, before it synthesizes anything', async () => {
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      const env = { HOME: home, USERPROFILE: home, AWS_EC2_METADATA_DISABLED: 'true' };
      execFile(process.execPath, ['infra/deploy.ts', 'deploy', '--profile', 'press'], { env }, (error, _out, printed) =>
        resolve({ code: error?.code, stderr: printed }),
      );
    });
    expect(stderr).toMatch(/^No credentials for the AWS profile press \(.+\)\.\n.*aws sso login.*--profile NAME/);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });
});
