import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { announce, runningStack, withdraw } from '../../local/announcement.ts';
import { AlreadyRunning, lock } from '../../local/lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copydesk-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid as number;
}

const gone = deadPid();

describe('the lock of a data folder', () => {
  it('is held by one process at a time, and free again when given back', async () => {
    const unlock = await lock(folder);
    const refused = await lock(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AlreadyRunning);
    expect((refused as AlreadyRunning).message).toContain(String(process.pid));
    await unlock();
    await (await lock(folder))();
    expect(await readdir(folder)).toEqual([]);
  });

  it('left behind by a process that is gone is taken over', async () => {
    await writeFile(path.join(folder, 'start.lock'), JSON.stringify({ pid: await deadPid(), started: '1' }));
    await (await lock(folder))();
  });

  it('left behind is taken over by one only, however many find it', async () => {
    for (let round = 0; round < 20; round++) {
      const shared = path.join(folder, String(round));
      await mkdir(shared);
      await writeFile(path.join(shared, 'start.lock'), JSON.stringify({ pid: await gone, started: '1' }));
      const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lock(shared)));
      const refused = tries
        .filter(({ status }) => status === 'rejected')
        .map((refusal) => Reflect.get(refusal, 'reason'));
      expect(refused).toHaveLength(7);
      for (const reason of refused) expect(reason).toBeInstanceOf(AlreadyRunning);
      expect(await readdir(shared)).toEqual(['start.lock']);
    }
  });

  it.runIf(process.platform === 'linux')('of a process whose id now belongs to another is taken over', async () => {
    await writeFile(path.join(folder, 'start.lock'), JSON.stringify({ pid: process.pid, started: '1' }));
    await (await lock(folder))();
  });

  it.each(['', '{', 'null', '[]'])('that cannot be read (%j) is taken over', async (content) => {
    await writeFile(path.join(folder, 'start.lock'), content);
    await (await lock(folder))();
  });

  it('makes the folder where it is missing', async () => {
    await (await lock(path.join(folder, 'a/b')))();
  });
});

describe('the announcement of the running stack', () => {
  const announced = { endpoint: 'http://127.0.0.1:4566', region: 'us-east-1', stackName: 'copydesk' };

  it('is found while its process lives, and not after it is withdrawn', async () => {
    await announce(folder, { ...announced, pid: process.pid });
    expect(runningStack(folder)).toMatchObject(announced);
    await withdraw(folder);
    expect(runningStack(folder)).toBeNull();
  });

  it('of a process that is gone counts as none', async () => {
    await announce(folder, { ...announced, pid: await deadPid() });
    expect(runningStack(folder)).toBeNull();
  });

  it.runIf(process.platform === 'linux')('of a process whose id now belongs to another counts as none', async () => {
    // In a container that is started again, the same ids are given out in the same order.
    await writeFile(path.join(folder, 'local.json'), JSON.stringify({ ...announced, pid: process.pid, started: '1' }));
    expect(runningStack(folder)).toBeNull();
  });

  it.runIf(process.platform === 'linux')('of a process that ended unnoticed by its parent counts as none', async () => {
    // The shell becomes sleep, which never asks how its child ended.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = await once(parent.stdout, 'data');
      await announce(folder, { ...announced, pid: Number(line) });
      await vi.waitFor(() => expect(runningStack(folder)).toBeNull(), { timeout: 10_000 });
    } finally {
      parent.kill();
    }
  });

  it('is none in a folder that does not exist or holds something else', async () => {
    expect(runningStack(path.join(folder, 'nowhere'))).toBeNull();
    await writeFile(path.join(folder, 'local.json'), 'not JSON');
    expect(runningStack(folder)).toBeNull();
  });
});
