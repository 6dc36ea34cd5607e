import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { chooseTarget as choose, type TargetOptions } from '../../cli/api/target.ts';
import { announce } from '../../local/announcement.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const running = path.join(folder, 'running');
const below = path.join(running, 'some/folder');
const ended = path.join(folder, 'ended');
const elsewhere = path.join(folder, 'elsewhere');
const local = { endpoint: 'http://127.0.0.1:4599', region: 'us-east-1', stackName: 'copydesk' };
const chooseTarget = (options: TargetOptions, cwd: string, checkout: string | null = null) =>
  choose(options, { cwd, checkout });
/** No system gives out an id as high as this. */
const NOBODY = 2 ** 30;

beforeAll(async () => {
  for (const data of [running, ended, elsewhere]) mkdirSync(path.join(data, '.copydesk'), { recursive: true });
  mkdirSync(below, { recursive: true });
  await announce(path.join(running, '.copydesk'), { ...local, pid: process.pid });
  await announce(path.join(ended, '.copydesk'), { ...local, pid: NOBODY });
  await announce(path.join(elsewhere, '.copydesk'), { ...local, endpoint: 'http://192.0.2.1:4566', pid: process.pid });
});

describe('the stack a command works on', () => {
  it('is the running local one, also from a folder below', () => {
    expect(chooseTarget({}, running)).toMatchObject({ local: true, ...local });
    expect(chooseTarget({}, below)).toMatchObject({ local: true, ...local });
    expect(chooseTarget({ local: true }, below)).toMatchObject({ local: true });
  });

  it('is the one that runs in the checkout, from everywhere', () => {
    expect(chooseTarget({}, folder, running)).toMatchObject({ local: true, ...local });
    expect(chooseTarget({}, folder, ended)).toMatchObject({ local: false });
  });

  it('is the one whose data folder is named, and nothing else where that one does not run', () => {
    const data = path.join(running, '.copydesk');
    expect(chooseTarget({ data }, folder)).toMatchObject({ local: true, ...local });
    expect(chooseTarget({ data: '../../.copydesk', local: true }, below)).toMatchObject({ local: true, ...local });
    for (const other of [folder, path.join(ended, '.copydesk'), path.join(elsewhere, '.copydesk')]) {
      expect(() => chooseTarget({ data: other }, running, running)).toThrow(
        expect.objectContaining({ code: 'NO_LOCAL_STACK', message: expect.stringContaining(`--data ${other}`) }),
      );
    }
    for (const aws of [{ profile: 'work' }, { region: 'eu-west-1' }, { local: false }]) {
      expect(() => chooseTarget({ data, ...aws }, running)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    }
  });

  it('is in AWS where the person says so, whatever runs here', () => {
    expect(chooseTarget({ local: false }, running)).toMatchObject({ local: false, stackName: 'copydesk' });
    expect(chooseTarget({ profile: 'work' }, running)).toMatchObject({ local: false, profile: 'work' });
    expect(chooseTarget({ region: 'eu-west-1', stack: 'news' }, running)).toMatchObject({
      local: false,
      region: 'eu-west-1',
      stackName: 'news',
      label: 'stack news in AWS in eu-west-1',
    });
    expect(chooseTarget({ local: false }, running)).not.toHaveProperty('endpoint');
  });

  it('is never one in AWS where the local one was asked for', () => {
    for (const cwd of [ended, elsewhere, folder]) {
      expect(() => chooseTarget({ local: true }, cwd)).toThrow(expect.objectContaining({ code: 'NO_LOCAL_STACK' }));
    }
    expect(() => chooseTarget({ local: true, profile: 'work' }, running)).toThrow(
      expect.objectContaining({ code: 'USAGE' }),
    );
  });

  it('is not what a file announces that names another machine or a process that ended', () => {
    expect(chooseTarget({}, elsewhere)).toMatchObject({ local: false });
    expect(chooseTarget({}, ended)).toMatchObject({ local: false });
  });
});
